import { existsSync, mkdirSync, rmSync } from 'node:fs'
import pg from 'pg'
import { freshFolder } from './cluster.js'

/** What the workers of a run are told by its global setup. */
const NAMES = { server: 'MIRAT_TEST_URL', folder: 'MIRAT_TEST_FOLDER' } as const

/** Makes the folder of a run and tells the workers of it; returns what removes it again. */
export function beginRun(serverUrl: string): () => void {
  const folder = freshFolder()
  mkdirSync(folder, { mode: 0o711 })
  process.env[NAMES.server] = serverUrl
  process.env[NAMES.folder] = folder
  const remove = () => {
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
  }
  process.once('exit', remove)
  return () => {
    remove()
    process.off('exit', remove)
  }
}

/** The superuser on the database `postgres` of the run's server. */
export function serverUrl(): string {
  return told('server')
}

/** A folder that is gone when the run is over. */
export function runFolder(): string {
  return told('folder')
}

function told(name: keyof typeof NAMES): string {
  const value = process.env[NAMES[name]]
  if (value === undefined) throw new Error(`${NAMES[name]} is set by the global setup of jest`)
  return value
}

const KEYS = { demonstration: 1, browser: 2 } as const

/**
 * Lets one worker at a time in, by an advisory lock on the run's server: what a whole run needs once is
 * made by the first file that asks for it, and a run that does not need it does not wait for it.
 */
export async function alone<Value>(
  what: keyof typeof KEYS,
  work: (server: pg.Client) => Promise<Value>,
): Promise<Value> {
  const server = new pg.Client({ connectionString: serverUrl() })
  server.on('error', () => undefined)
  await server.connect()
  try {
    await server.query('select pg_advisory_lock(7274, $1)', [KEYS[what]])
    return await work(server)
  } finally {
    await server.end()
  }
}
