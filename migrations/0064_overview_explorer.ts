import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * What a data protection officer reads of the own office's accesses (GDPR Article 39 (1) (b)): since when each
 * is flagged, and those that are withheld. A look at a withheld one is withheld itself, so staff may write it.
 */
export const overviewExplorer: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(readable(roles)).execute(db)
    await sql.raw(looks(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(VISIBLE).execute(db)
    await sql.raw(SEALED).execute(db)
    await sql.raw(`grant select on reporting.sealed_access to ${roles.reporting}`).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

/** The columns of the visible view and what seals an entry; no salt, so nothing here opens a commitment. */
const readable = ({ reporting_owner: owner }: Roles) => `
  grant select (expires_on, leaf_index, recorded_at, occurred_at, subject, operation, channel, source,
    recipient, unit, purpose, legal_basis, fields, case_ref, release_due) on overview.sealed_event to ${owner};
  grant select (leaf_index, flagged_at) on overview.sealed_flag to ${owner};
  create policy for_reports on overview.sealed_event for select to ${owner} using (true);
  create policy for_reports on overview.sealed_flag for select to ${owner} using (true);
`

const looks = ({ web_staff: staff }: Roles) => `
  grant insert on overview.sealed_event to ${staff};
  create policy record_of_a_look on overview.sealed_event for insert to ${staff}
    with check (stream is null and recipient = nullif(current_setting('mirat.office', true), '')::int
      and current_setting('mirat.sees_sealed', true) = 'yes');
`

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int in (event.source, event.recipient)`

const COLUMNS = `event.leaf_index, event.expires_on, event.recorded_at, event.occurred_at, event.subject,
      event.operation, event.channel, event.source, event.recipient, event.unit, event.purpose,
      event.legal_basis, event.fields, event.case_ref`

const flagged = (table: string) =>
  `(select min(flag.flagged_at) from overview.${table} flag where flag.leaf_index = event.leaf_index)`

const VISIBLE = `
  create or replace view reporting.access with (security_barrier) as
    select ${COLUMNS},
      exists (select from overview.access_flag flag where flag.leaf_index = event.leaf_index) as flagged,
      ${flagged('access_flag')} as flagged_at
    from overview.access_event event where ${OFFICE};
  comment on column reporting.access.flagged_at is 'Since when it breaks a rule; absent where it breaks none';
`

const SEALED = `
  create view reporting.sealed_access with (security_barrier) as
    select ${COLUMNS}, ${flagged('sealed_flag')} as flagged_at, event.release_due
    from overview.sealed_event event
    where current_setting('mirat.sees_sealed', true) = 'yes' and ${OFFICE};
  comment on view reporting.sealed_access is 'Accesses of the office in the setting mirat.office of which their person must not know (yet): for data protection officers, who set mirat.sees_sealed';
  comment on column reporting.sealed_access.leaf_index is 'Index of its leaf in the tree';
  comment on column reporting.sealed_access.expires_on is 'First day on which the entry is gone';
  comment on column reporting.sealed_access.recorded_at is 'When this ledger recorded it';
  comment on column reporting.sealed_access.occurred_at is 'When the access happened, as reported';
  comment on column reporting.sealed_access.subject is 'Keyed hash of the person''s number';
  comment on column reporting.sealed_access.operation is '1 store, 2 query, 3 transmit, 4 erase';
  comment on column reporting.sealed_access.channel is '1 automated, 2 manual';
  comment on column reporting.sealed_access.source is 'Where the data came from';
  comment on column reporting.sealed_access.recipient is 'Who received or holds the data';
  comment on column reporting.sealed_access.unit is 'Kind of unit that acted';
  comment on column reporting.sealed_access.purpose is 'Purpose';
  comment on column reporting.sealed_access.legal_basis is 'Legal basis';
  comment on column reporting.sealed_access.fields is 'Fields, in catalogue order';
  comment on column reporting.sealed_access.case_ref is 'File number at the authority';
  comment on column reporting.sealed_access.flagged_at is 'Since when it breaks a rule; absent where it breaks none';
  comment on column reporting.sealed_access.release_due is 'When a delay ends or a review is due; absent where neither is set';
`
