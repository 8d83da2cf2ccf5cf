import { compose, type Portal } from '../../server/compose.js'
import { nameAgreements } from '../../server/compose/agreements.js'
import type { Installation } from '../../server/compose/installation.js'
import { listen } from '../../server/platform/http/listen.js'
import { travellingClock, type TravellingClock } from '../../server/platform/kernel/clock.js'
import type { Inspect } from '../../server/platform/files/inspection.js'
import type { Log } from '../../server/platform/log.js'
import { freshDatabase, type FreshDatabase } from './database.js'
import { demoDatabase } from './demo.js'
import { testPages } from './pages.js'
import { openTestInstallation } from './template.js'

/** The real application over a database of its own, listening on loopback. */
export interface TestApp {
  /** Scheme, host and port; also the portal's origin. */
  readonly url: string
  readonly portal: Portal
  readonly installation: Installation
  /** Stands at the moment of the start until a test moves it. */
  readonly clock: TravellingClock
  /** The superuser's address of its database: what an insider could reach. */
  readonly adminUrl: string
  close(): Promise<void>
}

/** What a test may choose. */
export interface TestAppOptions {
  /** The demonstration's people and histories as well, in the default seed. */
  readonly demo?: boolean
  readonly log?: Log
  /** Another database than a clone of the template: migrated when the application starts. */
  readonly database?: Pick<FreshDatabase, 'url' | 'drop'>
  /** Leads its connections to the database through this port of the machine instead of the server's. */
  readonly databasePort?: number
  /** Looks at files in another way than the portal does. */
  readonly inspect?: Inspect
  readonly env?: Readonly<Record<string, string>>
}

const pages = testPages()

/** Starts the application as `serve` does, without its timers: a test ticks and works when it means to. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database =
    options.database ?? (options.demo ? await demoDatabase(pages) : await freshDatabase())
  const clock = travellingClock(new Date())
  const port = await freePort()
  const url = `http://localhost:${port}`
  const through = new URL(database.url)
  if (options.databasePort !== undefined) through.port = String(options.databasePort)
  const opened = await openTestInstallation(through.href, {
    clock,
    env: { ORIGIN: url, ...options.env },
    ...(options.log ? { log: options.log } : {}),
  })
  const installation = { ...opened, ...(options.inspect ? { inspect: options.inspect } : {}) }
  const portal = compose(installation, pages)
  await nameAgreements(installation)
  await portal.ledger.tick()
  const server = await listen(portal.app, { host: '127.0.0.1', port })
  return {
    url,
    portal,
    installation,
    clock,
    adminUrl: database.url,
    close: async () => {
      await server.close()
      await installation.close()
      await database.drop()
    },
  }
}

/** A port that nobody uses: the origin must be known before the application is made. */
async function freePort(): Promise<number> {
  const probe = await listen(() => undefined, { host: '127.0.0.1', port: 0 })
  await probe.close()
  return probe.port
}
