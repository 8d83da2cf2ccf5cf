import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { accountFor } from './embedded-account.js'
import { findBinaries } from './embedded-binaries.js'
import { openCluster, STORE, type Installation } from './embedded-cluster.js'
import { prepareFolder } from './embedded-folder.js'
import { launch } from './embedded-process.js'

/** Where the embedded server keeps its data, and how it is run. */
export interface EmbeddedOptions {
  /** Made where it is missing; the server's own folder inside it is closed to everyone else. */
  readonly dataDir: string
  /** A folder with `bin/postgres` and `bin/initdb`; found by itself where it is not given. */
  readonly binaries?: string
  /** False for tests alone: data may then be lost when the machine (not the process) fails. */
  readonly durable?: boolean
  /** Whether a server that ends by itself is started again; tests that kill one see to that themselves. */
  readonly revives?: boolean
  /** Receives one line per step, for people who wait. */
  readonly progress?: (line: string) => void
}

/** A running PostgreSQL that listens on the loopback address alone and ends with this process. */
export interface EmbeddedServer {
  /** The superuser `postgres` on the database `postgres`, password included. */
  readonly url: string
  readonly port: number
  /** Such as `18.4`. */
  readonly version: string
  /** At the start: one that was started again has another. */
  readonly pid: number
  /** Ends open connections, writes everything down, and waits; a second call waits for the first. */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL for a machine that has none, making its data folder on the first start.
 * Every fault of the surroundings is a StartError of one sentence; existing data are never deleted.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { progress = () => undefined, durable = true, revives = false } = options
  const dataDir = resolve(options.dataDir)
  prepareFolder(dataDir)
  const account = accountFor(join(dataDir, STORE))
  const binaries = findBinaries(account, options.binaries)
  const installation: Installation = { dataDir, account, binaries, durable }
  const cluster = await openCluster(installation, progress)
  progress(`Starting PostgreSQL ${binaries.version} in ${dataDir}`)
  const postmaster = await launch({ installation, cluster, revives, nextPort: freePort })
  return {
    url: `postgres://postgres:${cluster.password}@127.0.0.1:${postmaster.port}/postgres`,
    version: binaries.version,
    ...postmaster,
  }
}

/** A port that was free a moment ago; whoever takes it in between is met with another try. */
function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => found(port))
    })
  })
}
