import { Kysely, Migrator, PostgresDialect, type Migration } from 'kysely'
import pg from 'pg'
import { StartError } from '../kernel/errors.js'
import { LOGINS, type Login, type Roles } from './roles.js'

/** A migration as a function of the role names. */
export type RoledMigration = (roles: Roles) => Migration

/** Brings the schema up to date as the administrator, in one transaction; returns the names that ran. */
export async function migrate(options: {
  adminUrl: string
  migrations: Readonly<Record<string, RoledMigration>>
  roles: Roles
}): Promise<string[]> {
  const pool = new pg.Pool({ connectionString: options.adminUrl, max: 2 })
  pool.on('error', () => undefined)
  // A connection that dies in the middle must fail the migration, not the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const list = Object.entries(options.migrations).map(([name, make]) => [name, make(options.roles)])
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(Object.fromEntries(list) as never) },
    migrationTableSchema: 'public',
    migrationTableName: 'mirat_migration',
    migrationLockTableName: 'mirat_migration_lock',
  })
  try {
    const { error, results } = await migrator.migrateToLatest()
    if (error) throw migrationFault(error)
    return (results ?? []).map(({ migrationName }) => migrationName)
  } finally {
    await db.destroy()
  }
}

function migrationFault(error: unknown): Error {
  const reason = error instanceof Error ? error.message : JSON.stringify(error)
  if (/corrupted migrations/.test(reason)) {
    return new StartError(
      'The database was migrated by another version of Mirat: start that version, or restore a backup.',
      error,
    )
  }
  return new StartError(
    `The database could not be migrated, and was left as it was: ${reason}`,
    error,
  )
}

/**
 * Gives each login its password where it has another one; several installations may start at once on
 * one server, and changing a role that is right already would only make them collide.
 */
export async function setPasswords(
  adminUrl: string,
  roles: Roles,
  passwords: Readonly<Record<Login, string>>,
): Promise<void> {
  const admin = new pg.Client(adminUrl)
  await admin.connect()
  try {
    for (const login of LOGINS) {
      if (await mayEnter(loginUrl(adminUrl, roles[login], passwords[login]))) continue
      const password = admin.escapeLiteral(passwords[login])
      await admin.query(`alter role ${roles[login]} password ${password}`)
    }
  } finally {
    await admin.end()
  }
}

/** The address of a database for one login. */
export function loginUrl(adminUrl: string, user: string, password: string): string {
  const url = new URL(adminUrl)
  url.username = user
  url.password = password
  return url.href
}

async function mayEnter(url: string): Promise<boolean> {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
