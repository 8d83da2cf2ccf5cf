import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { seedDemonstration } from '../../server/compose/demo.js'
import { loadPages } from '../../server/compose/serve.js'
import { openInstallation } from '../../server/compose/installation.js'
import { loadConfig } from '../../server/config.js'
import { startEmbedded } from '../../server/platform/db/embedded.js'
import { travellingClock } from '../../server/platform/kernel/clock.js'
import { createLog } from '../../server/platform/log.js'
import { inFreshFolder } from '../bench/place.js'
import type { Audit } from './audit.js'

const DAY_MS = 86_400_000
/** Seven hours and a bit: each day begins at another time, those around midnight among them. */
const HOURS_MS = 7.3 * 3_600_000
/** How far apart the days are: every weekday comes up, and a year is passed in four weeks of them. */
const STRIDE = 13

/**
 * The demonstration is told in days before today, and offices rest on weekends: a day comes on which two
 * things change places. It must start on every one of them.
 */
export const days: Audit = {
  name: 'days',
  count: 28,
  run: (count) =>
    inFreshFolder(async (folder) => {
      const server = await startEmbedded({ dataDir: join(folder, 'server') })
      const failed: Record<string, string> = {}
      try {
        for (let number = 0; number < count; number++) {
          const now = new Date(Date.now() + number * (STRIDE * DAY_MS + HOURS_MS))
          const problem = await seedOn(now, { server: server.url, folder, number })
          if (problem !== undefined) failed[now.toISOString()] = problem
          process.stderr.write(`days: ${now.toISOString()} ${problem ?? 'can be told'}\n`)
        }
      } finally {
        await server.stop()
      }
      return { isSound: Object.keys(failed).length === 0, figures: { days: count, failed } }
    }),
}

async function seedOn(
  now: Date,
  { server, folder, number }: { server: string; folder: string; number: number },
): Promise<string | undefined> {
  const name = `mirat_day_${number}`
  await run(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const dataDir = join(folder, name)
  mkdirSync(dataDir)
  const env = { DATABASE_URL: url.href, DATA_DIR: dataDir, DEMO: 'true', PORT: '0' }
  const installation = await openInstallation(loadConfig({ ...env, DB_ROLE_PREFIX: name }), {
    clock: travellingClock(now),
    log: createLog('silent'),
    progress: () => undefined,
  })
  try {
    await seedDemonstration(installation, loadPages(false), () => undefined)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await installation.close()
    await run(server, `drop database ${name} with (force)`)
  }
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
