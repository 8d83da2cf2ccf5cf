import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Who lives in shared housing, where others open the post, is handed codes and never sent one. */
export const identityHousing: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [MARK, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = 'security definer set search_path = pg_catalog, pg_temp as $$'

const MARK = `
  alter table identity.account add column shares_housing boolean not null default false;
  comment on column identity.account.shares_housing is 'Whether an office has noted shared housing: codes are then handed over, never posted';

  create function identity.shares_housing(subject uuid) returns boolean
    language sql stable ${HEAD}
    select coalesce((select a.shares_housing
      from identity.account a join identity.account_subject o on o.account = a.account
      where o.subject = shares_housing.subject), false)
  $$;
  comment on function identity.shares_housing(uuid) is 'Whether shared housing is noted for the person of a subject';

  create function identity.note_housing(subject uuid, shares boolean) returns void
    language sql ${HEAD}
    update identity.account a set shares_housing = shares
      from identity.account_subject o
      where o.account = a.account and o.subject = note_housing.subject
  $$;
  comment on function identity.note_housing(uuid, boolean) is 'Notes how the person of a subject lives, as somebody at a counter was told';
`

const rights = ({ web_staff: staff }: Roles) => `
  revoke all on function identity.shares_housing(uuid), identity.note_housing(uuid, boolean) from public;
  grant execute on function identity.shares_housing(uuid), identity.note_housing(uuid, boolean) to ${staff};
`
