import { randomBytes } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startEmbedded, type EmbeddedServer } from '../../server/platform/db/embedded.js'

/** A PostgreSQL for one run of the tests. */
export interface Cluster {
  /** The superuser on the database `postgres`. */
  readonly url: string
  stop(): Promise<void>
}

const FOLDER = 'mirat-test-'
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Starts a fast throw-away server: version 18, or 15 with TEST_POSTGRES=15. TEST_DATABASE_URL (a
 * superuser of any server) is used as it is, and left running.
 */
export async function startCluster(): Promise<Cluster> {
  const { TEST_DATABASE_URL: given, TEST_POSTGRES: version = '18' } = process.env
  if (given !== undefined) return { url: given, stop: async () => undefined }
  if (version !== '15' && version !== '18') throw new Error('TEST_POSTGRES must be 15 or 18')
  removeLeftOvers()
  const dataDir = freshFolder()
  const chosen = version === '15' ? { binaries: binariesOf15() } : {}
  try {
    const server = await startEmbedded({ dataDir, durable: false, ...chosen })
    return { url: server.url, stop: endingWithProcess(server, dataDir) }
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true })
    throw error
  }
}

/** A folder name for one server, not made yet; it tells whose it is, should this process be killed. */
export function freshFolder(): string {
  return join(tmpdir(), `${FOLDER}${process.pid}-${randomBytes(6).toString('hex')}`)
}

/** Where the dev dependency `pg15` keeps `bin/postgres`. */
export function binariesOf15(): string {
  const entry = createRequire(import.meta.url).resolve('pg15')
  return join(dirname(entry), '..', 'native')
}

/**
 * Jest skips its teardown on Ctrl-C: whatever ends this process then ends the server at once, and
 * removes the folder while it still does.
 */
function endingWithProcess(server: EmbeddedServer, dataDir: string): () => Promise<void> {
  const atExit = () => {
    if (!isGone(server.pid)) process.kill(server.pid, 'SIGQUIT')
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 })
  }
  const onSignal = () => process.exit(1)
  process.once('exit', atExit)
  for (const signal of SIGNALS) process.once(signal, onSignal)
  return async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
    process.off('exit', atExit)
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
}

/** Runs that were killed cannot tidy up: PostgreSQL has ended with them, their folders have not. */
function removeLeftOvers(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(FOLDER))) {
    const pid = Number(name.slice(FOLDER.length).split('-')[0])
    if (isGone(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
