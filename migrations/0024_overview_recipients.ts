import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Who received a field of a person, by the access log: visible and withheld accesses alike. */
export const overviewRecipients: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(RECIPIENTS).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

/**
 * Operations 1 to 3 store, query and transmit. What the portal itself shows to its own staff is no
 * receipt of a register's data. Nobody but other functions of the owner may ask, because the answer
 * tells of withheld accesses.
 */
const RECIPIENTS = `
  create function overview.recipients_of(of_subject uuid, of_field smallint)
    returns table (recipient int, first_at timestamptz, last_at timestamptz, sealed boolean)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with portal as (
      select id from catalogue.term where kind in ('authority', 'office') and code = 'portal'
    ), received as (
      select event.recipient, event.occurred_at, event.source, false as sealed
        from overview.access_event event
        where event.subject = of_subject and of_field = any (event.fields)
          and event.operation in (1, 2, 3)
      union all
      select event.recipient, event.occurred_at, event.source, true
        from overview.sealed_event event
        where event.subject = of_subject and of_field = any (event.fields)
          and event.operation in (1, 2, 3)
    )
    select received.recipient, min(received.occurred_at), max(received.occurred_at), received.sealed
      from received
      where not exists (select from portal where portal.id = received.source)
      group by received.recipient, received.sealed
  $$;
  comment on function overview.recipients_of(uuid, smallint) is 'Who received a field of a person (GDPR Article 19), visible and withheld; for functions of the owner alone';
  revoke all on function overview.recipients_of(uuid, smallint) from public;
`
