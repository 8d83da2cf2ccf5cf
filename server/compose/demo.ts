import { compose, type Pages, type Portal } from '../compose.js'
import { seedDemo } from '../demo/index.js'
import { createEnrolment, createIdentity, type Actor } from '../identity/index.js'
import { createRegistration } from '../ingestion/index.js'
import { createPartnering } from '../rectification/index.js'
import type { Clock } from '../platform/kernel/clock.js'
import { createTransactions } from '../platform/db/transaction.js'
import { languageOf } from '../platform/http/languages.js'
import { listen } from '../platform/http/listen.js'
import type { Database } from '../database.js'
import type { Installation } from './installation.js'
import { makingOf } from './oversight.js'

/**
 * Makes the demonstration on the first start: the same application, under a clock that travels, receives
 * every history through its own delivery interface on a loopback port of its own.
 */
export async function seedDemonstration(
  installation: Installation,
  pages: Pages,
  progress: (line: string) => void,
): Promise<void> {
  const { admin, catalogue, clock, config, random, secrets } = installation
  const inTransaction = createTransactions<Database>(installation)
  const enrolment = createEnrolment({
    db: admin,
    subjectSecret: secrets.subjectKey,
    accountKey: secrets.accountKey,
    clock,
    random,
  })
  await seedDemo({
    identity: { ...createIdentity({ inTransaction, clock, random }), ...enrolment },
    registrationAt: (at) => createRegistration({ db: admin, catalogue, clock: at }),
    partnering: createPartnering({ db: admin, catalogue, clock }),
    catalogue,
    seed: config.demoSeed,
    residents: config.demoResidents,
    defaultPeriod: config.defaultPeriod,
    now: clock.now(),
    progress,
    openApp: async (travelling) => {
      const portal = compose({ ...installation, clock: travelling }, pages)
      const server = await listen(portal.app, { host: '127.0.0.1', port: 0 })
      return {
        url: `http://127.0.0.1:${server.port}`,
        audience: config.origin,
        close: () => server.close(),
        tick: () => portal.ledger.tick(),
        desk: {
          ...portal,
          readingLanguage: (own) => languageOf(own)?.tag ?? 'en',
          actorOf: (person) => actorOf(portal, person, travelling),
          makeReports: () =>
            makingOf({ ...installation, clock: travelling }, portal, pages.texts).work(),
          sumUp: async () => {
            await portal.counting.count()
            await portal.watching.work()
            await portal.statistics.publish()
          },
        },
      }
    },
  })
}

/** Signs in as everybody else does, keeps who it is, and ends the session. */
async function actorOf({ identity }: Portal, person: string, clock: Clock): Promise<Actor> {
  const session = await identity.signInDemo(person)
  const open = session && (await identity.sessions.open(session.token, clock.now()))
  if (open === undefined) throw new Error(`the demonstration has no ${person}`)
  await identity.sessions.end(session?.token ?? '')
  return open.actor
}
