import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/**
 * What became of an appointment since: one that was called off after a look still explains it, and whoever oversees the
 * office has to read that it was.
 */
export const appointmentsEnded: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(VIEW + rights(roles)).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const later = (what: string, which: string) => `(select ${what} from appointments.appointment later
          where later.ref = a.ref and later.number > a.number and ${which})`

/** Under every number of the person, as before; that it was called off outweighs that it was moved. */
const VIEW = `
  create or replace view reporting.appointment with (security_barrier) as
    with own as not materialized (
      select a.subject, a.day, a.unit, a.recorded_at as told_at, a.leaf_index as from_leaf,
        ${later('min(later.leaf_index)', '(later.kind, later.day, later.unit) is distinct from (a.kind, a.day, a.unit)')} as to_leaf,
        ${later('min(later.recorded_at)', `later.kind = 'cancelled'`)} as cancelled_at,
        ${later('min(later.recorded_at)', `later.kind = 'booked' and (later.day, later.unit) is distinct from (a.day, a.unit)`)} as moved_at
        from appointments.appointment a
        where a.kind = 'booked' and a.office = nullif(current_setting('mirat.office', true), '')::int
    )
    select own.subject, own.day, own.unit, own.told_at, own.from_leaf, own.to_leaf, own.cancelled_at, own.moved_at
      from own
    union all
    select other.subject, own.day, own.unit, own.told_at, own.from_leaf, own.to_leaf, own.cancelled_at, own.moved_at
      from own
      join identity.account_subject mine on mine.subject = own.subject
      join identity.account_subject other
        on other.account = mine.account and other.subject <> own.subject;
  comment on column reporting.appointment.cancelled_at is 'When the office first told that it is called off; absent where it did not';
  comment on column reporting.appointment.moved_at is 'When the office first told of another day or unit; absent where it did not';
`

const rights = ({ watch }: Roles) => `grant select on reporting.appointment to ${watch};`
