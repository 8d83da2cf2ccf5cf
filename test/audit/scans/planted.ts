import type pg from 'pg'
import { createApp } from '../../../server/app.js'
import { compose } from '../../../server/compose.js'
import type { Installation } from '../../../server/compose/installation.js'
import { metricsOf } from '../../../server/compose/metrics.js'
import { loadPages } from '../../../server/compose/serve.js'
import type { Actor } from '../../../server/identity/index.js'
import { createCookies } from '../../../server/platform/http/cookies.js'
import { listen } from '../../../server/platform/http/listen.js'
import type { Answer, RouteSpec } from '../../../server/platform/http/route.js'
import { poolOf } from '../../support/pool.js'
import type { Address } from './addresses.js'
import { nameOf, type Finding, type Who } from './finding.js'
import type { ScannerName } from './program.js'
import { STAND_IN } from './relay.js'
import type { Target } from './target.js'

/** A hole that its scanner must find, or the scanner proves nothing. */
export interface Hole {
  readonly by: ScannerName
  readonly as: string
  /** A part of what the finding calls the place. */
  readonly where: string
  readonly what: RegExp
}

/** The same portal over the same database, with holes in it. */
export interface Planted {
  readonly url: string
  close(): Promise<void>
}

const RESIDENT = 'resident-ar'
const SEARCH = '/:lang/planted/search'
const NOTE = '/:lang/me/planted/note'
const GREETING = '/:lang/planted/greeting'
const GREETING_OF_ONE = '/:lang/me/planted/greeting'
const LEFT = '/backup.sql'
const LEFT_OF_ONE = '/:lang/me/backup.sql'

const everyone = { allow: 'everyone', method: 'get' } as const
const resident = { allow: ['resident'], assurance: 'letter', method: 'get' } as const
const injected = /blind|error-based|UNION|stacked|inline/i
const answered = /answered 200/

/** One hole for each scanner where nobody is signed in, and one that only a session and its token reach. */
export const HOLES: readonly Hole[] = [
  { by: 'sqlmap', as: nameOf(undefined), where: '/planted/search', what: injected },
  { by: 'sqlmap', as: RESIDENT, where: '/me/planted/note', what: injected },
  { by: 'wapiti', as: nameOf(undefined), where: '/planted/greeting', what: /Scripting/ },
  { by: 'wapiti', as: RESIDENT, where: '/me/planted/greeting', what: /Scripting/ },
  { by: 'ffuf', as: nameOf(undefined), where: LEFT, what: answered },
  { by: 'ffuf', as: RESIDENT, where: '/en/me/backup.sql', what: answered },
]

/** Where sqlmap and wapiti are sent; ffuf finds its files by itself. */
export function plantedStarts(who: Who): [string, ...string[]] {
  const folder = who === undefined ? '/en/planted/' : '/en/me/planted/'
  return [folder, `${folder}greeting?name=you`]
}
export const PLANTED_TARGETS: readonly Target[] = [
  {
    ...{ address: SEARCH, method: 'GET', path: '/en/planted/search', who: undefined },
    ...{ query: { name: 'dpo' }, parameters: ['name'] },
  },
  {
    ...{ address: NOTE, method: 'POST', path: '/en/me/planted/note', who: RESIDENT },
    ...{ form: { csrf: STAND_IN.csrf, name: 'dpo' }, parameters: ['name'] },
  },
]

/** What of the holes counts as covered; the files stay out, as nobody is to know of them. */
export const PLANTED_ADDRESSES: readonly Address[] = [
  { method: 'get', path: SEARCH },
  { method: 'post', path: NOTE },
  { method: 'get', path: GREETING },
  { method: 'get', path: GREETING_OF_ONE },
]

/** Composes the portal a second time, in this process, with routes that only this audit knows. */
export async function openPlanted(installation: Installation, adminUrl: string): Promise<Planted> {
  const { config, secrets, clock, random, log } = installation
  const pages = loadPages(false)
  const portal = compose(installation, pages)
  const database = poolOf(adminUrl, 4)
  const app = createApp<Actor>({
    ...pages,
    ...{ clock, random, log, gate: portal.gate },
    routes: [...holes(database), ...portal.routes],
    sessions: portal.identity.sessions,
    keptForms: portal.keptForms,
    record: portal.recordLook,
    cookies: createCookies(config.origin.startsWith('https:')),
    metrics: metricsOf(installation, portal.gate),
    origin: config.origin,
    trustedProxies: config.trustedProxies,
    visitorKey: secrets.visitorKey,
    demo: config.demo,
    legalBasis: config.legalBasis,
    monotonic: () => performance.now(),
  })
  const server = await listen(app, { host: '127.0.0.1', port: 0 })
  return {
    url: `http://127.0.0.1:${server.port}`,
    close: async () => {
      await server.close()
      await database.end()
    },
  }
}

function holes(database: pg.Pool): RouteSpec<Actor>[] {
  const greet: RouteSpec<Actor>['handle'] = async ({ query }) =>
    html(`<h1>Hello ${query.get('name') ?? ''}</h1>`)
  const backup: RouteSpec<Actor>['handle'] = async () =>
    ({ kind: 'bytes', type: 'application/sql', body: 'copy planted from stdin' }) as const
  return [
    {
      ...{ ...everyone, name: 'planted.search', path: SEARCH },
      handle: async ({ query }) => found(database, query.get('name')),
    },
    {
      ...{ ...resident, name: 'planted.note', method: 'post', path: NOTE },
      handle: async ({ form }) => found(database, form.get('name')),
    },
    { ...everyone, name: 'planted.greeting', path: GREETING, handle: greet },
    { ...resident, name: 'planted.greeting-of-one', path: GREETING_OF_ONE, handle: greet },
    { ...everyone, name: 'planted.left', path: LEFT, handle: backup },
    { ...resident, name: 'planted.left-of-one', path: LEFT_OF_ONE, handle: backup },
  ]
}

/** The hole itself: what was sent becomes a part of the question. */
async function found(database: pg.Pool, name: string | null): Promise<Answer> {
  const question = `select role from identity.staff where demo_name = '${name ?? ''}'`
  const { rows } = await database.query<{ role: string }>(question)
  return html(`<ul>${rows.map(({ role }) => `<li>${role}</li>`).join('')}</ul>`)
}

function html(body: string): Answer {
  const text = `<!doctype html><html lang="en"><title>Planted</title><body>${body}</body></html>`
  return { kind: 'bytes', type: 'text/html; charset=utf-8', body: text }
}

/** Holes that their scanners did not find. */
export function missedHoles(findings: readonly Finding[]): readonly Hole[] {
  const isFound = (hole: Hole) =>
    findings.some(
      ({ by, as, where, what }) =>
        by === hole.by && as === hole.as && where.includes(hole.where) && hole.what.test(what),
    )
  return HOLES.filter((hole) => !isFound(hole))
}
