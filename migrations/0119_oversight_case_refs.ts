import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** A file number in an answer can be as long, and made of the same characters, as a stream of the office may allow. */
export const oversightCaseRefs: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(CASE_REF).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const CASE_REF = `
  alter table oversight.question
    drop constraint case_reference_is_plain,
    add constraint case_reference_is_plain check (case_ref ~ '^[A-Za-z0-9 ./_:-]{1,64}$');
`
