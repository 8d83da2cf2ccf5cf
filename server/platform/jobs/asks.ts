import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'

/** Names of turns that transactions ask for, heard on a connection of its own. */
export interface Asks {
  /** Settles when the connection is lost. */
  readonly broken: Promise<unknown>
  hear(listener: (name: string) => void): void
  end(): void
}

/** Hears what is asked for once it is committed; rejects where the database does not answer. */
export async function listen(pool: Pool): Promise<Asks> {
  const client = await pool.connect()
  const broken = new Promise<unknown>((resolve) => {
    client.once('error', resolve)
    client.once('end', resolve)
  })
  try {
    await client.query('listen mirat_asked')
  } catch (error) {
    client.release(true)
    throw error
  }
  return {
    broken,
    hear: (listener) => void client.on('notification', ({ payload }) => listener(payload ?? '')),
    end: () => client.release(true),
  }
}

/** For so long asks for the same turn are one (milliseconds). */
const PAUSE_MS = 100

/**
 * Adds a turn at its first ask, and once more for all that come within a pause: every login of the database can ask,
 * and one that does so without an end would take all connections of the worker, and with them every other job.
 */
export function gathered(add: (name: string) => Promise<unknown>): (name: string) => void {
  const isAskedAgain = new Map<string, boolean>()
  const hear = (name: string) => {
    if (isAskedAgain.has(name)) {
      isAskedAgain.set(name, true)
      return
    }
    isAskedAgain.set(name, false)
    void addAndPause(name).then(() => {
      const isAsked = isAskedAgain.get(name)
      isAskedAgain.delete(name)
      if (isAsked === true) hear(name)
    })
  }
  const addAndPause = async (name: string) => {
    // What could not be added comes at its time.
    await add(name).catch(() => undefined)
    await sleep(PAUSE_MS, undefined, { ref: false })
  }
  return hear
}
