import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Many reports on one person each are an export of many persons in pieces: an officer makes five within 24 hours
 * and twenty within 30 days without anybody else, and each further one waits for a second person. The database
 * counts, by its own clock, so that no fault of the application makes more.
 */
export const reportsAlone: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [ALONE, COUNTING, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`

const ALONE = `
  alter table reports.report add column alone_at timestamptz(3)
    constraint only_reports_on_one_person_need_nobody_else check (alone_at is null or entry is not null);
  comment on column reports.report.alone_at is 'When it was asked for, by the clock of the database, where nobody else need release it; absent where somebody must';
  create index reports_made_alone on reports.report (staff, alone_at) where alone_at is not null;
`

/** The lock lets two requests of the same moment count each other. */
const COUNTING = `
  create function reports.may_do_alone() returns boolean
    language sql stable ${HEAD}
    select count(*) < 20 and count(*) filter (where r.alone_at > now() - interval '24 hours') < 5
      from reports.report r where identity.is_me(r.staff) and r.alone_at > now() - interval '30 days'
  $$;
  comment on function reports.may_do_alone() is 'Whether the officer of the scope can still make a report on one person without a second person';

  create function reports.count_alone() returns trigger
    language plpgsql volatile ${HEAD}
  begin
    new.alone_at := null;
    if new.entry is not null then
      perform pg_advisory_xact_lock(hashtextextended('reports.report alone ' || (
        select coalesce(m.officer, m.staff) from identity.staff m where m.staff = new.staff), 0));
      if reports.may_do_alone() then
        new.alone_at := now();
      end if;
      new.state := case when new.alone_at is null then 'unreleased' else 'waiting' end;
    end if;
    return new;
  end $$;
  comment on function reports.count_alone() is 'Says of a new report whether it needs a second person';
  create trigger count_alone before insert on reports.report
    for each row execute function reports.count_alone();
  alter table reports.report enable always trigger count_alone;
`

const rights = ({ web_staff: staff }: Roles) => `
  revoke all on function reports.may_do_alone(), reports.count_alone() from public;
  grant execute on function reports.may_do_alone() to ${staff};
  drop policy asking on reports.report;
  create policy asking on reports.report for insert to ${staff}
    with check (office = ${OFFICE} and (select identity.is_officer()) and staff = ${STAFF}
      and state = case when alone_at is null then 'unreleased' else 'waiting' end and reason is not null
      and tries = 0 and digest is null);
`
