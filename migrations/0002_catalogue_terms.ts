import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** The catalogue's codes with the numbers that rows carry; a code is never renamed and never reused. */
export const catalogueTerms: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql
      .raw(
        `
      set local role ${roles.owner};

      create table catalogue.version (
        version int generated always as identity primary key,
        sha256 text not null constraint each_content_is_loaded_once unique,
        loaded_at timestamptz(3) not null
      );
      comment on table catalogue.version is 'Every content of the reference data that was ever loaded';
      comment on column catalogue.version.version is 'Counts up with every changed content';
      comment on column catalogue.version.sha256 is 'SHA-256 of the reference data files, hexadecimal';
      comment on column catalogue.version.loaded_at is 'When this content was loaded first';

      create table catalogue.term (
        kind text not null constraint kind_is_one_of_the_catalogue check (kind in
          ('authority', 'office', 'field', 'purpose', 'legal_basis', 'flow', 'rule', 'consent', 'unit')),
        id int not null,
        code text not null constraint code_is_not_empty check (code <> ''),
        definition jsonb not null,
        since int not null references catalogue.version on delete restrict,
        retired_in int references catalogue.version on delete restrict,
        primary key (kind, id),
        constraint code_is_unique_in_its_kind unique (kind, code)
      );
      comment on table catalogue.term is 'One row per code: authorities, offices, fields, purposes, legal bases, flows, rules, consents, units';
      comment on column catalogue.term.kind is 'What sort of code this is';
      comment on column catalogue.term.id is 'The number that log rows carry; offices and authorities share one sequence';
      comment on column catalogue.term.code is 'The stable code';
      comment on column catalogue.term.definition is 'The reference data of the code, as last loaded';
      comment on column catalogue.term.since is 'The version that brought the code';
      comment on column catalogue.term.retired_in is 'The version that no longer has the code; old entries still name it';

      create unique index actors_share_one_sequence on catalogue.term (id)
        where kind in ('authority', 'office');

      grant usage on schema catalogue to ${roles.web_public}, ${roles.web_resident}, ${roles.web_staff},
        ${roles.ingest}, ${roles.worker}, ${roles.reporting}, ${roles.retention}, ${roles.reporting_owner};
      grant select on catalogue.term, catalogue.version to ${roles.web_public}, ${roles.web_resident},
        ${roles.web_staff}, ${roles.ingest}, ${roles.worker}, ${roles.reporting}, ${roles.reporting_owner};

      reset role;
    `,
      )
      .execute(db)
  },
})
