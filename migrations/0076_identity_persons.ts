import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/**
 * A person is known to offices under several numbers, so a case under one of them explains an access under another.
 * The owner of the reporting views joins them; no view shows an account.
 */
export const identityPersons: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql
      .raw(
        `
      grant usage on schema identity to ${roles.reporting_owner};
      grant select (account, subject) on identity.account_subject to ${roles.reporting_owner};
      create policy for_reports on identity.account_subject for select to ${roles.reporting_owner}
        using (true);`,
      )
      .execute(db)
    await sql.raw('reset role').execute(db)
  },
})
