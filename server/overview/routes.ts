import type { Party } from '../catalogue/index.js'
import type { Actor, ResidentActor } from '../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../platform/http/route.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { Overview, OverviewDeps } from './index.js'
import type { AccessFacts } from './service.js'
import { rawFilter, readAccessQuery, readIndex } from './forms.js'
import { wantedOf, type LiveSource } from './live.js'
import {
  accessesPage,
  accessPage,
  dataPage,
  fieldPage,
  homePage,
  limitsPage,
  officePage,
  officesPage,
  type AppointmentNote,
  type EmergencyNote,
  type Asking,
  type HomeCard,
  type Marks,
  type Words,
} from './pages.js'
import { sightOf } from './sight.js'

/** What another room answers on a resident's first screen; nothing where it has nothing to say. */
export type HomeCardSource = (exchange: Exchange<Actor>) => Promise<HomeCard | undefined>

/** Ways to ask about one access, which another room answers; nothing where the session may not ask. */
export type AskSource = (exchange: Exchange<Actor>, entry: number) => Promise<Asking | undefined>

/** Ways to block accesses like one, which another room answers; nothing where there are none. */
export type BlockSource = (
  exchange: Exchange<Actor>,
  access: AccessFacts['entry'],
) => Asking | undefined

/** What offices told of appointments of the person, which another room answers; nothing where there is none. */
export interface AppointmentSource {
  /** Those that explain one access. */
  ofAccess(
    exchange: Exchange<Actor>,
    access: AccessFacts['entry'],
  ): Promise<AppointmentNote | undefined>
  /** Those at one office. */
  ofOffice(exchange: Exchange<Actor>, office: Party): Promise<AppointmentNote | undefined>
}

/** Whether an office declared an access to be in an emergency, which another room answers. */
export interface EmergencySource {
  ofAccess(
    exchange: Exchange<Actor>,
    access: AccessFacts['entry'],
  ): Promise<EmergencyNote | undefined>
}

/** What the pages of the overview are made of. */
export interface OverviewPages {
  readonly overview: Overview
  readonly catalogue: OverviewDeps['catalogue']
  /** Whether a resident wants the latest accesses on the first screen; others may be looking at it. */
  readonly showsLatest: (actor: ResidentActor) => Promise<boolean>
  /** What connected offices have written now; nothing of it is kept. */
  readonly liveValues: LiveSource
  readonly asking: AskSource
  readonly blocking: BlockSource
  readonly appointments: AppointmentSource
  readonly emergencies: EmergencySource
  /** What marks fields of the person, by the code of each; what it leads to is not this room's. */
  readonly disputed: (actor: ResidentActor) => Promise<Marks>
  /** In the order in which they stand. */
  readonly homeCards: readonly HomeCardSource[]
}

/** One request of a resident. */
interface Visit {
  readonly exchange: Exchange<Actor>
  readonly actor: ResidentActor
  readonly words: Words
}

type Step = (visit: Visit) => Promise<Answer>

/** The resident's own pages: what offices hold, what they did, and what cannot be shown. */
export function overviewRoutes(pages: OverviewPages): RouteSpec<Actor>[] {
  const { overview, catalogue } = pages
  const route = (name: string, path: string, step: Step): RouteSpec<Actor> => ({
    name: `overview.${name}`,
    method: 'get',
    path: `/:lang/me${path}`,
    allow: ['resident'],
    assurance: 'letter',
    handle: (exchange) => step(visitOf(exchange, catalogue)),
  })
  const menu = (spec: RouteSpec<Actor>, label: string) => ({ ...spec, menu: `common:nav.${label}` })
  return [
    menu(route('home', '', showHome(pages)), 'home'),
    menu(route('offices', '/offices', showOffices(overview)), 'offices'),
    route('office', '/offices/:party', showOffice(pages)),
    { ...menu(route('data', '/data', showData(pages)), 'data'), menuUnder: 'overview.offices' },
    route('field', '/data/:field', showField(pages)),
    menu(route('accesses', '/accesses', showAccesses(overview)), 'accesses'),
    route('access', '/accesses/:entry', showAccess(pages)),
    // A letter alone may be opened by somebody else: it downloads nothing (security.md).
    { ...route('proof', '/accesses/:entry/proof', sendProof(overview)), assurance: 'counter' },
    {
      ...menu(route('limits', '/limits', showLimits(overview)), 'limits'),
      menuUnder: 'overview.accesses',
    },
  ]
}

function visitOf(exchange: Exchange<Actor>, catalogue: OverviewDeps['catalogue']): Visit {
  const { actor, t, urls, language } = exchange
  if (actor.role !== 'resident') throw new DomainError('NOT_FOUND')
  const texts = catalogue.texts(language.tag)
  const words = { t, texts, catalogue, urls, language, sight: sightOf(actor) }
  return { exchange, actor, words }
}

function page(view: string, model: object, status = 200): Answer {
  return { kind: 'page', view: `overview/${view}`, model, status }
}

function showHome({ overview, showsLatest, homeCards }: OverviewPages): Step {
  return async ({ exchange, actor, words }) => {
    const [facts, isTold, ...cards] = await Promise.all([
      overview.home(actor),
      showsLatest(actor),
      ...homeCards.map((card) => card(exchange)),
    ])
    const shown = cards.filter((card) => card !== undefined)
    return page('home', homePage(words, isTold ? facts : { ...facts, latest: undefined }, shown))
  }
}

function showOffices(overview: Overview): Step {
  return async ({ actor, words }) =>
    page('offices', officesPage(words, await overview.offices(actor)))
}

function showOffice({ overview, appointments }: OverviewPages): Step {
  return async ({ exchange, actor, words }) => {
    const facts = await overview.office(actor, exchange.params['party'] ?? '')
    const told = await appointments.ofOffice(exchange, facts.party)
    return page('office', officePage(words, facts, told))
  }
}

function showData({ overview, disputed }: OverviewPages): Step {
  return async ({ actor, words }) => {
    // Requests are none of what a letter opens, and fields are not shown to it either.
    const asked = words.sight === 'kinds' ? new Map() : await disputed(actor)
    return page('data', dataPage(words, await overview.data(actor), asked))
  }
}

function showField({ overview, liveValues, disputed }: OverviewPages): Step {
  return async ({ exchange, actor, words }) => {
    const facts = await overview.field(actor, exchange.params['field'] ?? '')
    const [live, asked] = await Promise.all([
      liveValues(actor, wantedOf(facts.held)),
      disputed(actor),
    ])
    return page('field', fieldPage(words, facts, { live, disputed: asked }))
  }
}

/** A filter that cannot be used keeps its place in the form, beside the newest page of the log. */
function showAccesses(overview: Overview): Step {
  return async ({ exchange, actor, words }) => {
    const raw = rawFilter(exchange.query)
    const asked = readAccessQuery(exchange.query, words)
    if (!asked.ok) {
      const list = await overview.accesses(actor, {}, {})
      const model = accessesPage(words, list, { raw, filter: {}, problems: asked.refusal })
      return page('accesses', model, 400)
    }
    const { filter, cursor } = asked.value
    const list = await overview.accesses(actor, filter, cursor)
    return page('accesses', accessesPage(words, list, { raw, filter, problems: [] }))
  }
}

function showAccess(parts: OverviewPages): Step {
  const { overview, asking, blocking, appointments, emergencies } = parts
  return async ({ exchange, actor, words }) => {
    const index = indexOf(exchange)
    const facts = await overview.access(actor, index)
    const more = {
      asking: await asking(exchange, index),
      blocking: blocking(exchange, facts.entry),
      appointments: await appointments.ofAccess(exchange, facts.entry),
      emergency: await emergencies.ofAccess(exchange, facts.entry),
    }
    return page('access', accessPage(words, facts, more))
  }
}

/** The proof with its opening inside, or (`part=opening`) the opening alone. */
function sendProof(overview: Overview): Step {
  return async ({ exchange, actor }) => {
    const index = indexOf(exchange)
    const { proof, opening } = await overview.proof(actor, index)
    if (exchange.query.get('part') === 'opening') {
      return download(opening, 'application/json', `mirat-entry-${index}.json`)
    }
    if (proof === undefined) throw new DomainError('NOT_FOUND')
    return download(proof, 'text/plain; charset=utf-8', `mirat-entry-${index}.tlog-proof`)
  }
}

function download(body: string, type: string, name: string): Answer {
  const headers = { 'Content-Disposition': `attachment; filename="${name}"` }
  return { kind: 'bytes', body, type, headers }
}

function showLimits(overview: Overview): Step {
  return async ({ words }) => page('limits', limitsPage(words, overview.limits()))
}

/** What is no leaf index and what is nobody's own look alike. */
function indexOf({ params }: Exchange<Actor>): number {
  const index = readIndex(params['entry'])
  if (index === undefined) throw new DomainError('NOT_FOUND')
  return index
}
