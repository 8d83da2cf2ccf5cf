import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Whose access under a consent is recorded after its withdrawal is told of it as well (GDPR Article 19). */
export const consentLateRecipients: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(FLAGGING).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

/** Making notices again adds those of recipients who were not known at the withdrawal, and no other. */
const FLAGGING = `
  create or replace function consent.flag_cited(ids uuid[], from_leaf bigint) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select overview.flag_cited_late(c.consent, c.ended_at, e.recorded_at, from_leaf),
        case when c.state = 'withdrawn' then consent.make_notices(c.consent) end
      from consent.consent c join consent.entry e on e.consent = c.consent and e.kind = c.state
      where c.consent = any (ids) and c.state in ('withdrawn', 'superseded')
  $$;
  comment on function consent.flag_cited(uuid[], bigint) is 'Flags accesses from a leaf on that cite consents which have ended meanwhile, and has their recipients told; under the append lock';
`
