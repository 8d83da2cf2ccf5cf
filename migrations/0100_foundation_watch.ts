import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

const VIEWS = [
  'watched_access',
  'rectification_case',
  'inquiry_case',
  'consent_case',
  'block_case',
  'correction_told',
]

/**
 * A login of its own for the rules of oversight: what they read of all persons of an office was open to whoever had
 * the login of the pages and a setting. Databases of today get the role here, new ones with all others.
 */
export const foundationWatch: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    const run = (text: string) => sql.raw(text).execute(db)
    const { watch, reporting, reporting_owner: owner } = roles
    await run(`
      do $$ begin
        if not exists (select from pg_roles where rolname = '${watch}') then
          create role ${watch} login noinherit;
        end if;
      end $$`)
    await run(`
      do $$ begin
        execute format('grant connect on database %I to ${watch}', current_database());
      end $$`)
    await run(`set local role ${owner}`)
    const views = VIEWS.map((view) => `reporting.${view}`).join(', ')
    await run(`grant usage on schema reporting to ${watch}`)
    await run(`revoke all on ${views} from ${reporting}`)
    await run(`grant select on ${views} to ${watch}`)
    await run('reset role')
  },
})
