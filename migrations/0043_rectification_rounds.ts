import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * Notices that people see are taken in rounds of their own: when an office confirms what a person reads must
 * not depend on how long another office takes, whose access is withheld (AZRG § 34 (3)).
 */
export const rectificationRounds: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(taking(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const TAKE = 'rectification.take_notices(timestamptz, int, boolean)'

const claim = (table: string, condition: string) => `
    update rectification.${table} told set tries = told.tries + 1,
        next_at = take_notices.at + least(interval '1 minute' * power(2, told.tries), interval '6 hours')
      where told.notice in (select due.notice from rectification.${table} due
        where ${condition} and due.state in ('waiting', 'sent') and due.next_at <= take_notices.at
        order by due.next_at limit most for update skip locked)
      returning told.notice, told.request, told.subject, told.recipient, told.field, told.outcome, told.tries`

const taking = ({ worker }: Roles) => `
  drop function rectification.take_notices(timestamptz, int);
  create function rectification.take_notices(at timestamptz, most int, withheld boolean)
    returns table (notice uuid, request uuid, subject uuid, recipient int, field int, outcome text,
      tries int, url text, reference text, decided_at timestamptz, case_key bytea, number int, content bytea)
    language sql volatile ${HEAD}
    with shown as (${claim('notice', 'not take_notices.withheld')}
    ), sealed as (${claim('sealed_notice', 'take_notices.withheld')}
    ), taken as (select * from shown union all select * from sealed)
    select taken.*, e.url, r.reference, r.decided_at, r.case_key, text.number, text.content
      from taken
      left join rectification.endpoint e on e.office = taken.recipient
      left join rectification.request r on r.request = taken.request
      left join lateral (select event.number, event.content from rectification.request_event event
        where event.request = taken.request and event.kind in ('decided', 'proposed')
        order by event.number desc limit 1) text on true
  $$;
  comment on function ${TAKE} is 'Takes what is due to be sent, with what it says, still encrypted; each at most once in its pause, and what is withheld apart';
  revoke all on function ${TAKE} from public;
  grant execute on function ${TAKE} to ${worker};
`
