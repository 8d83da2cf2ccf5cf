import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Papers that residents took with them (GDPR Article 15 (3)): what each rested on and its checksums, so that its
 * owner, and nobody else, learns whether a file is unchanged. The files themselves are not kept.
 */
export const reportsPapers: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [PAPER, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OWN = `nullif(current_setting('mirat.account', true), '')::uuid`

const PAPER = `
  create table reports.paper (
    account uuid not null references identity.account on delete cascade,
    sha256 text not null constraint checksum_of_the_file_is_one check (sha256 ~ '^[0-9a-f]{64}$'),
    digest text not null constraint checksum_of_the_content_is_one check (digest ~ '^[0-9a-f]{64}$'),
    reference text not null constraint reference_has_eight_characters check (length(reference) = 8),
    kind text not null constraint kind_of_paper_is_known check (kind in ('whole', 'summary')),
    language text not null,
    log_size bigint not null,
    log_at timestamptz(3) not null,
    catalogue int not null,
    software text not null,
    pages int not null,
    issued_at timestamptz(3) not null,
    expires_on date not null,
    constraint paper_is_noted_once primary key (account, sha256)
  );
  comment on table reports.paper is 'Reports that residents took with them: what they rested on and their checksums, never the files';
  comment on column reports.paper.account is 'Whose paper it is; it goes with the account';
  comment on column reports.paper.sha256 is 'SHA-256 of the file, hexadecimal';
  comment on column reports.paper.digest is 'SHA-256 of what it tells, which stands in the file';
  comment on column reports.paper.reference is 'Eight characters by which people name it; they follow from the digest';
  comment on column reports.paper.kind is 'whole, or summary: one page';
  comment on column reports.paper.language is 'de, or the language that stands beside German';
  comment on column reports.paper.log_size is 'Size of the log at its checkpoint: only entries below it count';
  comment on column reports.paper.log_at is 'Time of the checkpoint, the only time in the file';
  comment on column reports.paper.catalogue is 'Version of the catalogue';
  comment on column reports.paper.software is 'Version of the software that wrote it';
  comment on column reports.paper.pages is 'How many pages it has';
  comment on column reports.paper.issued_at is 'When it was first taken';
  comment on column reports.paper.expires_on is 'First day on which the row is gone';
  create index papers_of_an_account on reports.paper (account, issued_at desc);
  create index papers_by_expiry on reports.paper (expires_on);
  alter table reports.paper enable row level security;
  alter table reports.paper force row level security;
`

const rights = ({ web_resident: resident, retention }: Roles) => `
  grant usage on schema reports to ${resident};
  grant select, insert on reports.paper to ${resident};
  create policy own_papers on reports.paper for select to ${resident} using (account = ${OWN});
  create policy noting on reports.paper for insert to ${resident} with check (account = ${OWN});
  grant select (expires_on), delete on reports.paper to ${retention};
  create policy what_is_due_seen on reports.paper for select to ${retention} using (expires_on <= current_date);
  create policy what_is_due on reports.paper for delete to ${retention} using (expires_on <= current_date);
`
