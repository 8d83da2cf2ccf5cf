import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Whoever records accesses has those looked at again whose consent ended while they were judged. */
export const consentCitedLate: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(flagging(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

/** It answers nothing: whoever records accesses learns of no end that it did not ask about by citing. */
const flagging = ({ ingest }: Roles) => `
  create function consent.flag_cited(ids uuid[], from_leaf bigint) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select overview.flag_cited_late(c.consent, c.ended_at, e.recorded_at, from_leaf)
      from consent.consent c join consent.entry e on e.consent = c.consent and e.kind = c.state
      where c.consent = any (ids) and c.state in ('withdrawn', 'superseded')
  $$;
  comment on function consent.flag_cited(uuid[], bigint) is 'Flags accesses from a leaf on that cite consents which have ended meanwhile; under the append lock';
  revoke all on function consent.flag_cited(uuid[], bigint) from public;
  grant execute on function consent.flag_cited(uuid[], bigint) to ${ingest};
`
