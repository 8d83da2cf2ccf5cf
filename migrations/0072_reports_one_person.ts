import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * A report on the accesses of an office to the data of one person: whose they are is said by an access that the
 * officer has opened, so no row names anybody. It needs no second person, and checking it confirms it to nobody
 * but whom it is about.
 */
export const reportsOnePerson: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [ENTRY, CHECKING, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`
const SUBJECTS = `string_to_array(nullif(current_setting('mirat.subjects', true), ''), ',')::uuid[]`

const ENTRY = `
  alter table reports.report add column entry bigint
    constraint one_person_is_asked_for_without_a_filter check (entry is null or filter = '{}');
  comment on column reports.report.entry is 'Leaf index of an access: the report is on its person alone; absent where it is on many';
`

/** What is known of a report; a table is not superseded by a PDF. */
const answer = (newer: string, which: string) => `
    select r.log_at,
      exists (select from reports.report later where later.office = r.office and later.filter = r.filter
        and later.language = r.language and later.format = r.format and later.log_size > r.log_size
        and later.state = 'ready' and ${newer}),
      r.expires_on
    from reports.report r
    where r.state = 'ready' and ${which} and (
      (r.reference = of_reference and r.digest = checksum)
      or exists (select from reports.part p where p.report = r.report and p.sha256 = checksum))
    limit 1
  $$;`

const ABOUT_ME = `exists (select from overview.access_event own
      where own.leaf_index = r.entry and own.subject = any (${SUBJECTS}))`

/** Whoever the report is about, but only through an access that they see. */
const CHECKING = `
  create or replace function reports.issued(checksum text, of_reference text)
    returns table (log_at timestamptz, is_newer_there boolean, expires_on date)
    language sql stable ${HEAD}${answer('later.entry is null', 'r.entry is null')}
  create function reports.issued_about_me(checksum text, of_reference text)
    returns table (log_at timestamptz, is_newer_there boolean, expires_on date)
    language sql stable ${HEAD}${answer('later.entry = r.entry', ABOUT_ME)}
  comment on function reports.issued_about_me(text, text) is 'What is known of a report on the person of the scope whose checksum they have; nothing of reports on others';
`

const rights = ({ web_staff: staff, web_resident: resident }: Roles) => `
  revoke all on function reports.issued_about_me(text, text) from public;
  grant usage on schema reports to ${resident};
  grant execute on function reports.issued_about_me(text, text) to ${resident};
  drop policy asking on reports.report;
  create policy asking on reports.report for insert to ${staff}
    with check (office = ${OFFICE} and (select identity.is_officer()) and staff = ${STAFF}
      and state = case when entry is null then 'unreleased' else 'waiting' end and reason is not null
      and tries = 0 and digest is null);
`
