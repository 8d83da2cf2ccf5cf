import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * The role of the sign-in stands where nobody is known yet: it tells of a way in that it has just made, and of
 * nothing else. With the general function it could have written any message to anybody.
 */
export const noticesWaysIn: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(telling(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const TELL = 'notices.tell(uuid, uuid, text, jsonb, timestamptz, date, text)'
const WAY_IN = 'notices.tell_way_in(uuid, uuid, text, timestamptz, date)'
/** A row that this very transaction has made. */
const FRESH = `xmin = pg_current_xact_id()::xid`

const telling = ({ web_public: web }: Roles) => `
  create function notices.tell_way_in(message uuid, subject uuid, code text, at timestamptz, expires date)
    returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    select notices.tell(tell_way_in.message, own.subject, tell_way_in.code, '{}', tell_way_in.at,
        tell_way_in.expires, null)
      from identity.account_subject own
      where own.subject = tell_way_in.subject
        and (tell_way_in.code = 'passkey_added' and exists (select from identity.passkey way
            where way.account = own.account and way.${FRESH})
          or tell_way_in.code = 'eid_added' and exists (select from identity.eid way
            where way.account = own.account and way.${FRESH}))
  $$;
  comment on function ${WAY_IN} is 'Tells a person of a passkey or an eID that this transaction has bound to their account; of anything else nothing';
  revoke all on function ${WAY_IN} from public;
  grant execute on function ${WAY_IN} to ${web};
  revoke execute on function ${TELL} from ${web};
`
