import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import { LOGINS, ROLES } from '../server/platform/db/roles.js'

const SCHEMAS = ['catalogue', 'ledger', 'overview', 'ingestion', 'identity'] as const

/** Roles, logins and schemas. Roles belong to the whole server, so each is made only where it is missing. */
export const foundationRoles: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    const run = (text: string) => sql.raw(text).execute(db)
    for (const name of ROLES) {
      const login = (LOGINS as readonly string[]).includes(name) ? 'login noinherit' : 'nologin'
      await run(`
        do $$ begin
          if not exists (select from pg_roles where rolname = '${roles[name]}') then
            create role ${roles[name]} ${login};
          end if;
        end $$`)
    }
    // COPY is refused under row-level security. Where the administrator may not grant this, the
    // program sees it and writes with unnest instead.
    await run(`
      do $$ begin
        alter role ${roles.ingest} bypassrls;
      exception when insufficient_privilege then
        raise notice 'bypassrls was not granted';
      end $$`)
    await run(
      `grant ${roles.web_public}, ${roles.web_resident}, ${roles.web_staff} to ${roles.web}`,
    )
    await run(`grant ${roles.owner}, ${roles.reporting_owner} to current_user`)
    await run(`
      do $$ begin
        execute format('revoke all on database %I from public', current_database());
        execute format('grant connect on database %I to ${LOGINS.map((name) => roles[name]).join(', ')}',
          current_database());
      end $$`)
    await run('revoke all on schema public from public')
    for (const schema of SCHEMAS) {
      await run(`create schema ${schema} authorization ${roles.owner}`)
    }
    await run(`create schema reporting authorization ${roles.reporting_owner}`)
    await run(
      `comment on schema catalogue is 'Codes of authorities, fields, purposes, legal bases, flows and rules'`,
    )
    await run(
      `comment on schema ledger is 'The Merkle tree, its checkpoints, and the tables of chains and epochs'`,
    )
    await run(`comment on schema overview is 'The access log and what is derived from it'`)
    await run(
      `comment on schema ingestion is 'Streams, keys and signed batches of the authorities'`,
    )
    await run(`comment on schema identity is 'Accounts, staff and sessions'`)
    await run(`comment on schema reporting is 'Views for oversight; no table of its own'`)
  },
})
