import { join } from 'node:path'
import pg from 'pg'
import { compose } from '../../../server/compose.js'
import { seedDemonstration } from '../../../server/compose/demo.js'
import { openInstallation } from '../../../server/compose/installation.js'
import { loadPages } from '../../../server/compose/serve.js'
import { loadConfig } from '../../../server/config.js'
import { startEmbedded } from '../../../server/platform/db/embedded.js'
import { listen } from '../../../server/platform/http/listen.js'
import { travellingClock } from '../../../server/platform/kernel/clock.js'
import type { Standard } from '../../../server/platform/kernel/letter.js'
import { createLog } from '../../../server/platform/log.js'
import { inFreshFolder } from '../../bench/place.js'
import type { TestApp } from '../../support/app.js'

/** Opens the portal over the same demonstration, its papers as one standard has them. */
export type Serve = (standard: Standard) => Promise<TestApp>

/** Makes the demonstration in a place of its own, hands over how to serve it, and removes all of it. */
export function inDemonstration<Value>(work: (serve: Serve) => Promise<Value>): Promise<Value> {
  return inFreshFolder(async (folder) => {
    const server = await startEmbedded({ dataDir: join(folder, 'server') })
    const open: TestApp[] = []
    try {
      const adminUrl = await databaseOn(server.url)
      const env = { DATABASE_URL: adminUrl, DATA_DIR: folder, DEMO: 'true', PORT: '0' }
      const clock = travellingClock(new Date())
      const config = loadConfig({ ...env, FILINGS_A_DAY: '1000', OPEN_REQUESTS: '1000' })
      const opening = { clock, log: createLog('silent'), progress: () => undefined }
      const installation = await openInstallation(config, opening)
      const pages = loadPages(false)
      try {
        await seedDemonstration(installation, pages, () => undefined)
        return await work(async (standard) => {
          const probe = await listen(() => undefined, { host: '127.0.0.1', port: 0 })
          await probe.close()
          const url = `http://localhost:${probe.port}`
          const served = { ...installation, standard, config: { ...config, origin: url } }
          const portal = compose(served, pages)
          const web = await listen(portal.app, { host: '127.0.0.1', port: probe.port })
          await portal.ledger.tick()
          const app = { ...{ url, portal, installation: served, clock, adminUrl } }
          open.push({ ...app, close: () => web.close() })
          return { ...app, close: () => web.close() }
        })
      } finally {
        for (const app of open) await app.close()
        await installation.close()
      }
    } finally {
      await server.stop()
    }
  })
}

async function databaseOn(server: string): Promise<string> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query('create database mirat')
  await client.end()
  const url = new URL(server)
  url.pathname = '/mirat'
  return url.href
}
