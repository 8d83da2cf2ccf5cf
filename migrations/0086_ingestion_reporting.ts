import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** What a data protection officer reads of deliveries: since when the own office delivers, when last, and how much. */
export const ingestionReporting: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(readable(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(VIEWS).execute(db)
    await sql
      .raw(`grant select on reporting.delivering, reporting.delivered to ${roles.reporting}`)
      .execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const readable = ({ reporting_owner: owner }: Roles) => `
  grant usage on schema ingestion to ${owner};
  grant select (stream, name, authority, last_seq, last_received_at, registered_at) on ingestion.stream to ${owner};
  grant select (stream, first_seq, last_seq, received_at) on ingestion.batch to ${owner};
  create policy for_reports on ingestion.batch for select to ${owner} using (true);
`

const OWN = `s.authority = nullif(current_setting('mirat.office', true), '')::int`

const VIEWS = `
  create view reporting.delivering with (security_barrier) as
    select s.name, s.registered_at, s.last_received_at, s.last_seq from ingestion.stream s where ${OWN};
  comment on view reporting.delivering is 'Streams of accesses of one office: of the office in the setting mirat.office';
  comment on column reporting.delivering.name is 'The name in addresses';
  comment on column reporting.delivering.registered_at is 'When the operator registered it';
  comment on column reporting.delivering.last_received_at is 'When the last delivery came; absent before the first';
  comment on column reporting.delivering.last_seq is 'Number of the last access; numbers have no gap';

  create view reporting.delivered with (security_barrier) as
    select b.received_at, b.last_seq - b.first_seq + 1 as amount
    from ingestion.batch b join ingestion.stream s on s.stream = b.stream where ${OWN};
  comment on view reporting.delivered is 'Deliveries of one office: of the office in the setting mirat.office';
  comment on column reporting.delivered.received_at is 'When it came';
  comment on column reporting.delivered.amount is 'How many accesses it told of';
`
