import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/**
 * A partner office sees a case as long as it is asked to confirm, and no longer. Its answer moves the
 * case out of its sight, which row-level security refuses an update to do, so a function does it.
 */
export const rectificationSecond: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(FUNCTION).execute(db)
    await sql
      .raw(
        `revoke all on function ${SIGNATURE} from public;
         grant execute on function ${SIGNATURE} to ${roles.web_staff};
         comment on function ${SIGNATURE} is
           'The answer of the office in the scope to a proposal that waits for it: confirmed, or sent back';`,
      )
      .execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const SIGNATURE =
  'rectification.answer_proposal(uuid, int, boolean, timestamp with time zone, date)'

const FUNCTION = `
  create function rectification.answer_proposal(
    request uuid, version int, confirmed boolean, at timestamptz, expires date) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  begin
    update rectification.request r set
        state = case when confirmed then 'decided' else 'in_review' end,
        version = r.version + 1,
        saved_at = at,
        expires_on = expires,
        effective_at = null,
        decided_at = case when confirmed then at end,
        outcome = case when confirmed then r.outcome end,
        proposed_by = case when confirmed then r.proposed_by end,
        second_office = case when confirmed then r.second_office end
      where r.request = answer_proposal.request and r.version = answer_proposal.version
        and r.state = 'proposed'
        and r.second_office = nullif(current_setting('mirat.office', true), '')::int;
    return found;
  end $$;
`
