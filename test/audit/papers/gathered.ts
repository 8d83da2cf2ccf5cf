import { makingOf } from '../../../server/compose/oversight.js'
import { loadPages } from '../../../server/compose/serve.js'
import type { StaffActor } from '../../../server/identity/index.js'
import { linksIn, pageRoutes, routeOf, walk } from '../../journeys/places.js'
import { fileAs } from '../../reports/paper.js'
import type { TestApp } from '../../support/app.js'
import type { Visitor } from '../../support/visitor.js'
import { PERSON } from './person.js'

/** A paper as somebody gets it. */
export interface Paper {
  /** Name of the route that gives it. */
  readonly kind: string
  readonly language: string
  readonly person: string
  readonly address: string
  readonly bytes: Buffer
}

export const TAGS = ['de', 'en', 'ar'] as const
/** The language that papers alone speak: asked for from the German pages. */
const ON_PAPER_ALONE = 'fa'

/** Residents with most of the kinds, whose papers are asked for in every language. */
const RESIDENTS = [PERSON, 'resident-ar', 'resident-fa', 'resident-uk'] as const
const CLERKS = ['caseworker', 'caseworker-2'] as const
/** So many papers of a kind for one person and language: a receipt is like the next. */
const OF_A_KIND = 2

const OWN =
  /^\/\w+\/me\/(requests|permissions|blocks)(\/[A-Z0-9]{8}(\/receipt)?)?$|\/me\/documents$/
const DESK = /^\/\w+\/work\/(queue|consents|cases\/[A-Z0-9]{8}|consents\/[A-Z0-9]{8})$/

/** Every kind of paper in every language that it can be had in. All are fetched before any is judged, which keeps this process busy. */
export async function papersOf(app: TestApp, only = ''): Promise<readonly Paper[]> {
  const papers: Paper[] = []
  for await (const paper of papersIn(app, only.split(','))) papers.push(paper)
  return papers
}

/** Asked for as people ask for them. */
async function* papersIn(app: TestApp, only: readonly string[]): AsyncGenerator<Paper> {
  const wanted = (person: string) => only.some((word) => person.includes(word))
  for (const tag of TAGS) {
    const own = ['requests', 'permissions', 'blocks', 'documents'].map(
      (page) => `/${tag}/me/${page}`,
    )
    for (const person of RESIDENTS.filter(wanted)) {
      yield* linkedFrom(app, { person, from: own, tag, follow: OWN })
    }
    const from = [`/${tag}/work/queue`, `/${tag}/work/consents`]
    for (const person of CLERKS.filter(wanted)) {
      yield* linkedFrom(app, { person, from, tag, follow: DESK })
    }
  }
  if (!wanted('dpo')) return
  for (const tag of [...TAGS, ON_PAPER_ALONE]) yield* reportsIn(app, tag)
}

/** Beside which language an address of these pages gives a paper; what those of another language give is not asked for twice. */
function besideOf(address: string, tag: string): string | undefined {
  const [, page, beside = page] = /^\/(\w+)\/(?:me\/documents\/(\w+)\/)?/.exec(address) ?? []
  if (page !== tag) return undefined
  return beside === tag || (tag === 'de' && beside === ON_PAPER_ALONE) ? beside : undefined
}

/** Routes that give papers of which there was none: they are checked by nothing here. */
export function notMade(app: TestApp, papers: readonly Paper[]): readonly string[] {
  const made = new Set(papers.map(({ kind }) => kind))
  return pageRoutes(app)
    .filter(({ name, path }) => path.endsWith('.pdf') && !made.has(name))
    .map(({ name }) => name)
}

interface From {
  readonly person: string
  readonly from: readonly string[]
  readonly tag: string
  readonly follow: RegExp
}

async function* linkedFrom(app: TestApp, { person, from, tag, follow }: From) {
  const visitor = await browserOf(app, person)
  const pages = await walk({ visitor, from, follow: (address) => follow.test(address) })
  const links = new Set([...pages.values()].flatMap(linksIn).filter((link) => PDF.test(link)))
  const routes = pageRoutes(app)
  const seen = new Map<string, number>()
  for (const address of links) {
    const language = besideOf(address, tag)
    if (language === undefined) continue
    const kind = routeOf(routes, address)?.name ?? address
    const before = seen.get(kind) ?? 0
    if (before === OF_A_KIND) continue
    seen.set(kind, before + 1)
    const { status, bytes } = await fileAs(app, visitor, address)
    if (status !== 200) throw new Error(`${address} answers ${status}`)
    yield { kind, language, person, address, bytes }
  }
}

const PDF = /\.pdf(\?|$)/

/** An officer's report on everything of the office, and one on one person. */
async function* reportsIn(app: TestApp, tag: string): AsyncGenerator<Paper> {
  const { archive, releases } = app.portal
  const officer = await actorOf(app, 'dpo')
  const supervisor = await actorOf(app, 'supervisor')
  const wanted = { format: 'pdf', language: tag, reason: 'audit', expected: undefined } as const
  const filter = { flagged: 'yes' }
  const all = await archive.ask(officer, { ...wanted, filter })
  await releases.decide(supervisor, { reference: all, decision: 'released' })
  const entry = await firstEntry(app)
  const one = await archive.ask(officer, { ...wanted, filter: {}, entry })
  // After the first ones of a day it needs a second person, too.
  await releases.decide(supervisor, { reference: one, decision: 'released' })
  const making = makingOf(app.installation, app.portal, loadPages(false).texts)
  while ((await making.work()) > 0) continue
  for (const [kind, reference] of [
    ['reports.access-file', all],
    ['reports.access-file (one person)', one],
  ] as const) {
    const bytes: Buffer[] = []
    for await (const piece of await archive.file(officer, reference, 1)) bytes.push(piece)
    const address = `/${tag}/oversight/reports/${reference}/files/1`
    yield { kind, language: tag, person: 'dpo', address, bytes: Buffer.concat(bytes) }
  }
}

async function firstEntry(app: TestApp): Promise<number> {
  const { body } = await (await browserOf(app, 'dpo')).get('/de/oversight/accesses')
  const entry = /oversight\/accesses\/(\d+)/.exec(body)?.[1]
  if (entry === undefined) throw new Error('the office has no access')
  return Number(entry)
}

/** A browser with the session of somebody whom `/demo` need not list. */
export async function browserOf(
  { portal, url }: TestApp,
  name: string,
): Promise<Pick<Visitor, 'get' | 'cookies'>> {
  const session = await portal.identity.signInDemo(name)
  if (session === undefined) throw new Error(`${name} cannot sign in`)
  const cookie = `mirat=${session.token}`
  return {
    cookies: () => cookie,
    get: async (path) => {
      const answer = await fetch(url + path, { headers: { cookie }, redirect: 'manual' })
      const { status, headers } = answer
      return { status, headers, body: await answer.text() }
    },
  }
}

/** A demonstration person of the staff, signed in. */
export async function actorOf({ portal, clock }: TestApp, name: string): Promise<StaffActor> {
  const session = await portal.identity.signInDemo(name)
  const open = await portal.identity.sessions.open(session?.token ?? '', clock.now())
  if (open === undefined) throw new Error(`${name} cannot sign in`)
  return open.actor as StaffActor
}
