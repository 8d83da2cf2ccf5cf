import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Whoever serves several offices has a row of staff for each: asked once, not once for every row that is compared. */
export const identityOwnPosts: RoledMigration = ({ owner }) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${owner}`).execute(db)
    await sql.raw(POSTS).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`

const POSTS = `
  create function identity.own_posts() returns uuid[]
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(m.staff), '{}') from identity.staff me
      join identity.staff m on coalesce(m.officer, m.staff) = coalesce(me.officer, me.staff)
      where me.staff = ${STAFF}
  $$;
  comment on function identity.own_posts() is 'The member of staff of the scope, for each office that they serve; for functions alone';
  revoke all on function identity.own_posts() from public;
`
