import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** A report tells whoever asked what became of it, and second persons that it waits, in the transaction of its change. */
export const reportsTidings: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(TELLING).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`

/** Cancelling is an act of the officers' own office, so it tells nobody. */
const TELLING = `
  create function reports.tell_of_report() returns trigger
    language plpgsql ${HEAD}
  begin
    if tg_op = 'INSERT' then
      perform tidings.tell_releasers(new.office, new.staff, 'release_waits', new.reference, new.asked_at);
      return null;
    end if;
    if old.state = 'unreleased' then
      perform tidings.settle(array['release_waits'], new.reference);
    end if;
    if new.state in ('ready', 'failed', 'lapsed') then
      perform tidings.tell(new.staff, 'report_' || new.state, new.reference, new.ended_at, null);
    end if;
    return null;
  end $$;
  comment on function reports.tell_of_report() is 'Tells second persons that a report waits, and whoever asked that it is ready, has failed or lapsed';

  create function reports.tell_of_release() returns trigger
    language plpgsql ${HEAD}
  declare
    decided reports.report;
  begin
    select r.* into decided from reports.report r where r.report = new.report;
    perform tidings.tell(decided.staff, 'report_' || new.decision, decided.reference, new.decided_at, null);
    return null;
  end $$;
  comment on function reports.tell_of_release() is 'Tells whoever asked for a report what the second person decided';

  revoke all on function reports.tell_of_report(), reports.tell_of_release() from public;
  create trigger tell_of_asking after insert on reports.report
    for each row when (new.state = 'unreleased') execute function reports.tell_of_report();
  create trigger tell_of_change after update on reports.report
    for each row when (new.state <> old.state) execute function reports.tell_of_report();
  create trigger tell after insert on reports.release
    for each row execute function reports.tell_of_release();
  alter table reports.report enable always trigger tell_of_asking;
  alter table reports.report enable always trigger tell_of_change;
  alter table reports.release enable always trigger tell;
`
