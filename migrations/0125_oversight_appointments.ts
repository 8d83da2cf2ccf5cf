import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** How many accesses an appointment explains is counted beside what else does. */
export const oversightAppointments: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql
      .raw(
        `
      alter table oversight.tally add column appointment int not null default 0;
      comment on column oversight.tally.appointment is 'Explained by an appointment that the office had told of before';`,
      )
      .execute(db)
    await sql.raw('reset role').execute(db)
  },
})
