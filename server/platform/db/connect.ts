import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { LOGINS, type Login, type Roles } from './roles.js'

/** Where one login reaches the database. */
export type LoginUrls = Readonly<Record<Login, string>>

/** One bounded pool per login. */
export type Pools = Readonly<Record<Login, pg.Pool>>

const INT8 = 20
const DATE = 1082

// Decided once: 64-bit numbers are log indices and counts, exact as numbers up to 2^53, and a date
// stays text because a calendar day has no time zone.
pg.types.setTypeParser(INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a 64-bit number exceeds 2^53')
  return value
})
pg.types.setTypeParser(DATE, (text) => text)

/** Longest wait for a free connection, then 503 (milliseconds). */
const CONNECT_MS = 2_000
/** The server ends a statement after this; the client gives up a little later, for a silent server. */
const STATEMENT_MS = 10_000
const QUERY_MS = 12_000
/** One job and a trial or two read with the login of the rules: a server has few connections for all processes. */
const FEWER: Partial<Record<Login, number>> = { watch: 3 }

/** Opens the pools; a connection that dies while it is checked out must not end the process. */
export function openPools(urls: LoginUrls, size = 8): Pools {
  const pairs = LOGINS.map((login) => {
    // Pages ask the same of everybody: a plan for one person is as good for the next.
    const options = login === 'web' ? { options: '-c plan_cache_mode=force_generic_plan' } : {}
    return [login, openPool(urls[login], Math.min(size, FEWER[login] ?? size), options)] as const
  })
  return Object.fromEntries(pairs) as Record<Login, pg.Pool>
}

/** Opens one pool with the time limits that every pool has. */
export function openPool(
  connectionString: string,
  max: number,
  settings: { options?: string } = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: QUERY_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    keepAlive: true,
    application_name: 'mirat',
    ...settings,
  })
  const ignore = () => undefined
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  return pool
}

/** Closes every pool, waiting for what is checked out. */
export async function closePools(pools: Pools): Promise<void> {
  await Promise.all(LOGINS.map((login) => pools[login].end()))
}

/**
 * Opens the owner's connection, for start, commands and audit: works as the owner, so that an
 * administrator who is no superuser has the same rights.
 */
export function openOwner<Tables>(adminUrl: string, { owner }: Roles): Kysely<Tables> {
  const url = new URL(adminUrl)
  url.searchParams.set('options', `-c role=${owner}`)
  const pool = new pg.Pool({ connectionString: url.href, max: 3 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
