import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Flags for accesses whose consent ended between the moment of judging and the moment of writing. */
export const overviewCitedLate: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(FLAGGING).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const flag = (event: string, flags: string) => `
    insert into overview.${flags} (leaf_index, rule, subject, fields, flagged_at, expires_on)
      select event.leaf_index, 'consent.not_valid', event.subject, '{}',
          greatest(flag_cited_late.at, event.recorded_at), event.expires_on
        from overview.${event} event
        where event.consent_id = of_consent and event.occurred_at >= since
          and event.leaf_index >= from_leaf
      on conflict do nothing`

/** Only what the running append wrote: everything before it was flagged by the end of the consent itself. */
const FLAGGING = `
  create function overview.flag_cited_late(of_consent uuid, since timestamptz, at timestamptz, from_leaf bigint)
    returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    ${flag('access_event', 'access_flag').trim()};
    ${flag('sealed_event', 'sealed_flag').trim()};
  $$;
  comment on function overview.flag_cited_late(uuid, timestamptz, timestamptz, bigint) is 'Flags accesses from a leaf on that cite a consent which had ended by then; for functions of the owner alone';
  revoke all on function overview.flag_cited_late(uuid, timestamptz, timestamptz, bigint) from public;
`
