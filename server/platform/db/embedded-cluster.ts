import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../kernel/errors.js'
import { systemRandom } from '../kernel/random.js'
import { canReach, reasonIn, startProgram, type Account } from './embedded-account.js'
import type { Binaries } from './embedded-binaries.js'
import { folderFault, isRefusal, leftOvers, removeFolder, writeDown } from './embedded-folder.js'

/** One PostgreSQL for one data folder. */
export interface Installation {
  readonly dataDir: string
  readonly account: Account | undefined
  readonly binaries: Binaries
  readonly durable: boolean
}

/** The data on disk: their folder, its name as the account reaches it, the superuser's password. */
export interface Cluster {
  readonly folder: string
  readonly reachedAs: string
  readonly password: string
}

/** The server's own folder inside the data folder: `cluster` and `password`, which belong together. */
export const STORE = 'postgres'
const HALF_DONE = 'postgres.new-'
const PASSWORD_BYTES = 24

/** Opens the data that are there, or makes them; refuses what another major version has made. */
export async function openCluster(
  installation: Installation,
  progress: (line: string) => void,
): Promise<Cluster> {
  const { dataDir } = installation
  try {
    const store = join(dataDir, STORE)
    if (statSync(store, { throwIfNoEntry: false }) === undefined) {
      progress(`Making the database in ${dataDir} (first start)`)
      await makeStore(installation)
    }
    refuseStrangeData(installation)
    return {
      folder: join(store, 'cluster'),
      reachedAs: nameFor(installation, join(store, 'cluster')),
      password: readFileSync(join(store, 'password'), 'utf8').trim(),
    }
  } catch (error) {
    throw folderFault(dataDir, error)
  }
}

/**
 * Makes the store under a passing name and renames it when all of it is there, so that a start
 * that is killed half-way leaves nothing that could be taken for a database.
 */
async function makeStore(installation: Installation): Promise<void> {
  const { dataDir, account, durable } = installation
  leftOvers(dataDir, HALF_DONE).forEach(removeFolder)
  const fresh = mkdtempSync(join(dataDir, `${HALF_DONE}${process.pid}-`))
  try {
    const folder = join(fresh, 'cluster')
    const password = systemRandom().bytes(PASSWORD_BYTES).toString('base64url')
    mkdirSync(folder, { mode: 0o700 })
    writeFileSync(join(fresh, 'password'), `${password}\n`, { mode: 0o600, flush: durable })
    const made = [join(fresh, 'password'), folder, fresh]
    if (account !== undefined) made.forEach((path) => chownSync(path, account.uid, account.gid))
    await initialise(installation, folder)
    if (durable) writeDown(fresh)
    renameSync(fresh, join(dataDir, STORE))
    if (durable) writeDown(dataDir)
  } catch (error) {
    removeFolder(fresh)
    if (!isRefusal(error, 'ENOTEMPTY', 'EEXIST')) throw error // another start was quicker
  }
}

/** PostgreSQL's `initdb`, with the password from the file beside the cluster. */
async function initialise(installation: Installation, folder: string): Promise<void> {
  const { binaries, account, durable } = installation
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'C'
  const args = ['--username=postgres', '--pwfile=../password', '--auth=scram-sha-256']
  args.push('--encoding=UTF8', `--locale=${locale}`, '--data-checksums', '--no-instructions')
  if (!durable) args.push('--no-sync')
  const { child, ended } = startProgram({
    file: join(binaries.folder, 'bin', 'initdb'),
    args: [`--pgdata=${nameFor(installation, folder)}`, ...args],
    folder,
    account,
    farewell: 'KILL',
    ownGroup: false,
  })
  const said = await ended
  if (child.exitCode === 0) return
  throw new StartError(
    `The database could not be made in ${installation.dataDir}: ${reasonIn(said)}`,
  )
}

/**
 * The name by which PostgreSQL reaches a folder that it is started in. Where root's home is closed
 * to its account, the working directory is a way in that needs no further right; PostgreSQL 15
 * insists on walking there itself.
 */
function nameFor({ account, binaries, dataDir }: Installation, folder: string): string {
  if (account === undefined || canReach(account, dataDir)) return folder
  if (process.platform === 'linux' && binaries.major > 15) return '/proc/self/cwd'
  throw new StartError(
    `PostgreSQL ${binaries.version} runs as the user ${account.name}, who cannot enter ${dataDir}: choose a data folder outside closed homes.`,
  )
}

function refuseStrangeData({ dataDir, binaries }: Installation): void {
  const store = join(dataDir, STORE)
  const marker = join(store, 'cluster', 'PG_VERSION')
  const { uid } = statSync(store)
  const own = process.getuid?.() ?? uid
  if (own !== 0 && own !== uid) {
    throw new StartError(
      `The data in ${dataDir} belong to another user (number ${uid}): start as that user, or choose another data folder.`,
    )
  }
  if (statSync(marker, { throwIfNoEntry: false }) === undefined) {
    throw new StartError(`${store} holds no database: move it away, and a new one will be made.`)
  }
  const major = readFileSync(marker, 'utf8').trim()
  if (major === String(binaries.major)) return
  throw new StartError(
    `The data in ${dataDir} were made by PostgreSQL ${major} and cannot be opened by ${binaries.version}: move them over with pg_dumpall of version ${major}, or choose another data folder.`,
  )
}
