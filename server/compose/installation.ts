import { join } from 'node:path'
import { migrations } from '../../migrations/index.js'
import {
  loadCatalogue,
  sealedTwin,
  type Catalogue,
  type CatalogueSource,
} from '../catalogue/index.js'
import type { Config } from '../config.js'
import type { Database, Db } from '../database.js'
import {
  checkFingerprints,
  compareOutside,
  keepClasses,
  keepPartitions,
  outsideFile,
  signerFromSeed,
  type ClassRow,
  type OutsideCheckpoint,
  type OutsideVerdict,
} from '../ledger/index.js'
import { closePools, openOwner, openPools, type Pools } from '../platform/db/connect.js'
import { CONSENT_CLASS, REFUSAL_CLASS } from '../consent/index.js'
import { APPOINTMENT_CLASS } from '../appointments/index.js'
import { EMERGENCY_CLASS, SEALED_EMERGENCY_CLASS } from '../emergencies/index.js'
import { BLOCK_CLASS } from '../blocks/index.js'
import { INQUIRY_CLASS } from '../inquiries/index.js'
import { REQUEST_CLASS } from '../rectification/index.js'
import { createInspection, type Inspect } from '../platform/files/inspection.js'
import { openDatabase } from '../platform/db/open.js'
import { rolesOf, type Roles } from '../platform/db/roles.js'
import { LANGUAGES, PAPER_LANGUAGES } from '../platform/http/languages.js'
import { prepareJobs } from '../platform/jobs.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Standard } from '../platform/kernel/letter.js'
import { systemRandom, type Random } from '../platform/kernel/random.js'
import type { Log } from '../platform/log.js'
import { ROOT } from '../platform/root.js'
import { loadSecrets, type Secrets } from '../platform/secrets.js'

/** Everything under the rooms: keys, database, catalogue; opened once per process. */
export interface Installation {
  readonly config: Config
  readonly secrets: Secrets
  readonly roles: Roles
  readonly pools: Pools
  /** The owner's connection: start, commands and audit; no request ever reaches it. */
  readonly admin: Db
  /** The administrator's address, for programs beside the portal that get a database of their own. */
  readonly adminUrl: string
  readonly mayCopy: boolean
  readonly catalogue: Catalogue
  readonly outside: OutsideCheckpoint
  readonly verdict: OutsideVerdict
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Looks at files that people send, in threads of this process. */
  readonly inspect: Inspect
  /** What papers claim to be. */
  readonly standard: Standard
  close(): Promise<void>
}

/** Where the reference data and their translations lie. */
export const SOURCE: CatalogueSource = {
  dataDir: join(ROOT, 'server/catalogue/data'),
  localesDir: join(ROOT, 'locales'),
  languages: LANGUAGES.map(({ tag }) => tag),
  paperLanguages: PAPER_LANGUAGES.map(({ tag }) => tag),
}

/** Opens an installation step by step; every step that fails says why in one sentence and undoes itself. */
export async function openInstallation(
  config: Config,
  parts: { clock: Clock; log: Log; progress: (line: string) => void; besideRunning?: boolean },
): Promise<Installation> {
  const { clock, log, progress } = parts
  const random = systemRandom()
  const secrets = loadSecrets({
    path: config.secretsFile ?? join(config.dataDir, 'secrets.json'),
    random,
    ...(config.logOrigin === undefined ? {} : { logOrigin: config.logOrigin }),
  })
  const roles = rolesOf(config.rolePrefix)
  const database = await openDatabase({
    dataDir: config.dataDir,
    roles,
    migrations,
    progress,
    passwordKey: secrets.passwordKey,
    admit: (adminUrl) => checkKeys(adminUrl, { secrets, roles }),
    besideRunning: parts.besideRunning === true,
    ...(config.databaseUrl === undefined ? {} : { databaseUrl: config.databaseUrl }),
  })
  const pools = openPools(database.loginUrls)
  const admin = openOwner<Database>(database.adminUrl, roles)
  const inspection = createInspection()
  const close = async () => {
    await inspection.stop()
    await closePools(pools)
    await admin.destroy()
    await database.stop()
  }
  try {
    progress('Loading the catalogue')
    const catalogue = await loadCatalogue({ db: admin, roles, clock, source: SOURCE })
    await keepClasses(admin, [...classRows(catalogue, config.defaultPeriod), ...OWN_CLASSES])
    await prepareJobs(database.adminUrl, roles)
    progress('Making partitions')
    await keepPartitions(admin, clock.now().toISOString().slice(0, 10))
    progress('Checking the log')
    const outside = outsideFile(join(config.dataDir, 'checkpoint'))
    const verdict = await checkLog(admin, secrets, outside)
    return {
      ...{ config, secrets, roles, pools, admin },
      adminUrl: database.adminUrl,
      mayCopy: database.mayCopy,
      catalogue,
      outside,
      verdict,
      clock,
      random,
      log,
      inspect: inspection.inspect,
      standard: 'PDF/A-2a',
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Classes of rooms that keep entries of their own. */
const OWN_CLASSES = [
  ...[REQUEST_CLASS, INQUIRY_CLASS, CONSENT_CLASS, REFUSAL_CLASS, BLOCK_CLASS],
  ...[APPOINTMENT_CLASS, EMERGENCY_CLASS, SEALED_EMERGENCY_CLASS],
]

/** Every class and its sealed twin, each with the one table that owns it. */
function classRows(catalogue: Catalogue, defaultPeriod: string): ClassRow[] {
  return catalogue.classes.flatMap((kind) => {
    const { code, period, citation, width } = kind
    const shared = { retention: period ?? defaultPeriod, citation, width }
    const open = { class: kind.number, code, ownerTable: 'overview.access_event', sealed: false }
    const sealed = {
      class: sealedTwin(kind),
      code: `${code}_sealed`,
      ownerTable: 'overview.sealed_event',
    }
    return [
      { ...open, ...shared },
      { ...sealed, sealed: true, ...shared },
    ]
  })
}

async function checkLog(
  admin: Db,
  secrets: Secrets,
  outside: OutsideCheckpoint,
): Promise<OutsideVerdict> {
  const { vkey } = signerFromSeed(secrets.logOrigin, secrets.logKey)
  const note = outside.read()
  if (note === undefined) return { state: 'agrees' }
  return compareOutside(admin, { note, origin: secrets.logOrigin, vkey })
}

/** Before anything of the database is changed: it may belong to another installation. */
async function checkKeys(
  adminUrl: string,
  { secrets, roles }: { secrets: Secrets; roles: Roles },
): Promise<void> {
  const admin = openOwner<Database>(adminUrl, roles)
  try {
    await checkFingerprints(admin, {
      'subject key': secrets.subjectKey,
      'log key': secrets.logKey,
      origin: secrets.logOrigin,
    })
  } finally {
    await admin.destroy()
  }
}
