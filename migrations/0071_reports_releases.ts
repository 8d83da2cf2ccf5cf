import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * What leaves an office about more than one person leaves it with two people (security.md, four eyes): a report is
 * asked for with a reason and waits until somebody else releases it, another officer of the office or the supervision.
 * Who is who says the list of staff.
 */
export const reportsReleases: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [ASKED, RELEASE, functions(roles), rights(roles)]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`
const IS_OFFICER = `(select identity.is_officer())`
const IS_SUPERVISOR = `(select identity.is_supervisor())`

/** Reports of before have no reason, and were PDFs. */
const ASKED = `
  alter table reports.report add column format text not null default 'pdf'
    constraint format_is_known check (format in ('pdf', 'csv', 'json'));
  alter table reports.report alter column format drop default;
  alter table reports.report add column reason text
    constraint reason_is_known check (reason in ('complaint', 'routine', 'authority', 'audit'));
  alter table reports.report add column expected int;
  alter table reports.report add column expected_exactly boolean;
  alter table reports.report drop constraint state_is_known;
  alter table reports.report add constraint state_is_known check (state in ('unreleased', 'waiting', 'working',
    'ready', 'cancelled', 'failed', 'refused', 'lapsed'));
  comment on column reports.report.format is 'pdf, csv (a table in one language) or json (codes)';
  comment on column reports.report.reason is 'Why it was asked for: a code of server/reports/rules.ts; absent for reports of before';
  comment on column reports.report.expected is 'How many accesses the list held when it was asked for';
  comment on column reports.report.expected_exactly is 'Whether they were counted, not estimated';
  create index reports_to_release on reports.report (asked_at) where state = 'unreleased';
`

const RELEASE = `
  create table reports.release (
    report uuid primary key references reports.report on delete restrict,
    decided_at timestamptz(3) not null,
    decision text not null constraint decision_is_known check (decision in ('released', 'refused')),
    by text not null constraint second_person_is_known check (by in ('officer', 'supervision')),
    office int,
    staff uuid not null,
    constraint an_officer_has_an_office check ((by = 'officer') = (office is not null))
  );
  comment on table reports.release is 'What second persons decided on reports: append-only, one decision each';
  comment on column reports.release.report is 'The report';
  comment on column reports.release.decided_at is 'When';
  comment on column reports.release.decision is 'released or refused';
  comment on column reports.release.by is 'As what: another data protection officer of the office, or the supervision';
  comment on column reports.release.office is 'The office of the officer (catalogue number); supervisors have none';
  comment on column reports.release.staff is 'The member of staff, a random id; shown to nobody';
  create trigger no_change before update or delete on reports.release
    for each row execute function ledger.refuse_change();
  create trigger no_truncate before truncate on reports.release
    for each statement execute function ledger.refuse_change();
  alter table reports.release enable always trigger no_change;
  alter table reports.release enable always trigger no_truncate;
  alter table reports.release enable row level security;
  alter table reports.release force row level security;
`

/** What waits for the member of staff of the scope, but for their own. */
const MINE = `case when ${IS_SUPERVISOR} then true when ${IS_OFFICER} then r.office = ${OFFICE} else false end`

const functions = ({ owner, web_staff: staff, worker }: Roles) => `
  create policy deciding on reports.report for update to ${owner}
    using (state = 'unreleased') with check (state in ('waiting', 'refused', 'lapsed'));
  create policy functions_of_the_room on reports.release for insert to ${owner} with check (true);

  create function reports.decide(reference text, decision text, at timestamptz) returns text
    language plpgsql volatile ${HEAD}
  declare
    decided uuid;
    answer text;
  begin
    update reports.report r
      set state = case decide.decision when 'released' then 'waiting' else 'refused' end,
        ended_at = case decide.decision when 'released' then null else at end
      where r.reference = decide.reference and r.state = 'unreleased' and r.staff <> ${STAFF}
        and r.asked_at > at - interval '14 days' and ${MINE}
      returning r.report into decided;
    if decided is not null then
      insert into reports.release (report, decided_at, decision, by, office, staff)
        select decided, at, decide.decision,
          case when ${IS_SUPERVISOR} then 'supervision' else 'officer' end,
          case when not ${IS_SUPERVISOR} then ${OFFICE} end, ${STAFF};
      return 'done';
    end if;
    select case when r.staff = ${STAFF} then 'own' else 'not_now' end into answer
      from reports.report r where r.reference = decide.reference and ${MINE};
    return coalesce(answer, 'unknown');
  end $$;
  comment on function reports.decide(text, text, timestamptz) is 'Releases or refuses a report as its second person: done, own (asked for by the same person), not_now (no longer waiting), unknown';

  create function reports.lapse(at timestamptz) returns bigint
    language sql volatile ${HEAD}
    with lapsed as (
      update reports.report r set state = 'lapsed', ended_at = at
        where r.state = 'unreleased' and r.asked_at <= at - interval '14 days' returning 1
    )
    select count(*) from lapsed
  $$;
  comment on function reports.lapse(timestamptz) is 'Ends what nobody has released within 14 days; returns how many';

  revoke all on function reports.decide(text, text, timestamptz), reports.lapse(timestamptz) from public;
  grant execute on function reports.decide(text, text, timestamptz) to ${staff};
  grant execute on function reports.lapse(timestamptz) to ${worker};
`

const OWN = `office = ${OFFICE} and ${IS_OFFICER}`

/** The role of staff in the database is one for a whole office: reports and files are the officers' alone. */
const rights = ({ web_staff: staff, worker }: Roles) => `
  drop policy reports_of_the_office on reports.report;
  create policy reports_of_the_office on reports.report for select to ${staff} using (${OWN});
  create policy waiting_for_the_supervision on reports.report for select to ${staff}
    using (state = 'unreleased' and ${IS_SUPERVISOR});
  drop policy cancelling on reports.report;
  create policy cancelling on reports.report for update to ${staff}
    using (${OWN} and (state in ('waiting', 'working') or (state = 'unreleased' and staff = ${STAFF})))
    with check (state = 'cancelled');
  drop policy making on reports.report;
  create policy making on reports.report for update to ${worker}
    using (state in ('waiting', 'working')) with check (state in ('working', 'ready', 'failed'));
  grant select (report, decided_at, decision, by, office) on reports.release to ${staff};
  create policy releases_of_the_office on reports.release for select to ${staff}
    using (exists (select from reports.report r where r.report = release.report));
`
