import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * A report is made as soon as nothing stands in its way, not at the next full minute, and only then: what waited
 * from before a second person was needed goes back to wait for one.
 */
export const reportsDirectly: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [ASKING, making(roles), mending(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

/** Whoever works jobs hears it once the transaction is committed; the job of each minute is the net. */
const ASKING = `
  create function reports.ask_for_making() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    notify mirat_asked, 'reports.make';
    return null;
  end $$;
  comment on function reports.ask_for_making() is 'Has a report made as soon as the transaction is committed in which it may be';
  revoke all on function reports.ask_for_making() from public;
  create trigger ask_at_once after insert on reports.report
    for each row when (new.state = 'waiting') execute function reports.ask_for_making();
  create trigger ask_once_released after update on reports.report
    for each row when (new.state = 'waiting' and old.state <> 'waiting') execute function reports.ask_for_making();
  alter table reports.report enable always trigger ask_at_once;
  alter table reports.report enable always trigger ask_once_released;
`

const RELEASED = `exists (select from reports.release d where d.report = report.report and d.decision = 'released')`
const MAY_BE_MADE = `(report.alone_at is not null or ${RELEASED})`

/** The worker takes what nobody else need release, and what somebody has: whatever its state says. */
const making = ({ worker }: Roles) => `
  grant select (report, decision) on reports.release to ${worker};
  create policy what_was_released on reports.release for select to ${worker} using (true);
  drop policy making on reports.report;
  create policy making on reports.report for update to ${worker}
    using (state in ('waiting', 'working') and ${MAY_BE_MADE}) with check (state in ('working', 'ready', 'failed'));
`

/** Nothing that was asked for is lost: second persons are told, and what nobody releases lapses. */
export const mending = ({ owner }: Roles) => `
  create policy mending on reports.report for update to ${owner}
    using (state in ('waiting', 'working')) with check (state = 'unreleased');
  create policy mending on reports.release for select to ${owner} using (true);
  with mended as (
    update reports.report set state = 'unreleased' where state in ('waiting', 'working') and not ${MAY_BE_MADE}
      returning office, staff, reference)
  select tidings.tell_releasers(office, staff, 'release_waits', reference, now()) from mended;
  drop policy mending on reports.report;
  drop policy mending on reports.release;
`
