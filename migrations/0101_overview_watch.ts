import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** The accesses that the rules of oversight read: for their login alone, so that no setting opens them. */
export const overviewWatch: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(VIEW).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`

/** Whoever asks acts; what is sent, stored or erased is done by its source, which answers for it. */
const acted = (table: 'access_event' | 'sealed_event', flags: 'access_flag' | 'sealed_flag') => `
    select event.leaf_index, event.expires_on, event.occurred_at, event.subject, event.operation, event.channel,
      event.unit, event.purpose, event.stream is null as of_the_portal,
      event.consent_id is not null as cites_consent,
      (select jsonb_object_agg(flag.rule, cardinality(flag.fields)) from overview.${flags} flag
        where flag.leaf_index = event.leaf_index) as broken,
      ${table === 'sealed_event'} as sealed
    from overview.${table} event
    where case when event.operation = 2 then event.recipient else event.source end = ${OFFICE}`

const VIEW = `
  create or replace view reporting.watched_access with (security_barrier) as
    ${acted('access_event', 'access_flag').trim()}
    union all
    ${acted('sealed_event', 'sealed_flag').trim()}
      and not exists (select from overview.release r where r.sealed_index = event.leaf_index);
  comment on view reporting.watched_access is 'Accesses in which the office in the setting mirat.office acted, for the login of the rules of oversight alone';
`
