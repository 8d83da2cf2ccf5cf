import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Looks at what is withheld are written by whom the list of staff knows as the officer of the office. */
export const overviewOfficers: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(looks(roles)).execute(db)
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
