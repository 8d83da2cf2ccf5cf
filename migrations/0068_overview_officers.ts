import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** What is withheld is seen, and looks at it are written, by whom the list of staff knows as the officer of the office. */
export const overviewOfficers: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(looks(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(SEALED).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

/** Asked once for a statement, not for each row. */
const IS_OFFICER = `(select identity.is_officer())`

const looks = ({ web_staff: staff }: Roles) => `
  drop policy record_of_a_look on overview.sealed_event;
  create policy record_of_a_look on overview.sealed_event for insert to ${staff}
    with check (stream is null and recipient = nullif(current_setting('mirat.office', true), '')::int
      and ${IS_OFFICER});
`

const OFFICE = `nullif(current_setting('mirat.office', true), '')::int in (event.source, event.recipient)`

const SEALED = `
  create or replace view reporting.sealed_access with (security_barrier) as
    select event.leaf_index, event.expires_on, event.recorded_at, event.occurred_at, event.subject,
      event.operation, event.channel, event.source, event.recipient, event.unit, event.purpose,
      event.legal_basis, event.fields, event.case_ref,
      (select min(flag.flagged_at) from overview.sealed_flag flag
        where flag.leaf_index = event.leaf_index) as flagged_at,
      event.release_due
    from overview.sealed_event event
    where ${IS_OFFICER} and ${OFFICE};
  comment on view reporting.sealed_access is 'Accesses of the office in the setting mirat.office of which their person must not know (yet): for its data protection officer in the setting mirat.staff';
`
