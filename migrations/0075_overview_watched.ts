import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * What the rules of oversight read of accesses (GDPR Article 39 (1) (b)): those in which the office acted, whether
 * they cite a consent, and what they broke when they were recorded. No page reads it.
 */
export const overviewWatched: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(readable(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(VIEW).execute(db)
    await sql.raw(`grant select on reporting.watched_access to ${roles.reporting}`).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const readable = ({ reporting_owner: owner }: Roles) => `
  grant select (stream, consent_id) on overview.access_event, overview.sealed_event to ${owner};
  grant select (rule, fields) on overview.sealed_flag to ${owner};
`

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
    where current_setting('mirat.watches', true) = 'yes'
      and case when event.operation = 2 then event.recipient else event.source end = ${OFFICE}`

const VIEW = `
  create view reporting.watched_access with (security_barrier) as
    ${acted('access_event', 'access_flag').trim()}
    union all
    ${acted('sealed_event', 'sealed_flag').trim()}
      and not exists (select from overview.release r where r.sealed_index = event.leaf_index);
  comment on view reporting.watched_access is 'Accesses in which the office in the setting mirat.office acted, for the rules of oversight, which set mirat.watches';
  comment on column reporting.watched_access.leaf_index is 'Index of its leaf in the tree';
  comment on column reporting.watched_access.expires_on is 'First day on which the entry is gone';
  comment on column reporting.watched_access.occurred_at is 'When the access happened, as reported';
  comment on column reporting.watched_access.subject is 'Keyed hash of the person''s number';
  comment on column reporting.watched_access.operation is '1 store, 2 query, 3 transmit, 4 erase';
  comment on column reporting.watched_access.channel is '1 automated, 2 manual';
  comment on column reporting.watched_access.unit is 'Kind of unit that acted';
  comment on column reporting.watched_access.purpose is 'Purpose';
  comment on column reporting.watched_access.of_the_portal is 'Whether this portal itself wrote it: looks of staff, codes handed over';
  comment on column reporting.watched_access.cites_consent is 'Whether it cites a consent, valid or not';
  comment on column reporting.watched_access.broken is 'Rules that it broke when it was recorded, each with how many fields; absent where it broke none';
  comment on column reporting.watched_access.sealed is 'Whether its person must not know of it (yet)';
`
