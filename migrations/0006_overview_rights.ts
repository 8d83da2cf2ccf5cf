import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Deny by default: column grants and row-level security say who reads and writes the access log. */
export const overviewRights: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [residents, staff, machines, receipts, retention]) {
      await sql.raw(part(roles)).execute(db)
    }
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(reporting(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const SHOWN = `class, expires_on, leaf_index, recorded_at, occurred_at, subject, seq_digest, operation,
    channel, source, recipient, unit, purpose, legal_basis, fields, case_ref, consent_id,
    operator_digest, salt`

const OWN = `subject = any (string_to_array(nullif(current_setting('mirat.subjects', true), ''), ',')::uuid[])`

const residents = (roles: Roles) => `
  grant usage on schema overview to ${roles.web_resident}, ${roles.web_staff}, ${roles.ingest},
    ${roles.worker}, ${roles.retention}, ${roles.reporting_owner};
  grant select (${SHOWN}) on overview.access_event to ${roles.web_resident};
  grant select on overview.access_flag, overview.holding, overview.holding_fold to ${roles.web_resident};
  create policy own_entries on overview.access_event for select to ${roles.web_resident} using (${OWN});
  create policy own_flags on overview.access_flag for select to ${roles.web_resident} using (${OWN});
  create policy own_holdings on overview.holding for select to ${roles.web_resident} using (${OWN});
`

/** Staff write the record of their own look, and read the log through the reporting views alone. */
const staff = (roles: Roles) => `
  grant insert on overview.access_event to ${roles.web_staff};
  create policy record_of_a_look on overview.access_event for insert to ${roles.web_staff}
    with check (stream is null and recipient = nullif(current_setting('mirat.office', true), '')::int);
`

const machines = (roles: Roles) => `
  grant insert on overview.access_event, overview.sealed_event, overview.access_flag,
    overview.sealed_flag, overview.operator_ref to ${roles.ingest};
  create policy delivered on overview.access_event for insert to ${roles.ingest} with check (true);
  create policy delivered on overview.sealed_event for insert to ${roles.ingest} with check (true);
  create policy delivered on overview.access_flag for insert to ${roles.ingest} with check (true);
  create policy delivered on overview.sealed_flag for insert to ${roles.ingest} with check (true);
  create policy delivered on overview.operator_ref for insert to ${roles.ingest} with check (true);

  grant select on overview.access_event to ${roles.worker};
  create policy folding on overview.access_event for select to ${roles.worker} using (true);
  grant select, insert, update on overview.holding, overview.holding_fold to ${roles.worker};
  create policy folding on overview.holding for all to ${roles.worker} using (true) with check (true);
`

const DELIVERED = `class, expires_on, recorded_at, occurred_at, operation, channel, source, recipient, unit,
    purpose, legal_basis, fields, case_ref, consent_id, seq_digest, operator_digest, salt`

/** The authority's own receipt: ingest has no SELECT, so one function opens one event of one stream. */
const receipts = (roles: Roles) => `
  create function overview.delivered_event(of_stream int, of_seq bigint, at_index bigint)
    returns table (class smallint, expires_on date, recorded_at timestamptz, occurred_at timestamptz,
      operation smallint, channel smallint, source int, recipient int, unit int, purpose int,
      legal_basis int, fields smallint[], case_ref text, consent_id uuid, seq_digest bytea,
      operator_digest bytea, salt bytea)
    language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select ${DELIVERED} from overview.access_event event
      where leaf_index = at_index and stream = of_stream and stream_seq = of_seq
    union all
    select ${DELIVERED} from overview.sealed_event event
      where leaf_index = at_index and stream = of_stream and stream_seq = of_seq
  $$;
  comment on function overview.delivered_event(int, bigint, bigint) is 'One delivered event with its opening, for the stream that delivered it';
  revoke all on function overview.delivered_event(int, bigint, bigint) from public;
  grant execute on function overview.delivered_event(int, bigint, bigint) to ${roles.ingest};
  create policy receipts on overview.access_event for select to ${roles.owner} using (true);
  create policy receipts on overview.sealed_event for select to ${roles.owner} using (true);
`

const retention = (roles: Roles) =>
  ['access_event', 'sealed_event', 'access_flag', 'sealed_flag', 'operator_ref', 'holding']
    .map(
      (table) => `
  grant select (expires_on), delete on overview.${table} to ${roles.retention};
  create policy what_is_due_seen on overview.${table} for select to ${roles.retention}
    using (expires_on <= current_date);
  create policy what_is_due on overview.${table} for delete to ${roles.retention}
    using (expires_on <= current_date);`,
    )
    .concat(
      `

  grant select (class, expires_on, leaf_index, recorded_at, occurred_at, subject, operation, channel, source,
    recipient, unit, purpose, legal_basis, fields, case_ref) on overview.access_event to ${roles.reporting_owner};
  grant select on overview.access_flag to ${roles.reporting_owner};
  create policy for_reports on overview.access_event for select to ${roles.reporting_owner} using (true);
  create policy for_reports on overview.access_flag for select to ${roles.reporting_owner} using (true);`,
    )
    .join('\n')

const reporting = (roles: Roles) => `
  create view reporting.access with (security_barrier) as
    select event.leaf_index, event.expires_on, event.recorded_at, event.occurred_at, event.subject,
      event.operation, event.channel, event.source, event.recipient, event.unit, event.purpose,
      event.legal_basis, event.fields, event.case_ref,
      exists (select from overview.access_flag flag where flag.leaf_index = event.leaf_index) as flagged
    from overview.access_event event
    where nullif(current_setting('mirat.office', true), '')::int in (event.source, event.recipient);
  comment on view reporting.access is 'Visible accesses of one office: of the office in the setting mirat.office';
  comment on column reporting.access.leaf_index is 'Index of its leaf in the tree';
  comment on column reporting.access.expires_on is 'First day on which the entry is gone';
  comment on column reporting.access.recorded_at is 'When this ledger recorded it';
  comment on column reporting.access.occurred_at is 'When the access happened, as reported';
  comment on column reporting.access.subject is 'Keyed hash of the person''s number';
  comment on column reporting.access.operation is '1 store, 2 query, 3 transmit, 4 erase';
  comment on column reporting.access.channel is '1 automated, 2 manual';
  comment on column reporting.access.source is 'Where the data came from';
  comment on column reporting.access.recipient is 'Who received or holds the data';
  comment on column reporting.access.unit is 'Kind of unit that acted';
  comment on column reporting.access.purpose is 'Purpose';
  comment on column reporting.access.legal_basis is 'Legal basis';
  comment on column reporting.access.fields is 'Fields, in catalogue order';
  comment on column reporting.access.case_ref is 'File number at the authority';
  comment on column reporting.access.flagged is 'Whether it breaks a rule';
  grant usage on schema reporting to ${roles.reporting};
  grant select on reporting.access to ${roles.reporting};
`
