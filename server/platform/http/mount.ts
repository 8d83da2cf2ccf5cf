import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import type { Clock } from '../kernel/clock.js'
import { DomainError } from '../kernel/errors.js'
import type { Random } from '../kernel/random.js'
import type { Cookies } from './cookies.js'
import { callerOf } from './caller.js'
import { clientOf } from './client.js'
import { checkCsrf, csrfToken } from './csrf.js'
import { admit, disclose, type RecordDisclosure } from './guard.js'
import { languageOf, preferredLanguage, type Language } from './languages.js'
import { leastTime, settled, type Sending } from './hold.js'
import { dropKept, keptForm, keptInstead, type KeptForms } from './kept.js'
import type { Gate } from './limits.js'
import { footOf, navigationOf, type News } from './menu.js'
import { parseForm, parseQuery } from './parse.js'
import { passageOf } from './request-log.js'
import type { Answer, Exchange, Principal, RouteSpec } from './route.js'
import { send } from './send.js'
import type { Sessions } from './session.js'
import type { Texts } from './texts.js'
import { bringsFiles, receiveUpload, uploadOf } from './uploads.js'
import { createUrls } from './urls.js'
import type { ViewContext, Views } from './view.js'

/** What the hallway needs to lead a request to its route. */
export interface Hallway<Actor extends Principal> {
  readonly routes: readonly RouteSpec<Actor>[]
  readonly sessions: Sessions<Actor>
  readonly keptForms: KeptForms
  readonly record: RecordDisclosure<Actor>
  readonly views: Views
  readonly texts: Texts
  readonly cookies: Cookies
  readonly clock: Clock
  readonly random: Random
  readonly gate: Gate
  /** Scheme, host and port under which browsers reach us. */
  readonly origin: string
  /** Secret behind the forms of visitors without a session. */
  readonly visitorKey: Buffer
  readonly demo: boolean
  /** The legal basis of the portal's own log, shown on every page. */
  readonly legalBasis: string
  /** What is new behind entries of the menu, by the names of their routes; absent where nobody is told of anything. */
  readonly newsOf?: (actor: Actor) => Promise<News>
  /** The name of the office for which somebody acts, in a language; nothing for whoever acts for none. */
  readonly officeOf?: (actor: Actor, language: Language) => string | undefined
}

const BODY_LIMIT = 16 * 1024

/** Mounts every route behind the one guard. */
export function mount<Actor extends Principal>(app: Express, hallway: Hallway<Actor>): void {
  for (const route of hallway.routes) {
    const limit = route.limit ?? BODY_LIMIT
    const body = express.raw({
      // A form with files is read piece by piece, and not before it is known who sends it.
      type: (request) => !bringsFiles(route, request),
      limit,
      // A compressed body could grow without bound before anything is checked.
      inflate: false,
    })
    const pass = route.machine ? machinePass : pagePass
    app[route.method](
      route.path,
      inShippedLanguage,
      body,
      async (request: Request, response: Response) => {
        passageOf(response).route = route.path
        const wire = { request, response }
        const work = async () => {
          const began = performance.now()
          const sending = await hallway.gate.within(request.path, () =>
            settled(() => pass(hallway, route, wire)),
          )
          // Outside the gate: whoever waits keeps nobody else from being worked on.
          await leastTime(began, route.leastMs)
          await sending()
        }
        if (!bringsFiles(route, request)) await work()
        else await receiveUpload(hallway, route, { wire, work, limit })
      },
    )
  }
}

/** Methods by which an address of ours can be asked for; none where no route has it (RFC 9110 section 10.2.1). */
export function methodsOf(
  routes: readonly Pick<RouteSpec, 'path' | 'method'>[],
  address: string,
): readonly string[] {
  const [, first = ''] = address.split('/')
  const fitting = routes.filter(({ path }) => {
    const isInLanguage = !path.startsWith('/:lang') || languageOf(first) !== undefined
    return isInLanguage && patternOf(path).test(address)
  })
  return [
    ...new Set(fitting.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : 'POST'))),
  ]
}

function patternOf(path: string): RegExp {
  const literal = path.replace(/\/$/, '').replaceAll('.', '\\.')
  return new RegExp(`^${literal.replace(/\*\w+/g, '.+').replace(/:\w+/g, '[^/]+')}/?$`)
}

/** `/:lang` means a shipped language, written plainly; other first words belong to other routes, or to none. */
const inShippedLanguage: RequestHandler = (request, _response, next) => {
  const { lang } = request.params
  const isPlain = typeof lang !== 'string' || request.path.startsWith(`/${lang}/`)
  const isShipped = typeof lang !== 'string' || languageOf(lang) !== undefined
  if (isPlain && isShipped) next()
  else next('route')
}

interface Wire {
  readonly request: Request
  readonly response: Response
}

/** Programs sign their requests: their route checks that itself, and answers problems, not pages. */
async function machinePass<Actor extends Principal>(
  hallway: Hallway<Actor>,
  route: RouteSpec<Actor>,
  { request, response }: Wire,
): Promise<Sending> {
  const { cookies, sessions } = hallway
  passageOf(response).role = sessions.machine.role
  const session = { secret: () => Buffer.alloc(0) }
  const exchange = exchangeOf(hallway, { request, response, actor: sessions.machine, session })
  const answer = await route.handle(exchange)
  return () => send(response, answer, { cookies, render: () => unrendered(route.name) })
}

async function pagePass<Actor extends Principal>(
  hallway: Hallway<Actor>,
  route: RouteSpec<Actor>,
  { request, response }: Wire,
): Promise<Sending> {
  const { cookies, sessions, clock } = hallway
  const { token, open, actor, secret } = await callerOf(hallway, { request, response })
  const session = open === undefined ? { secret } : { secret, sessionId: open.id }
  const exchangeOfActor = () => exchangeOf(hallway, { request, response, actor, session })
  try {
    admit(route, actor, clock.now())
  } catch (refusal) {
    if (token === undefined || route.keeps === undefined) throw refusal
    const late = { route, token, live: open?.csrf }
    throw await keptInstead(hallway, late, { refusal, exchange: exchangeOfActor() })
  }
  const asked = exchangeOfActor()
  if (route.method === 'post') {
    const { headers, form } = asked
    checkCsrf({ headers, token: form.get('csrf'), secret: secret(), origin: hallway.origin })
  }
  const kept = await keptForm(hallway, route, asked)
  const exchange = kept === undefined ? asked : { ...asked, form: kept }
  await disclose(route, exchange, hallway.record)
  const answer = await route.handle(exchange)
  if (answer.kind === 'redirect') await dropKept(hallway, route, exchange)
  if (token !== undefined && answer.kind === 'redirect' && answer.session) await sessions.end(token)
  const news = answer.kind === 'page' ? await exchange.news() : undefined
  const render = (page: Extract<Answer, { kind: 'page' }>) =>
    renderPage(hallway, { route, exchange, page, news, isKept: kept !== undefined })
  return () => send(response, answer, { cookies, render })
}

function exchangeOf<Actor extends Principal>(
  hallway: Hallway<Actor>,
  {
    request,
    response,
    actor,
    session,
  }: Wire & { actor: Actor; session: { secret: () => Buffer; sessionId?: Buffer } },
): Exchange<Actor> {
  const language = languageOfRequest(request)
  const upload = uploadOf(request)
  const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  return {
    requestId: passageOf(response).requestId,
    headers: request.headers,
    params: paramsOf(request),
    query: parseQuery(request.url),
    form:
      actor === hallway.sessions.machine
        ? new URLSearchParams()
        : (upload?.form ?? parseForm(request.headers, rawBody)),
    files: upload?.files ?? [],
    rawBody,
    actor,
    ...session,
    client: clientOf(request),
    language,
    t: hallway.texts.in(language),
    urls: createUrls(hallway.routes, language.tag),
    now: hallway.clock.now(),
    news: once(async () => (await hallway.newsOf?.(actor)) ?? {}),
  }
}

/** Asks when it is first called, and never again. */
function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined
  return () => (asked ??= ask())
}

/** Path parameters as text; those of a wildcard are joined again. Nothing is called by a NUL, which no database takes. */
function paramsOf(request: Request): Record<string, string> {
  const pairs = Object.entries(request.params as Record<string, string | string[]>)
  const params = pairs.map(([name, value]) => [name, [value].flat().join('/')] as const)
  if (params.some(([, value]) => value.includes('\0'))) throw new DomainError('NOT_FOUND')
  return Object.fromEntries(params)
}

/** The language of an address, else the one that the browser prefers. */
export function languageOfRequest(request: Request): Language {
  const first = /^\/([^/?]+)/.exec(request.path)?.[1] ?? ''
  return languageOf(first) ?? preferredLanguage(request.headers['accept-language'])
}

function renderPage<Actor extends Principal>(
  hallway: Hallway<Actor>,
  parts: {
    route: RouteSpec<Actor>
    exchange: Exchange<Actor>
    page: Extract<Answer, { kind: 'page' }>
    news: News | undefined
    isKept: boolean
  },
): string {
  const { route, exchange, page, news, isKept } = parts
  const { actor, secret } = exchange
  const office = hallway.officeOf?.(actor, exchange.language)
  const context: ViewContext = {
    language: exchange.language,
    t: exchange.t,
    urls: exchange.urls,
    ...(route.path.startsWith('/:lang')
      ? { page: { name: route.name, params: exchange.params, query: exchange.query } }
      : {}),
    // Asked for by forms alone: a page without one leaves no cookie with its visitor.
    get csrf() {
      return csrfToken(secret(), hallway.random)
    },
    navigation: navigationOf(hallway.routes, actor, { route, news }),
    foot: footOf(hallway.routes),
    isKept,
    signedIn: actor !== hallway.sessions.anonymous,
    ...(office === undefined ? {} : { office }),
    demo: hallway.demo,
    legalBasis: hallway.legalBasis,
    requestId: exchange.requestId,
  }
  return hallway.views.render({
    view: page.view,
    model: page.model,
    context,
    ...(page.script === undefined ? {} : { script: page.script }),
  })
}

function unrendered(name: string): never {
  throw new Error(`${name} is for programs and answers no page`)
}
