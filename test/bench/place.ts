import { createBlockRule } from '../../server/blocks/index.js'
import { rmSync } from 'node:fs'
import pg from 'pg'
import { openInstallation, type Installation } from '../../server/compose/installation.js'
import { loadConfig } from '../../server/config.js'
import type { Database } from '../../server/database.js'
import {
  createLedger,
  createOrigins,
  signerFromSeed,
  type Ledger,
} from '../../server/ledger/index.js'
import { createRecorder, type AccessRecorder } from '../../server/overview/index.js'
import { runningEmbedded } from '../../server/platform/db/embedded-running.js'
import { createTransactions, type InTransaction } from '../../server/platform/db/transaction.js'
import { systemClock } from '../../server/platform/kernel/clock.js'
import { createLog } from '../../server/platform/log.js'
import { freshFolder } from '../support/cluster.js'

/** A log of its own over a server that writes everything down (fsync on), as an operator would run it. */
export interface Place {
  readonly dataDir: string
  readonly installation: Installation
  readonly inTransaction: InTransaction<Database>
  readonly recorder: AccessRecorder
  /** The superuser on the database: for tables to compare with, and for questions. */
  readonly adminUrl: string
  close(): Promise<void>
}

export const INGEST = { login: 'ingest', role: 'ingest' } as const

/** Opens a throw-away place, hands it over, and removes it whatever happens. */
export async function inFreshPlace<Value>(work: (place: Place) => Promise<Value>): Promise<Value> {
  return inFreshFolder(async (dataDir) => {
    const place = await openPlace(dataDir, false)
    try {
      return await work(place)
    } finally {
      await place.close()
    }
  })
}

/** Opens the place that another process keeps: a further process of the same portal, as it were. */
export function joinPlace(dataDir: string): Promise<Place> {
  return openPlace(dataDir, true)
}

/** A folder that is gone afterwards, whatever ends this process short of a kill. */
export async function inFreshFolder<Value>(
  work: (dataDir: string) => Promise<Value>,
): Promise<Value> {
  const dataDir = freshFolder()
  const remove = () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 })
  const onSignal = () => process.exit(1)
  process.once('exit', remove)
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  try {
    return await work(dataDir)
  } finally {
    remove()
    process.off('exit', remove)
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}

async function openPlace(dataDir: string, besideRunning: boolean): Promise<Place> {
  const installation = await openInstallation(loadConfig({ DATA_DIR: dataDir, PORT: '0' }), {
    clock: systemClock,
    log: createLog('silent'),
    progress: () => undefined,
    besideRunning,
  })
  const inTransaction = createTransactions<Database>(installation)
  return {
    dataDir,
    installation,
    inTransaction,
    recorder: recorderOf(installation, inTransaction),
    adminUrl: adminUrlOf(dataDir),
    close: () => installation.close(),
  }
}

/** The ledger as `compose/rooms.ts` makes it. */
export function ledgerOf(
  installation: Installation,
  inTransaction: InTransaction<Database>,
): Ledger {
  const { clock, config, random, secrets } = installation
  return createLedger({
    inTransaction,
    signer: signerFromSeed(secrets.logOrigin, secrets.logKey),
    clock,
    random,
    tickMs: config.tickMs,
    keepOutside: (note) => installation.outside.keep(note),
    maySign: () => true,
  })
}

/** The recorder as `compose/rooms.ts` makes it for deliveries. */
function recorderOf(
  installation: Installation,
  inTransaction: InTransaction<Database>,
): AccessRecorder {
  const { catalogue, clock, config, mayCopy, random, secrets } = installation
  const parts = {
    catalogue,
    ledger: ledgerOf(installation, inTransaction),
    clock,
    random,
    origins: createOrigins(secrets.originKey),
    operatorKey: secrets.operatorKey,
    defaultPeriod: config.defaultPeriod,
    furtherRules: [createBlockRule({ inTransaction })],
    lookAgain: () => Promise.resolve(),
  }
  return createRecorder(parts, mayCopy ? 'copy' : 'insert')
}

function adminUrlOf(dataDir: string): string {
  const server = runningEmbedded(dataDir)
  if (server === undefined) throw new Error(`no server runs in ${dataDir}`)
  const url = new URL(server)
  url.pathname = '/mirat'
  return url.href
}

/** What a reader must know of the server: its version, and that it writes down what it acknowledges. */
export async function serverSettings({ adminUrl }: Place): Promise<Record<string, string>> {
  const [settings] = await ask<Record<string, string>>(
    adminUrl,
    `select current_setting('server_version') as postgres, current_setting('fsync') as fsync,
      current_setting('synchronous_commit') as "synchronousCommit"`,
  )
  return settings ?? {}
}

/** What the superuser is answered. */
export async function ask<Row>(adminUrl: string, question: string): Promise<Row[]> {
  const admin = new pg.Client(adminUrl)
  await admin.connect()
  try {
    return (await admin.query(question)).rows as Row[]
  } finally {
    await admin.end()
  }
}
