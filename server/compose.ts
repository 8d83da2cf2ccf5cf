import { createApp } from './app.js'
import type { Installation } from './compose/installation.js'
import { withdrawalSendingOf } from './compose/consents.js'
import { metricsOf } from './compose/metrics.js'
import { postingOf } from './compose/notices.js'
import { makingOf } from './compose/oversight.js'
import { sendingOf } from './compose/requests.js'
import { makeRooms, type Rooms } from './compose/rooms.js'
import { routesOf } from './compose/routes.js'
import { newsOf, officeOf } from './compose/tidings.js'
import type { Actor } from './identity/index.js'
import { identityJobs } from './identity/jobs.js'
import { consentJobs } from './consent/jobs.js'
import { appointmentJobs } from './appointments/jobs.js'
import { emergencyJobs } from './emergencies/jobs.js'
import { blockJobs } from './blocks/jobs.js'
import { inquiryJobs } from './inquiries/jobs.js'
import { ingestionJobs } from './ingestion/jobs.js'
import { ledgerJobs } from './ledger/jobs.js'
import { noticesJobs } from './notices/jobs.js'
import { oversightJobs } from './oversight/jobs.js'
import { overviewJobs } from './overview/jobs.js'
import { rectificationJobs } from './rectification/jobs.js'
import { reportJobs } from './reports/jobs.js'
import { tidingsJobs } from './tidings/jobs.js'
import { createCookies } from './platform/http/cookies.js'
import { openGate, type Gate } from './platform/http/limits.js'
import type { RouteSpec } from './platform/http/route.js'
import type { Texts } from './platform/http/texts.js'
import type { Views } from './platform/http/view.js'
import type { JobSpec } from './platform/jobs.js'

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
    keptForms: rooms.keptForms,
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
    newsOf: newsOf(rooms),
    officeOf: officeOf(catalogue),
    log,
    monotonic: () => performance.now(),
    ...pages,
  })
  const jobs = [
    ...ledgerJobs({ inTransaction, clock }),
    ...identityJobs(rooms),
    ...ingestionJobs({ ingestion: rooms.ingestion }),
    ...noticesJobs({
      inbox: rooms.inbox,
      posting: postingOf(installation, { inTransaction, texts: pages.texts }),
    }),
    ...rectificationJobs({
      upkeep: rooms.requestUpkeep,
      evidence: rooms.evidence,
      sending: sendingOf(installation, { inTransaction, texts: pages.texts }),
    }),
    ...blockJobs({ upkeep: rooms.blockUpkeep }),
    ...appointmentJobs(rooms),
    ...emergencyJobs(rooms),
    ...inquiryJobs({ upkeep: rooms.inquiryUpkeep }),
    ...consentJobs({
      upkeep: rooms.consentUpkeep,
      sending: withdrawalSendingOf(installation, inTransaction),
    }),
    ...reportJobs({ making: makingOf(installation, rooms, pages.texts) }),
    ...oversightJobs(rooms),
    ...tidingsJobs(rooms),
    ...overviewJobs({
      ...{ inTransaction, catalogue, clock, ledger: rooms.ledger },
      keepsHoldings: config.holdings,
    }),
  ]
  return { ...rooms, app, routes, jobs, gate }
}
