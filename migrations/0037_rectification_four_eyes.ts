import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Four eyes hold in the database as well: whoever proposed a decision neither confirms it nor sends it back. */
export const rectificationFourEyes: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(SECOND_STEP).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`

/** Without a member of staff in the setting nothing is confirmed: null is no other person. */
const SECOND_STEP = `
  create or replace function rectification.second_step(request uuid, version int, confirmed boolean, at timestamptz, expires date)
    returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  begin
    update rectification.request r set state = case when confirmed then 'decided' else 'in_review' end,
        outcome = case when confirmed then r.outcome end,
        decided_at = case when confirmed then at end,
        proposed_by = case when confirmed then r.proposed_by end,
        second_office = case when confirmed then r.second_office end,
        effective_at = null, version = r.version + 1, saved_at = at, expires_on = expires
      where r.request = second_step.request and r.version = second_step.version
        and r.state = 'proposed' and r.second_office = ${OFFICE}
        and r.proposed_by <> ${STAFF};
    return found;
  end $$;
  comment on function rectification.second_step(uuid, int, boolean, timestamptz, date) is 'Confirms a proposal of somebody else that the office was asked about, or sends it back; false where it is no longer as it was read';
`
