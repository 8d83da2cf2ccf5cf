import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Cases are handed on between the caseworkers of an office, who must be known to each other. */
export const identityColleagues: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(FUNCTION).execute(db)
    await sql
      .raw(
        `revoke all on function identity.caseworkers_of(int) from public;
         grant usage on schema identity to ${roles.web_staff};
         grant execute on function identity.caseworkers_of(int) to ${roles.web_staff};`,
      )
      .execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const FUNCTION = `
  create function identity.caseworkers_of(office int) returns table (staff uuid, unit int)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select m.staff, m.unit from identity.staff m
      where m.office = caseworkers_of.office and m.role = 'caseworker' and m.state = 'active'
      order by m.staff
  $$;
  comment on function identity.caseworkers_of(int) is 'The active caseworkers of an office, by their random ids';
`
