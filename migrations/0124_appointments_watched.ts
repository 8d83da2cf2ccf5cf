import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Appointments at an office as they stood: what explains that it looked, for the login of the rules alone (GDPR Article 39 (1) (b)). */
export const appointmentsWatched: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(readable(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(VIEW).execute(db)
    await sql.raw(`grant select on reporting.appointment to ${roles.watch}`).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const readable = ({ reporting_owner: owner }: Roles) => `
  grant usage on schema appointments to ${owner};
  grant select (subject, ref, day, number, kind, office, unit, leaf_index, recorded_at)
    on appointments.appointment to ${owner};
  create policy for_reports on appointments.appointment for select to ${owner} using (true);
`

/** Under every number of the person: offices know people under several. */
const VIEW = `
  create view reporting.appointment with (security_barrier) as
    with own as not materialized (
      select a.subject, a.day, a.unit, a.recorded_at as told_at, a.leaf_index as from_leaf,
        (select min(later.leaf_index) from appointments.appointment later
          where later.ref = a.ref and later.number > a.number
            and (later.kind, later.day, later.unit) is distinct from (a.kind, a.day, a.unit)) as to_leaf
        from appointments.appointment a
        where a.kind = 'booked' and a.office = nullif(current_setting('mirat.office', true), '')::int
    )
    select own.subject, own.day, own.unit, own.told_at, own.from_leaf, own.to_leaf from own
    union all
    select other.subject, own.day, own.unit, own.told_at, own.from_leaf, own.to_leaf
      from own
      join identity.account_subject mine on mine.subject = own.subject
      join identity.account_subject other
        on other.account = mine.account and other.subject <> own.subject;
  comment on view reporting.appointment is 'Appointments at the office in the setting mirat.office, as each stood in the log, for the login of the rules of oversight alone';
  comment on column reporting.appointment.subject is 'Keyed hash of one of the numbers of the person';
  comment on column reporting.appointment.day is 'Day of the appointment in Germany';
  comment on column reporting.appointment.unit is 'Kind of unit at which it is; absent where none was named';
  comment on column reporting.appointment.told_at is 'When the office told of it';
  comment on column reporting.appointment.from_leaf is 'Leaf index of the entry that says so';
  comment on column reporting.appointment.to_leaf is 'Leaf index of the first entry that says otherwise; absent while it stands';
`
