import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Who asks is found out once for a statement; until now it was for each search of 30 days, of all officers. */
export const oversightLookupsOnce: RoledMigration = ({ owner }) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${owner}`).execute(db)
    await sql.raw(COUNTING).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const COUNTING = `
  create or replace function oversight.may_look_up() returns boolean
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select identity.is_officer() and count(*) < 60
        and count(*) filter (where l.counted_at > now() - interval '24 hours') < 10
      from oversight.lookup l
      where l.staff = any ((select identity.own_posts())::uuid[]) and l.counted_at > now() - interval '30 days'
  $$;
`
