import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Functions that answer staff take whom they ask about from the scope: the person whose code is issued, and the
 * own office. A parameter would answer about anybody.
 */
export const identityScoped: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [HOUSING, COLLEAGUES, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = 'security definer set search_path = pg_catalog, pg_temp as $$'
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const SUBJECTS = `string_to_array(nullif(current_setting('mirat.subjects', true), ''), ',')::uuid[]`

/** Without an office in the scope nobody is asked, and nothing is noted. */
const HOUSING = `
  drop function identity.shares_housing(uuid);
  create function identity.shares_housing() returns boolean
    language sql stable ${HEAD}
    select exists (select from identity.account a join identity.account_subject o on o.account = a.account
      where a.shares_housing and o.subject = any (${SUBJECTS}) and ${OFFICE} is not null)
  $$;
  comment on function identity.shares_housing() is 'Whether shared housing is noted for the person of the scope, as an office asks';

  drop function identity.note_housing(uuid, boolean);
  create function identity.note_housing(shares boolean) returns void
    language sql ${HEAD}
    update identity.account a set shares_housing = shares
      from identity.account_subject o
      where o.account = a.account and o.subject = any (${SUBJECTS}) and ${OFFICE} is not null
  $$;
  comment on function identity.note_housing(boolean) is 'Notes how the person of the scope lives, as somebody at a counter was told';
`

const COLLEAGUES = `
  create or replace function identity.caseworkers_of(office int) returns table (staff uuid, unit int)
    language sql stable ${HEAD}
    select m.staff, m.unit from identity.staff m
      where m.office = caseworkers_of.office and m.office = ${OFFICE}
        and m.role = 'caseworker' and m.state = 'active'
      order by m.staff
  $$;
  comment on function identity.caseworkers_of(int) is 'The active caseworkers of the own office, by their random ids; of another one nobody';
`

const rights = ({ web_staff: staff }: Roles) => `
  revoke all on function identity.shares_housing(), identity.note_housing(boolean) from public;
  grant execute on function identity.shares_housing(), identity.note_housing(boolean) to ${staff};
`
