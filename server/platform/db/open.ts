import { createHmac } from 'node:crypto'
import pg from 'pg'
import { StartError } from '../kernel/errors.js'
import type { LoginUrls } from './connect.js'
import { runningEmbedded } from './embedded-running.js'
import { startEmbedded } from './embedded.js'
import { loginUrl, migrate, setPasswords, type RoledMigration } from './migrate.js'
import { LOGINS, type Login, type Roles } from './roles.js'

/** A database that is up, migrated, and reachable for every login. */
export interface OpenDatabase {
  readonly adminUrl: string
  readonly loginUrls: LoginUrls
  /** Whether deliveries may use COPY, which row-level security refuses to roles that it binds. */
  readonly mayCopy: boolean
  /** Stops the embedded server, where there is one. */
  stop(): Promise<void>
}

const DATABASE = 'mirat'
const OLDEST = 150_000

/** Starts the embedded server or takes the given one, migrates it, and gives each login its password. */
export async function openDatabase(options: {
  databaseUrl?: string
  dataDir: string
  roles: Roles
  /** From which the logins' passwords are derived, 32 bytes. */
  passwordKey: Buffer
  migrations: Readonly<Record<string, RoledMigration>>
  /** Throws where the migrated database is not this installation's: a stranger must not change its logins. */
  admit(adminUrl: string): Promise<void>
  /** Commands work beside a portal that runs the embedded server already; a portal never does. */
  besideRunning?: boolean
  progress: (line: string) => void
}): Promise<OpenDatabase> {
  const { roles, migrations, progress } = options
  const server = await serverFor(options)
  try {
    await checkVersion(server.adminUrl)
    progress('Bringing the database up to date')
    await migrate({ adminUrl: server.adminUrl, migrations, roles })
    await options.admit(server.adminUrl)
    const passwords = passwordsOf(options.passwordKey)
    await setPasswords(server.adminUrl, roles, passwords)
    const mayCopy = await bypassesRowSecurity(server.adminUrl, roles.ingest)
    const pairs = LOGINS.map(
      (login) => [login, loginUrl(server.adminUrl, roles[login], passwords[login])] as const,
    )
    return { ...server, mayCopy, loginUrls: Object.fromEntries(pairs) as Record<Login, string> }
  } catch (error) {
    await server.stop()
    throw error
  }
}

interface Server {
  readonly adminUrl: string
  stop(): Promise<void>
}

async function serverFor(options: {
  databaseUrl?: string
  dataDir: string
  besideRunning?: boolean
  progress: (line: string) => void
}): Promise<Server> {
  if (options.databaseUrl !== undefined) return given(options.databaseUrl)
  const running = options.besideRunning ? runningEmbedded(options.dataDir) : undefined
  return running === undefined ? embedded(options) : given(databaseOn(running))
}

function databaseOn(serverUrl: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${DATABASE}`
  return url.href
}

function given(adminUrl: string): Server {
  return { adminUrl, stop: () => Promise.resolve() }
}

async function embedded(options: {
  dataDir: string
  progress: (line: string) => void
}): Promise<Server> {
  const server = await startEmbedded({ ...options, revives: true })
  const admin = new pg.Client(server.url)
  await admin.connect()
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await admin.query(`create database ${DATABASE}`)
  } finally {
    await admin.end()
  }
  return { adminUrl: databaseOn(server.url), stop: () => server.stop() }
}

async function checkVersion(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 })
  admin.on('error', () => undefined)
  try {
    await admin.connect()
    const { rows } = await admin.query<{ server_version_num: string }>('show server_version_num')
    if (Number(rows[0]?.server_version_num) < OLDEST) {
      throw new StartError('The database is older than PostgreSQL 15: use a newer one.')
    }
  } catch (error) {
    if (error instanceof StartError) throw error
    const { host } = new URL(adminUrl)
    throw new StartError(`The database at ${host} cannot be reached: check DATABASE_URL.`, error)
  } finally {
    await admin.end().catch(() => undefined)
  }
}

/** COPY is refused under row-level security, so deliveries use it only where their role is exempt. */
async function bypassesRowSecurity(adminUrl: string, role: string): Promise<boolean> {
  const admin = new pg.Client(adminUrl)
  await admin.connect()
  try {
    const { rows } = await admin.query<{ rolbypassrls: boolean }>(
      'select rolbypassrls from pg_roles where rolname = $1',
      [role],
    )
    return rows[0]?.rolbypassrls === true
  } finally {
    await admin.end()
  }
}

/** Derived, not stored: every process with the same keys reaches the same logins. */
function passwordsOf(key: Buffer): Record<Login, string> {
  const pairs = LOGINS.map((login) => {
    const password = createHmac('sha256', key).update(`mirat/login/v1/${login}`).digest('base64url')
    return [login, password] as const
  })
  return Object.fromEntries(pairs) as Record<Login, string>
}
