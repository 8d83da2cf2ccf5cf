import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Reports of data protection officers (GDPR Article 39 (1) (b)): what was asked for, how far it has come, and the
 * files. A file dies with the first of its entries; what it rested on and its checksums stay, so that whoever
 * holds a copy learns that it was issued.
 */
export const reportsArchive: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`create schema reports authorization ${roles.owner}`).execute(db)
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [
      `comment on schema reports is 'Reports of data protection officers, and their files'`,
      REPORT,
      PART,
      CHUNK,
      rights(roles),
      checking(roles),
    ]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const guarded = (table: string) => `
  alter table reports.${table} enable row level security;
  alter table reports.${table} force row level security;
`

const comments = (table: string, columns: Readonly<Record<string, string>>) =>
  Object.entries(columns)
    .map(([column, text]) => `comment on column reports.${table}.${column} is '${text}';`)
    .join('\n  ')

const REPORT = `
  create table reports.report (
    report uuid primary key,
    reference text not null unique,
    office int not null,
    staff uuid not null,
    language text not null,
    filter jsonb not null,
    log_size bigint not null,
    log_at timestamptz(3) not null,
    catalogue int not null,
    software text not null,
    state text not null constraint state_is_known check (state in ('waiting', 'working', 'ready', 'cancelled',
      'failed')),
    tries int not null default 0,
    looked_below bigint,
    found int not null default 0,
    written int not null default 0,
    digest text,
    asked_at timestamptz(3) not null,
    worked_at timestamptz(3),
    ended_at timestamptz(3),
    expires_on date,
    constraint what_is_ready_has_a_digest check (state <> 'ready' or digest is not null)
  );
  comment on table reports.report is 'Reports on the accesses of an office; no person is named';
  ${comments('report', {
    report: 'Random id',
    reference: 'Eight characters by which people name it',
    office: 'The office whose accesses it tells of (catalogue number)',
    staff: 'Who asked for it',
    language: 'de, or the language that stands beside German',
    filter: 'What was chosen, in codes of the catalogue',
    log_size: 'Size of the log at its checkpoint: only entries below it count',
    log_at: 'Time of the checkpoint, the only time in the file',
    catalogue: 'Version of the catalogue',
    software: 'Version of the software that writes it',
    state: 'Where it stands',
    tries: 'How often it was begun',
    looked_below: 'From this leaf index on the looks at its persons are recorded',
    found: 'Rows found so far',
    written: 'Rows written so far',
    digest: 'SHA-256 of its content, which stands in the file',
    asked_at: 'When it was asked for',
    worked_at: 'When somebody last worked on it',
    ended_at: 'When it was ready, cancelled or given up',
    expires_on: 'First day on which its files are gone: the expiry of its first entry to go',
  })}
  create index reports_of_an_office on reports.report (office, asked_at desc);
  create index reports_to_make on reports.report (asked_at) where state in ('waiting', 'working');
  ${guarded('report')}
`

const PART = `
  create table reports.part (
    report uuid not null references reports.report on delete cascade,
    part int not null,
    first_row int not null,
    rows int not null,
    pages int not null,
    bytes int not null,
    sha256 text not null,
    primary key (report, part)
  );
  comment on table reports.part is 'The files of a report: one for so many rows';
  ${comments('part', {
    report: 'The report',
    part: 'Number of the file, from 1',
    first_row: 'Number of its first row, from 1',
    rows: 'How many rows it has',
    pages: 'How many pages it has',
    bytes: 'How many bytes it has',
    sha256: 'SHA-256 of the file, hexadecimal',
  })}
  create index parts_by_checksum on reports.part (sha256);
  ${guarded('part')}
`

const CHUNK = `
  create table reports.chunk (
    report uuid not null references reports.report on delete cascade,
    part int not null,
    chunk int not null,
    bytes bytea not null,
    expires_on date not null,
    primary key (report, part, chunk)
  );
  comment on table reports.chunk is 'The bytes of the files, in pieces';
  ${comments('chunk', {
    report: 'The report',
    part: 'Number of the file',
    chunk: 'Number of the piece, from 1',
    bytes: 'The piece',
    expires_on: 'First day on which it is gone: the expiry of the first entry of the report to go',
  })}
  create index chunks_by_expiry on reports.chunk (expires_on);
  ${guarded('chunk')}
`

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const OWN = (table: string) =>
  `exists (select from reports.report r where r.report = ${table}.report)`

/** Officers ask, read and cancel; the worker makes; nobody changes what is ended. */
const rights = ({ web_staff: staff, worker, retention }: Roles) => `
  grant usage on schema reports to ${staff}, ${worker}, ${retention};
  grant select, insert on reports.report to ${staff};
  grant update (state, ended_at) on reports.report to ${staff};
  grant select on reports.part, reports.chunk to ${staff};
  create policy reports_of_the_office on reports.report for select to ${staff} using (office = ${OFFICE});
  create policy asking on reports.report for insert to ${staff}
    with check (office = ${OFFICE} and state = 'waiting' and tries = 0 and digest is null
      and staff = nullif(current_setting('mirat.staff', true), '')::uuid);
  create policy cancelling on reports.report for update to ${staff}
    using (office = ${OFFICE} and state in ('waiting', 'working')) with check (state = 'cancelled');
  create policy parts_of_the_office on reports.part for select to ${staff} using (${OWN('part')});
  create policy chunks_of_the_office on reports.chunk for select to ${staff} using (${OWN('chunk')});

  grant select on reports.report to ${worker};
  grant update (state, tries, looked_below, found, written, digest, worked_at, ended_at, expires_on)
    on reports.report to ${worker};
  grant select, insert, delete on reports.part, reports.chunk to ${worker};
  create policy making_seen on reports.report for select to ${worker} using (true);
  create policy making on reports.report for update to ${worker}
    using (state in ('waiting', 'working')) with check (state <> 'cancelled');
  create policy making on reports.part for all to ${worker} using (true) with check (true);
  create policy making on reports.chunk for all to ${worker} using (true) with check (true);

  grant select (expires_on), delete on reports.chunk to ${retention};
  create policy what_is_due_seen on reports.chunk for select to ${retention} using (expires_on <= current_date);
  create policy what_is_due on reports.chunk for delete to ${retention} using (expires_on <= current_date);
`

/** Anybody may ask whether a checksum was issued; who does not hold the file learns nothing. */
const checking = ({ owner, web_public: everybody }: Roles) => `
  create policy functions_of_the_room on reports.report for select to ${owner} using (true);
  create policy functions_of_the_room on reports.part for select to ${owner} using (true);
  create function reports.issued(checksum text, of_reference text)
    returns table (log_at timestamptz, is_newer_there boolean, expires_on date)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select r.log_at,
      exists (select from reports.report later where later.office = r.office and later.filter = r.filter
        and later.language = r.language and later.log_size > r.log_size and later.state = 'ready'),
      r.expires_on
    from reports.report r
    where r.state = 'ready' and (
      (r.reference = of_reference and r.digest = checksum)
      or exists (select from reports.part p where p.report = r.report and p.sha256 = checksum))
    limit 1
  $$;
  comment on function reports.issued(text, text) is 'What is known of a report whose checksum somebody has: that of its content with its reference, or that of a file';
  revoke all on function reports.issued(text, text) from public;
  grant usage on schema reports to ${everybody};
  grant execute on function reports.issued(text, text) to ${everybody};
`
