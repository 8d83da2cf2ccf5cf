import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** What anybody may know of the deliveries: which office is connected, in months; never a time of day. */
export const ingestionCoverage: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(FUNCTION).execute(db)
    await sql.raw(rights(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

// The months are cut here, so that no role behind a public page ever reads the times themselves.
const FUNCTION = `
  create function ingestion.coverage()
    returns table (authority int, since_month text, last_month text)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.authority,
      to_char(min(s.registered_at) at time zone 'Europe/Berlin', 'YYYY-MM'),
      to_char(max(s.last_received_at) at time zone 'Europe/Berlin', 'YYYY-MM')
    from ingestion.stream s group by s.authority order by s.authority
  $$;
  comment on function ingestion.coverage() is 'Connected authorities with the months of the first registration and of the last delivery';
`

const rights = ({ web_public: webPublic }: Roles) => `
  revoke all on function ingestion.coverage() from public;
  grant usage on schema ingestion to ${webPublic};
  grant execute on function ingestion.coverage() to ${webPublic};
`
