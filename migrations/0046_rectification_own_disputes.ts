import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** A resident learns of their own disputes alone; deliveries ask about whomever they bring. */
export const rectificationOwnDisputes: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(own(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const SUBJECTS = `string_to_array(nullif(current_setting('mirat.subjects', true), ''), ',')::uuid[]`

const own = ({ web_resident: resident }: Roles) => `
  create function rectification.own_disputes() returns table (field int)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select distinct d.field from rectification.disputed(${SUBJECTS}) d
  $$;
  comment on function rectification.own_disputes() is 'Fields of the person of the scope whose accuracy is contested, as offices see it';
  revoke all on function rectification.own_disputes() from public;
  grant execute on function rectification.own_disputes() to ${resident};
  revoke execute on function rectification.disputed(uuid[]) from ${resident};
`
