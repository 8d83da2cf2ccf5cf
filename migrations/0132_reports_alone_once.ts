import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Who asks is found out once for a statement; until now it was for each report of 30 days that nobody released. */
export const reportsAloneOnce: RoledMigration = ({ owner }) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${owner}`).execute(db)
    await sql.raw(COUNTING).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const COUNTING = `
  create or replace function reports.may_do_alone() returns boolean
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select count(*) < 20 and count(*) filter (where r.alone_at > now() - interval '24 hours') < 5
      from reports.report r
      where r.staff = any ((select identity.own_posts())::uuid[]) and r.alone_at > now() - interval '30 days'
  $$;
`
