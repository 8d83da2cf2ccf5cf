import { seedDemonstration } from '../../server/compose/demo.js'
import type { Pages } from '../../server/compose.js'
import { travellingClock } from '../../server/platform/kernel/clock.js'
import { freshDatabase, type FreshDatabase } from './database.js'
import { alone } from './run.js'
import { DEMO_TEMPLATE, openTestInstallation } from './template.js'

/** A database with the demonstration in it; the first file of a run that asks for one seeds it for all. */
export async function demoDatabase(pages: Pages): Promise<FreshDatabase> {
  await alone('demonstration', async (server) => {
    const found = await server.query('select from pg_database where datname = $1', [DEMO_TEMPLATE])
    if (found.rowCount !== 0) return
    const database = await seeded(pages)
    // Renamed last: a seeding that failed leaves no half-made template.
    await server.query(`alter database ${database.name} rename to ${DEMO_TEMPLATE}`)
  })
  return freshDatabase(DEMO_TEMPLATE)
}

async function seeded(pages: Pages): Promise<FreshDatabase> {
  const database = await freshDatabase()
  const clock = travellingClock(new Date())
  const installation = await openTestInstallation(database.url, { clock })
  try {
    await seedDemonstration(installation, pages, () => undefined)
  } finally {
    await installation.close()
  }
  return database
}
