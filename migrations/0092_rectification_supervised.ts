import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Decisions without a second person are read by whom the list of staff knows as a supervisor; a setting was no control. */
export const rectificationSupervised: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(UNCONFIRMED).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const UNCONFIRMED = `
  create or replace view reporting.unconfirmed_decision with (security_barrier) as
    select r.reference, r.office, r.field, r.outcome, r.decided_at, r.effective_at,
      (select max(e.recorded_at) from rectification.request_event e
        where e.request = r.request and e.kind = 'proposed') as proposed_at
    from rectification.request r
    where (select identity.is_supervisor()) and r.proposed_by is not null
      and r.second_office is null and r.outcome is not null
      and r.state in ('proposed', 'decided', 'closed');
  comment on view reporting.unconfirmed_decision is 'Decisions that took effect without a second person, or will: for supervisors, whom mirat.staff names';
`
