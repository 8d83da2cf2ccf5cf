import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { openInstallation, type Installation } from '../../server/compose/installation.js'
import { loadConfig } from '../../server/config.js'
import type { Clock } from '../../server/platform/kernel/clock.js'
import { seededRandom } from '../../server/platform/kernel/random.js'
import { createLog, type Log } from '../../server/platform/log.js'
import { runFolder } from './run.js'

const KEYS = [
  'subjectKey',
  'logKey',
  'originKey',
  'operatorKey',
  'evidenceKey',
  'accountKey',
  'visitorKey',
  'passwordKey',
]

/** The keys of all test databases: the template was begun with them, so its clones are theirs. */
const secrets = (() => {
  const random = seededRandom('the keys of the tests')
  const keys = KEYS.map((name) => [name, random.bytes(32).toString('base64url')] as const)
  return { ...Object.fromEntries(keys), logOrigin: 'log.test/mirat' }
})()

/** Writes the keys of the test databases into a data folder. */
export function writeTestKeys(dataDir: string): void {
  writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600 })
}

/** Opens an installation over a database; closing it removes its folder as well. */
export async function openTestInstallation(
  databaseUrl: string,
  parts: { clock: Clock; log?: Log; env?: Readonly<Record<string, string>> },
): Promise<Installation> {
  const dataDir = mkdtempSync(join(runFolder(), 'data-'))
  writeTestKeys(dataDir)
  const config = loadConfig({
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    DB_ROLE_PREFIX: 'mirat_test',
    DEMO: 'true',
    PORT: '0',
    // A test files in a minute what a person files in years.
    FILINGS_A_DAY: '100000',
    ...parts.env,
  })
  const installation = await openInstallation(config, {
    clock: parts.clock,
    log: parts.log ?? createLog('silent'),
    progress: () => undefined,
  })
  return {
    ...installation,
    close: async () => {
      await installation.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The database with the demonstration in it; made when first asked for (`demo.ts`). */
export const DEMO_TEMPLATE = 'mirat_demo_template'

/** Makes the database that every test file clones: migrated, with catalogue and partitions of today. */
export async function prepareTemplate(url: string): Promise<void> {
  await makeEmpty(url, 'mirat_template')
  await forget(url, DEMO_TEMPLATE)
  const database = new URL(url)
  database.pathname = '/mirat_template'
  const installation = await openTestInstallation(database.href, {
    clock: { now: () => new Date() },
  })
  await installation.close()
}

async function makeEmpty(url: string, name: string): Promise<void> {
  await forget(url, name)
  await run(url, `create database ${name}`)
}

/** A server that outlives the run may hold what an older run has made. */
async function forget(url: string, name: string): Promise<void> {
  await run(url, `drop database if exists ${name} with (force)`)
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
