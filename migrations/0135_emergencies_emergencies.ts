import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Accesses that offices declare to have been made in an emergency, and that the note about one was written: each an
 * entry of the log, about withheld accesses in a table of its own (GDPR Articles 5 (2), 24, 39 (1) (b)).
 */
export const emergenciesEmergencies: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`create schema emergencies authorization ${roles.owner}`).execute(db)
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [
      `comment on schema emergencies is 'Accesses that offices declare to have been made in an emergency'`,
      declarations('declaration', 'What offices said of accesses in an emergency'),
      declarations('sealed_declaration', 'The same of accesses that are withheld'),
      ASKED,
      RELEASED,
      COUNTED,
      rights(roles),
      machines(roles, 'declaration'),
      machines(roles, 'sealed_declaration'),
    ]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const GROUNDS = `('life_or_limb', 'missing_person', 'child_at_risk', 'public_safety', 'systems_failed')`

const declarations = (table: string, purpose: string) => `
  create table emergencies.${table} (
    class smallint not null references ledger.class on delete restrict,
    expires_on date not null,
    leaf_index bigint not null,
    recorded_at timestamptz(3) not null,
    subject uuid not null,
    access bigint not null,
    occurred_at timestamptz(3) not null,
    ground text not null constraint ${table}_ground_is_known check (ground in ${GROUNDS}),
    noted_at timestamptz(3),
    noted_by text constraint ${table}_note_is_by_a_head check (noted_by in ('unit_head', 'office_head')),
    number int not null,
    kind text not null,
    by text not null constraint ${table}_an_office_tells check (by = 'office'),
    office int not null,
    unit int,
    operator_digest bytea constraint ${table}_knows_no_member_of_staff check (operator_digest is null),
    detail text constraint ${table}_knows_no_detail check (detail is null),
    content bytea constraint ${table}_knows_no_words check (content is null),
    salt bytea not null constraint ${table}_salt_has_32_bytes check (octet_length(salt) = 32),
    primary key (class, expires_on, leaf_index),
    constraint ${table}_is_declared_then_noted check ((kind, number) in (('declared', 1), ('noted', 2))),
    constraint ${table}_note_has_time_and_author
      check (num_nonnulls(noted_at, noted_by) = case kind when 'noted' then 2 else 0 end),
    constraint ${table}_says_each_once unique (class, expires_on, access, number)
  ) partition by list (class);
  create index ${table}s_of_an_access on emergencies.${table} (access, number);
  create index ${table}s_of_a_subject on emergencies.${table} (subject, leaf_index);
  create index ${table}s_of_an_office on emergencies.${table} (office, leaf_index);
  comment on table emergencies.${table} is '${purpose}: append-only, each an entry of the log';

  create trigger no_change before update on emergencies.${table}
    for each row execute function ledger.refuse_change();
  create trigger no_early_delete before delete on emergencies.${table}
    for each row execute function ledger.refuse_early_delete();
  create trigger no_truncate before truncate on emergencies.${table}
    for each statement execute function ledger.refuse_change();
  alter table emergencies.${table} enable always trigger no_change;
  alter table emergencies.${table} enable always trigger no_early_delete;
  alter table emergencies.${table} enable always trigger no_truncate;
  alter table emergencies.${table} enable row level security;
  alter table emergencies.${table} force row level security;
  ${comments(table)}
`

const COLUMNS: Readonly<Record<string, string>> = {
  class: 'Retention class',
  expires_on: 'First day on which the entry is gone: that of the access',
  leaf_index: 'Index of its leaf in the tree',
  recorded_at: 'When the office told of it: what decides whether it was in time',
  subject: 'Keyed subject of the access',
  access: 'Leaf index of the access, as it was delivered',
  occurred_at: 'When the access happened, as reported',
  ground: 'Code of server/emergencies/rules.ts; no free text',
  noted_at: 'When the note was written at the office, as it says; absent where there is none yet',
  noted_by:
    'As what whoever wrote it is in charge: head of the unit or of the office; never a name',
  number: '1 declared, 2 noted',
  kind: 'declared, or noted: the office wrote down why',
  by: 'Who told of it: always an office',
  office: 'The office that acted (catalogue number)',
  unit: 'Kind of unit that acted; absent where none was reported',
  operator_digest: 'Always absent: nobody of the staff is known',
  detail: 'Always absent: the ground is a code',
  content: 'Always absent: there are no words',
  salt: 'The 32 bytes that blind the commitment',
}

function comments(table: string): string {
  return Object.entries(COLUMNS)
    .map(([column, text]) => `comment on column emergencies.${table}.${column} is '${text}';`)
    .join('\n')
}

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`

/** Ingestion selects nothing: it learns what was said of accesses that it names. */
const ASKED = `
  create function emergencies.said(accesses bigint[])
    returns table (access bigint, number int, ground text, noted_at timestamptz, noted_by text)
    language sql stable ${HEAD}
    select d.access, d.number, d.ground, d.noted_at, d.noted_by from emergencies.declaration d
      where d.access = any (said.accesses)
    union all
    select d.access, d.number, d.ground, d.noted_at, d.noted_by from emergencies.sealed_declaration d
      where d.access = any (said.accesses)
  $$;
  comment on function emergencies.said(bigint[]) is 'What was said of accesses whose leaves are known, for ingestion';
  revoke all on function emergencies.said(bigint[]) from public;
`

const SUBJECTS = `string_to_array(nullif(current_setting('mirat.subjects', true), ''), ',')::uuid[]`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`

/** It starts from entries that the person sees: what is still withheld costs no time and leaves no trace. */
const RELEASED = `
  create function emergencies.released(held bigint)
    returns table (access bigint, occurred_at timestamptz, ground text, noted_at timestamptz, noted_by text,
      number int, office int, unit int, recorded_at timestamptz, expires_on date)
    language sql stable ${HEAD}
    select e.leaf_index, d.occurred_at, d.ground, d.noted_at, d.noted_by, d.number, d.office, d.unit,
        d.recorded_at, d.expires_on
      from overview.access_event e
      join emergencies.sealed_declaration d on d.access = e.sealed_index
      where e.subject = any (${SUBJECTS}) and e.sealed_index is not null
        and (released.held is null or e.sealed_index = released.held)
  $$;
  comment on function emergencies.released(bigint) is 'What was said of accesses that were held back and that the persons in the setting mirat.subjects see by now: of one, or of all';
  revoke all on function emergencies.released(bigint) from public;
`

/** What is withheld is in no count, as in the counts of the rules. */
const COUNTED = `
  create function emergencies.counted(since timestamptz)
    returns table (unit int, declared int, noted int)
    language sql stable ${HEAD}
    select coalesce(d.unit, 0), (count(*) filter (where d.number = 1))::int, (count(*) filter (where d.number = 2))::int
      from emergencies.declaration d
      where d.office = ${OFFICE} and identity.is_officer() and d.occurred_at >= counted.since
      group by 1
  $$;
  comment on function emergencies.counted(timestamptz) is 'How many visible accesses of each unit were declared and noted, for the data protection officer of the office in the scope';
  revoke all on function emergencies.counted(timestamptz) from public;
`

/** No right for staff: what a declaration explains, and which lacks its note, the rules of oversight tell. */
const rights = ({ owner, web_resident: resident, web_staff: staff, ingest, retention }: Roles) => `
  grant usage on schema emergencies to ${resident}, ${staff}, ${ingest}, ${retention};
  create policy functions_of_the_room on emergencies.declaration for select to ${owner} using (true);
  create policy functions_of_the_room on emergencies.sealed_declaration for select to ${owner} using (true);

  grant select (subject, access, occurred_at, ground, noted_at, noted_by, number, office, unit, recorded_at,
    expires_on) on emergencies.declaration to ${resident};
  create policy own_declarations on emergencies.declaration for select to ${resident}
    using (subject = any (${SUBJECTS}));
  grant execute on function emergencies.released(bigint) to ${resident};
  grant execute on function emergencies.counted(timestamptz) to ${staff};
  grant execute on function emergencies.said(bigint[]) to ${ingest};
`

const machines = ({ ingest, retention }: Roles, table: string) => `
  grant insert on emergencies.${table} to ${ingest};
  create policy telling on emergencies.${table} for insert to ${ingest} with check (true);
  grant select (expires_on), delete on emergencies.${table} to ${retention};
  create policy what_is_due_seen on emergencies.${table} for select to ${retention}
    using (expires_on <= current_date);
  create policy what_is_due on emergencies.${table} for delete to ${retention}
    using (expires_on <= current_date);
`
