import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/**
 * Counting in windows keeps its parts in temporary tables. PostgreSQL gives that right to everybody, and the first
 * migration takes every right of everybody away: so the two roles that count have it by name.
 */
export const foundationTemporary: RoledMigration = ({ owner, worker }) => ({
  up: async (db: Kysely<unknown>) => {
    await sql
      .raw(
        `
      do $$ begin
        execute format('grant temporary on database %I to ${owner}, ${worker}', current_database());
      end $$`,
      )
      .execute(db)
  },
})
