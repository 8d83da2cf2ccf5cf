import { Kysely, PostgresDialect, sql, type PostgresPool, type Transaction } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { once } from 'node:events'
import { checkOut } from './checkout.js'
import { DatabaseDown, isAway, isRetryable } from './faults.js'
import { preparedQuery } from './prepared.js'
import type { Login, RoleName, Roles } from './roles.js'

/** Whom the database sees: the pool, the role inside it, and the settings that policies read. */
export interface Scope {
  readonly login: Login
  readonly role: RoleName
  /** Names without the `mirat.` prefix; set for this transaction alone. */
  readonly settings?: Readonly<Record<string, string>>
  /** One snapshot for the whole transaction, and no writing by mistake. */
  readonly readOnly?: boolean
}

/** Runs work in one READ COMMITTED transaction as the given scope; a deadlock is tried at most three times. */
export type InTransaction<Tables> = <Value>(
  scope: Scope,
  work: (trx: Transaction<Tables>) => Promise<Value>,
) => Promise<Value>

const ATTEMPTS = 3
/**
 * The first round trip does no work: a database that does not answer it in this time (milliseconds) has
 * fallen silent, and nobody need wait for the limit of a statement that works.
 */
const HASTE = { query_timeout: 2_000 }
const clients = new WeakMap<object, PoolClient>()
const kyselys = new WeakMap<PoolClient, object>()

/** Makes `inTransaction` over one pool per login. */
export function createTransactions<Tables>(deps: {
  pools: Readonly<Record<Login, Pool>>
  roles: Roles
}): InTransaction<Tables> {
  return async (scope, work) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await runOnce(deps, scope, work)
      } catch (error) {
        if (isRetryable(error) && attempt < ATTEMPTS) continue
        throw isAway(error) ? new DatabaseDown(error) : error
      }
    }
  }
}

async function runOnce<Tables, Value>(
  deps: { pools: Readonly<Record<Login, Pool>>; roles: Roles },
  scope: Scope,
  work: (trx: Transaction<Tables>) => Promise<Value>,
): Promise<Value> {
  const client = await checkOut(deps.pools[scope.login])
  let broken: Error | undefined
  try {
    await client.query({ text: opening(scope, deps.roles), ...HASTE })
    const trx = overClient<Tables>(client)
    const value = await work(trx)
    await client.query('commit')
    return value
  } catch (error) {
    broken = await rollback(client, error)
    throw error
  } finally {
    client.release(broken)
  }
}

/** After a failed rollback the connection's state is unknown: it must not go back into the pool. */
async function rollback(client: PoolClient, cause: unknown): Promise<Error | undefined> {
  if (isAway(cause)) return cause as Error
  try {
    await client.query('rollback')
    return undefined
  } catch (error) {
    return error as Error
  }
}

/** One round trip: begin, role and settings; values are literals that were checked or escaped here. */
function opening(scope: Scope, roles: Roles): string {
  const settings = Object.entries(scope.settings ?? {}).map(
    ([name, value]) => `select set_config('mirat.${name}', ${literal(value)}, true)`,
  )
  return [
    scope.readOnly ? 'begin isolation level repeatable read read only' : 'begin',
    `set local role ${roles[scope.role]}`,
    ...settings,
  ].join(';')
}

function literal(value: string): string {
  if (value.includes('\0')) throw new Error('a setting holds NUL')
  return `'${value.replaceAll("'", "''")}'`
}

/** A Kysely over the one client that runs the transaction, because Kysely's own hides its client. */
function overClient<Tables>(client: PoolClient): Transaction<Tables> {
  const known = kyselys.get(client)
  if (known) return known as Transaction<Tables>
  const release = () => undefined
  const single = {
    connect: () => Promise.resolve({ query: preparedQuery(client), release }),
    end: () => Promise.resolve(),
  }
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: single as unknown as PostgresPool }),
  })
  kyselys.set(client, kysely)
  clients.set(kysely, client)
  return kysely as unknown as Transaction<Tables>
}

/** Streams text-format COPY data into a table of the transaction; COPY is refused under row-level security. */
export async function copyInto(trx: object, target: string, data: string): Promise<void> {
  const client = clients.get(trx)
  if (!client) throw new Error('COPY needs the transaction that inTransaction handed out')
  const stream = client.query(copyFrom(`copy ${target} from stdin`))
  stream.end(data)
  await once(stream, 'finish')
}

/** The settings again, for a second subject inside one transaction. */
export async function setLocal(
  trx: Transaction<never>,
  name: string,
  value: string,
): Promise<void> {
  await sql`select set_config(${`mirat.${name}`}, ${value}, true)`.execute(trx)
}
