import type { Express } from 'express'
import { createApp } from './app.js'
import { demoRoutes } from './demo/routes.js'
import { createEnrolment, createIdentity, type Actor, type Enrolment } from './identity/index.js'
import { identityRoutes } from './identity/routes.js'
import { createIngestion, DEFAULT_PACE, type Ingestion } from './ingestion/index.js'
import { ingestionRoutes } from './ingestion/routes.js'
import type { Installation } from './compose/installation.js'
import { createLedger, createOrigins, signerFromSeed, type Ledger } from './ledger/index.js'
import { ledgerJobs } from './ledger/jobs.js'
import { ledgerRoutes } from './ledger/routes.js'
import { createLookRecord, createOverview, createRecorder, openDelivered } from './overview/index.js'
import { overviewJobs } from './overview/jobs.js'
import { overviewRoutes } from './overview/routes.js'
import { createOversight } from './oversight/index.js'
import { oversightRoutes } from './oversight/routes.js'
import { createTransactions } from './platform/db/transaction.js'
import { createCookies } from './platform/http/cookies.js'
import { healthRoutes } from './platform/http/health.js'
import type { RouteSpec } from './platform/http/route.js'
import type { Texts } from './platform/http/texts.js'
import type { Views } from './platform/http/view.js'
import type { JobSpec } from './platform/jobs.js'
import type { Database } from './database.js'

/** The portal, ready to listen. */
export interface Portal {
  readonly app: Express
  readonly routes: readonly RouteSpec<Actor>[]
  readonly ledger: Ledger
  readonly ingestion: Ingestion
  readonly enrolment: Enrolment
  readonly jobs: readonly JobSpec[]
}

/** The pages' raw material: compiled views, texts, built assets. */
export interface Pages {
  readonly views: Views
  readonly texts: Texts
  readonly assetsDir: string
}

const START_PAGES = { resident: 'overview.home', staff: 'identity.staff' } as const
const PUBLIC = { login: 'web', role: 'web_public', readOnly: true } as const

/** THE composition root: the one place that knows every room. */
export function compose(installation: Installation, pages: Pages): Portal {
  const { config, secrets, catalogue, clock, random, log, verdict } = installation
  const inTransaction = createTransactions<Database>(installation)
  const signer = signerFromSeed(secrets.logOrigin, secrets.logKey)
  const ledger = createLedger({
    inTransaction,
    signer,
    clock,
    random,
    tickMs: config.tickMs,
    keepOutside: (note) => installation.outside.keep(note),
    maySign: () => verdict.state === 'agrees',
  })
  const origins = createOrigins(secrets.originKey)
  const recording = {
    catalogue,
    ledger,
    clock,
    random,
    origins,
    operatorKey: secrets.operatorKey,
    defaultPeriod: config.defaultPeriod,
    // No consent can be valid before there is a consent room that records one.
    consentValid: () => false,
  }
  const recorder = createRecorder(recording, installation.mayCopy ? 'copy' : 'insert')
  // Staff looks are written by the web role, which row-level security binds: COPY is not for it.
  const lookRecorder = createRecorder(recording, 'insert')
  const identity = createIdentity({ inTransaction, clock, random })
  const enrolment = createEnrolment({
    db: installation.admin,
    subjectSecret: secrets.subjectKey,
    accountKey: secrets.accountKey,
    clock,
    random,
  })
  const overview = createOverview({ inTransaction, catalogue, ledger, clock })
  const ingestion = createIngestion({
    inTransaction,
    catalogue,
    recorder,
    subjects: {
      of: (scheme, value, authority) => enrolment.subjectOf({ scheme, value, authority }),
      keyOf: (scheme, value, authority) => enrolment.subjectKeyOf({ scheme, value, authority }),
    },
    clock,
    random,
    evidenceKey: secrets.evidenceKey,
    pace: DEFAULT_PACE,
    openingOf: (trx, place) => openDelivered(trx, place, { catalogue, origins }),
    prove: (trx, index) => ledger.prove(trx, index),
  })
  const rooms: RouteSpec<Actor>[] = [
    ...overviewRoutes({ overview, catalogue, homeCards: [] }),
    ...oversightRoutes({ oversight: createOversight({ inTransaction, clock }), catalogue }),
    ...identityRoutes({ catalogue, demo: config.demo, pagesOf: (role) => menuOf(rooms, role) }),
    ...ledgerRoutes<Actor>({ ledger, inTransaction }),
    ...ingestionRoutes({ ingestion, catalogue, origin: config.origin }),
    ...(config.demo ? demoRoutes({ identity, startPages: START_PAGES }) : []),
    ...healthRoutes<Actor>({ ping: () => inTransaction(PUBLIC, ledger.publicCheckpoint), ready: () => verdict.state === 'agrees' }),
  ]
  const app = createApp<Actor>({
    routes: rooms,
    sessions: identity.sessions,
    record: createLookRecord({ inTransaction, catalogue, recorder: lookRecorder, clock }),
    cookies: createCookies(config.origin.startsWith('https:')),
    clock,
    random,
    origin: config.origin,
    visitorKey: secrets.visitorKey,
    demo: config.demo,
    log,
    monotonic: () => performance.now(),
    ...pages,
  })
  const jobs = [...ledgerJobs({ inTransaction, clock }), ...overviewJobs({ inTransaction, catalogue, clock })]
  return { app, routes: rooms, ledger, ingestion, enrolment, jobs }
}

function menuOf(routes: readonly RouteSpec<Actor>[], role: Actor['role']) {
  return routes.flatMap(({ name, menu, allow }) =>
    menu !== undefined && allow !== 'everyone' && allow.includes(role) ? [{ name, menu }] : [],
  )
}
