import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * What the worker counts for data protection officers (GDPR Article 39 (1) (b)): accesses of all offices without
 * person, file number or commitment, the withheld ones apart, and which of them are flagged.
 */
export const overviewCounting: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(readable(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    for (const part of [COUNTED, FLAGGED, rights(roles)]) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const readable = ({ reporting_owner: owner }: Roles) => `
  grant select (expires_on) on overview.sealed_flag to ${owner};
`

const COLUMNS = `event.leaf_index, event.expires_on, (event.occurred_at at time zone 'Europe/Berlin')::date as day,
      event.operation, event.source, event.recipient, event.purpose, event.fields`

const COUNTED = `
  create view reporting.counted_access with (security_barrier) as
    select ${COLUMNS}, 'yes' as shown from overview.access_event event
    union all
    select ${COLUMNS}, case when event.release_due is null then 'withheld' else 'pending' end
    from overview.sealed_event event
    where not exists (select from overview.release r where r.sealed_index = event.leaf_index);
  comment on view reporting.counted_access is 'Accesses of all offices without their persons: for counting, by the worker alone';
  comment on column reporting.counted_access.leaf_index is 'Index of its leaf in the tree';
  comment on column reporting.counted_access.expires_on is 'First day on which the entry is gone';
  comment on column reporting.counted_access.day is 'Day of the access, German time';
  comment on column reporting.counted_access.operation is '1 store, 2 query, 3 transmit, 4 erase';
  comment on column reporting.counted_access.source is 'Where the data came from';
  comment on column reporting.counted_access.recipient is 'Who received or holds the data';
  comment on column reporting.counted_access.purpose is 'Purpose';
  comment on column reporting.counted_access.fields is 'Fields, in catalogue order';
  comment on column reporting.counted_access.shown is 'yes, pending or withheld: whether its person sees it, will, or must not know';
`

const FLAGGED = `
  create view reporting.counted_flag with (security_barrier) as
    select flag.leaf_index, flag.expires_on from overview.access_flag flag
    union all
    select flag.leaf_index, flag.expires_on from overview.sealed_flag flag;
  comment on view reporting.counted_flag is 'Which accesses break a rule, once for each rule: for counting, by the worker alone';
  comment on column reporting.counted_flag.leaf_index is 'Index of the leaf of the access';
  comment on column reporting.counted_flag.expires_on is 'First day on which the entry is gone';
`

const rights = ({ worker }: Roles) => `
  grant usage on schema reporting to ${worker};
  grant select on reporting.counted_access, reporting.counted_flag to ${worker};
`
