import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/**
 * Whoever is suspended is proposed anew: were confirming enough, one operator could suspend another one,
 * confirm them, and go on alone under both names.
 */
export const identityReinstating: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(CONFIRM).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const CONFIRM = `
  create or replace function identity.confirm_staff(staff uuid, confirmed_by uuid, code_hash bytea, sheet bytea, at timestamptz)
    returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  begin
    update identity.staff m set state = 'confirmed', confirmed_by = confirm_staff.confirmed_by,
        code_hash = confirm_staff.code_hash, sheet = confirm_staff.sheet, changed_at = at,
        code_expires_at = at + interval '7 days'
      where m.staff = confirm_staff.staff and m.state in ('invited', 'confirmed')
        and (m.invited_by is distinct from confirm_staff.confirmed_by
          or (m.invited_by is null and confirm_staff.confirmed_by is null));
    return found;
  end $$;
  comment on function identity.confirm_staff(uuid, uuid, bytea, bytea, timestamptz) is 'Gives an invited member of staff a code; refused to whoever invited them, and for whoever is suspended';
`
