import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Who a member of staff is says the list of staff, not a setting: anybody with the role of the database could
 * set one. Both answer about the scope alone, so they tell nothing about anybody else.
 */
export const identityOfficers: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [ASKING, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`

const ASKING = `
  create function identity.is_officer() returns boolean
    language sql stable ${HEAD}
    select exists (select from identity.staff m where m.staff = ${STAFF} and m.office = ${OFFICE}
      and m.role = 'dpo' and m.state = 'active')
  $$;
  comment on function identity.is_officer() is 'Whether the member of staff of the scope is an active data protection officer of its office';

  create function identity.is_supervisor() returns boolean
    language sql stable ${HEAD}
    select exists (select from identity.staff m
      where m.staff = ${STAFF} and m.role = 'supervisor' and m.state = 'active')
  $$;
  comment on function identity.is_supervisor() is 'Whether the member of staff of the scope is an active supervisor';
`

/** Whoever makes a view that asks needs the right as well as whoever reads it. */
const rights = ({ web_staff: staff, reporting, reporting_owner: owner }: Roles) => `
  revoke all on function identity.is_officer(), identity.is_supervisor() from public;
  grant usage on schema identity to ${reporting}, ${owner};
  grant execute on function identity.is_officer() to ${staff}, ${reporting}, ${owner};
  grant execute on function identity.is_supervisor() to ${staff};
`
