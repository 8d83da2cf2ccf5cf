import { createApp } from './app.js'
import type { Installation } from './compose/installation.js'
import { menuOf } from './compose/menu.js'
import { metricsOf } from './compose/metrics.js'
import { makeRooms, type Rooms } from './compose/rooms.js'
import { demoRoutes } from './demo/routes.js'
import type { Actor } from './identity/index.js'
import { identityJobs } from './identity/jobs.js'
import { identityRoutes } from './identity/routes.js'
import { codeRoutes } from './identity/routes/codes.js'
import { codeCard, deviceRoutes } from './identity/routes/devices.js'
import { staffRoutes } from './identity/routes/staff.js'
import { signInRoutes } from './identity/routes/sign-in.js'
import { informationRoutes } from './information/routes.js'
import { ingestionJobs } from './ingestion/jobs.js'
import { ingestionRoutes } from './ingestion/routes.js'
import { ledgerJobs } from './ledger/jobs.js'
import { ledgerRoutes } from './ledger/routes.js'
import { overviewJobs } from './overview/jobs.js'
import { overviewRoutes } from './overview/routes.js'
import { oversightRoutes } from './oversight/routes.js'
import { createCookies } from './platform/http/cookies.js'
import { healthRoutes, metricsRoutes } from './platform/http/health.js'
import { GERMAN, languageOf } from './platform/http/languages.js'
import { openGate, type Gate } from './platform/http/limits.js'
import type { RouteSpec } from './platform/http/route.js'
import type { Texts } from './platform/http/texts.js'
import type { Views } from './platform/http/view.js'
import type { JobSpec } from './platform/jobs.js'
import type { Metrics } from './platform/metrics.js'

/** The portal, ready to listen. */
export interface Portal extends Rooms {
  readonly app: ReturnType<typeof createApp>
  readonly routes: readonly RouteSpec<Actor>[]
  readonly jobs: readonly JobSpec[]
  readonly gate: Gate
}

/** The pages' raw material: compiled views, texts, built assets. */
export interface Pages {
  readonly views: Views
  readonly texts: Texts
  readonly assetsDir: string
}

const START_PAGES = { resident: 'overview.home', staff: 'identity.staff' } as const
const PUBLIC = { login: 'web', role: 'web_public', readOnly: true } as const

/** THE composition root: with `compose/`, the one place that knows every room. */
export function compose(installation: Installation, pages: Pages): Portal {
  const { config, secrets, catalogue, clock, random, log } = installation
  const rooms = makeRooms(installation)
  const { inTransaction } = rooms
  const gate = openGate()
  const metrics = metricsOf(installation, gate)
  const routes = routesOf(installation, { rooms, metrics, texts: pages.texts })
  const app = createApp<Actor>({
    routes,
    sessions: rooms.identity.sessions,
    record: rooms.recordLook,
    cookies: createCookies(config.origin.startsWith('https:')),
    clock,
    random,
    gate,
    metrics,
    origin: config.origin,
    trustedProxies: config.trustedProxies,
    visitorKey: secrets.visitorKey,
    demo: config.demo,
    legalBasis: config.legalBasis,
    log,
    monotonic: () => performance.now(),
    ...pages,
  })
  const jobs = [
    ...ledgerJobs({ inTransaction, clock }),
    ...identityJobs(rooms),
    ...ingestionJobs({ ingestion: rooms.ingestion }),
    ...overviewJobs({ inTransaction, catalogue, clock, keepsHoldings: config.holdings }),
  ]
  return { ...rooms, app, routes, jobs, gate }
}

/** Every route of every room: the order is that of the menu. */
function routesOf(
  installation: Installation,
  { rooms, metrics, texts }: { rooms: Rooms; metrics: Metrics; texts: Texts },
): RouteSpec<Actor>[] {
  const { config, catalogue, verdict } = installation
  const { inTransaction, identity, information, ingestion, ledger, overview, publicLog } = rooms
  const { codes, passkeys, devices, issuing, staffing } = rooms
  const textsIn = (tag: string) => texts.in(languageOf(tag) ?? GERMAN)
  const routes: RouteSpec<Actor>[] = [
    ...overviewRoutes({ overview, catalogue, homeCards: [codeCard({ devices })] }),
    ...identityRoutes({ catalogue, pagesOf: (role) => menuOf(routes, role) }),
    ...signInRoutes({ codes, passkeys, demo: config.demo }),
    ...deviceRoutes({ devices, passkeys }),
    ...staffRoutes({ staffing, passkeys, catalogue }),
    ...codeRoutes({ issuing, catalogue, origin: config.origin, textsIn }),
    ...oversightRoutes({ oversight: rooms.oversight, catalogue }),
    ...informationRoutes({
      information,
      catalogue,
      installation: { ...config, operator: config.controller },
    }),
    ...ledgerRoutes<Actor>({ ledger, publicLog }),
    ...ingestionRoutes({ ingestion, catalogue, origin: config.origin }),
    ...(config.demo ? demoRoutes({ identity, startPages: START_PAGES }) : []),
    ...healthRoutes<Actor>({
      ping: () => inTransaction(PUBLIC, ledger.publicCheckpoint),
      ready: () => verdict.state === 'agrees',
    }),
    ...metricsRoutes<Actor>({ token: config.metricsToken, text: metrics.text }),
  ]
  return routes
}
