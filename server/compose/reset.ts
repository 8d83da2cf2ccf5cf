import { rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../config.js'
import { runningEmbedded } from '../platform/db/embedded-running.js'
import { StartError } from '../platform/kernel/errors.js'

const SCHEMAS = ['reporting', 'identity', 'ingestion', 'overview', 'ledger', 'catalogue', 'graphile_worker']
const TABLES = ['mirat_migration', 'mirat_migration_lock']

/** Forgets everything but the keys, so that development can begin again; refused in production. */
export async function resetDatabase(config: Config): Promise<void> {
  if (config.production) throw new StartError('db:reset is refused in production.')
  if (config.databaseUrl === undefined) {
    if (runningEmbedded(config.dataDir) !== undefined) {
      throw new StartError('The portal is running: stop it first.')
    }
    rmSync(join(config.dataDir, 'postgres'), { recursive: true, force: true })
  } else {
    await dropAll(config.databaseUrl)
  }
  rmSync(join(config.dataDir, 'checkpoint'), { force: true })
}

async function dropAll(databaseUrl: string): Promise<void> {
  const admin = new pg.Client(databaseUrl)
  await admin.connect()
  try {
    for (const schema of SCHEMAS) await admin.query(`drop schema if exists ${schema} cascade`)
    for (const table of TABLES) await admin.query(`drop table if exists public.${table}`)
  } finally {
    await admin.end()
  }
}
