import type { Pool, PoolClient } from 'pg'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * Longest wait for a connection where all of a pool are working (milliseconds). Opening a new one may take
 * longer (`connect.ts`): a database that is far away is no reason to refuse.
 */
const EXHAUSTED_MS = 100

const working = new WeakMap<Pool, { count: number }>()

/** Every connection of a pool is at work, and none came back in time: answered 503 with Retry-After. */
export class PoolExhausted extends Error {
  constructor() {
    super('timeout exceeded when trying to connect: every connection of the pool is at work')
    this.name = 'PoolExhausted'
  }
}

/** Takes a connection out of the pool; waits only briefly where all of them are at work. */
export async function checkOut(pool: Pool): Promise<PoolClient> {
  const out = countOf(pool)
  const asked = pool.connect()
  if (out.count < pool.options.max) return asked
  const late = new AbortController()
  try {
    const client = await Promise.race([
      asked,
      wait(EXHAUSTED_MS, undefined, { signal: late.signal }).catch(() => undefined),
    ])
    if (client !== undefined) return client
  } finally {
    late.abort()
  }
  // It stays in the pool's queue: what it is handed later goes straight back.
  asked.then(
    (client) => client.release(),
    () => undefined,
  )
  throw new PoolExhausted()
}

/** The pool's own total counts connections that are just being opened as well. */
function countOf(pool: Pool): { count: number } {
  const known = working.get(pool)
  if (known !== undefined) return known
  const out = { count: pool.totalCount - pool.idleCount }
  pool.on('acquire', () => (out.count += 1))
  pool.on('release', () => (out.count -= 1))
  working.set(pool, out)
  return out
}
