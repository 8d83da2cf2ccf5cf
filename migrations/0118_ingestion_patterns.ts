import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** How file numbers of an office look: an answer about one of its files is held to the same pattern as its deliveries. */
export const ingestionPatterns: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql
      .raw(`grant select (case_ref_pattern) on ingestion.stream to ${roles.reporting_owner}`)
      .execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(DELIVERING).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const DELIVERING = `
  create or replace view reporting.delivering with (security_barrier) as
    select s.name, s.registered_at, s.last_received_at, s.last_seq, s.case_ref_pattern
    from ingestion.stream s where s.authority = nullif(current_setting('mirat.office', true), '')::int;
  comment on column reporting.delivering.case_ref_pattern is 'What its file numbers match; absent for the pattern of all';
`
