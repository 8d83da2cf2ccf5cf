import type { Actor } from '../../identity/actor.js'
import { LANGUAGES } from '../../platform/http/languages.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { isUuid } from '../../platform/kernel/ids.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { berlinDay } from '../days.js'
import { StepRefused } from '../error.js'
import {
  readGiving,
  readReason,
  readReferences,
  readViewName,
  readViewPlace,
} from '../forms/giving.js'
import { askedAgain, type QueueQuery } from '../filters.js'
import { readQueueQuery } from '../forms/queue.js'
import { categoriesOf } from '../kinds.js'
import { handOverPage, minePage } from '../pages/mine.js'
import { paperPage } from '../pages/paper.js'
import { givenPage, queuePage } from '../pages/queue.js'
import { staffOf, unitCodeOf, type CaseworkPages } from './desk.js'
import { page, penOf } from './visit.js'

type Visit = Exchange<Actor>
type Handle = (exchange: Visit, pages: CaseworkPages) => Promise<Answer>

/** The queue with its views, the own work, and what is done about several cases at once. */
export function queueRoutes(pages: CaseworkPages): RouteSpec<Actor>[] {
  const route = (
    method: 'get' | 'post',
    [name, path]: readonly [string, string],
    handle: Handle,
  ): RouteSpec<Actor> => ({
    ...{ name: `rectification.${name}`, method, path: `/:lang/work/${path}` },
    ...{ allow: ['caseworker'], disclosure: 'no-identity' },
    handle: (exchange) => handle(exchange, pages),
  })
  return [
    {
      ...route('get', ['queue', 'queue'], (exchange) => showQueue(exchange, pages)),
      menu: 'rectification:queue.menu',
    },
    { ...route('get', ['mine', 'mine'], showMine), menu: 'rectification:mine.menu' },
    route('get', ['passed-on', 'queue/passed-on'], showPassedOn),
    route('post', ['gives', 'queue/given'], give),
    route('get', ['given', 'queue/given'], showGiven),
    route('post', ['save-view', 'queue/views'], saveView),
    route('post', ['drop-view', 'queue/views/drop'], dropView),
    route('get', ['hand-over', 'hand-over'], (exchange) => showHandOver(exchange, pages)),
    route('post', ['hands-over', 'hand-over'], handOver),
  ]
}

interface Refusal {
  readonly errors: readonly FieldError[]
  readonly status?: number
}

/** The queue of the address, or the one that a refused form was on. */
async function showQueue(
  exchange: Visit,
  pages: CaseworkPages,
  { errors, status = 400 }: Refusal = { errors: [], status: 200 },
): Promise<Answer> {
  const { casework, catalogue } = pages
  const actor = staffOf(exchange.actor)
  const query = queryOf(exchange, pages)
  const { order, after, filter } = query
  const queue = await casework.queue(actor, filter, { order, ...(after ? { after } : {}) })
  const model = queuePage(penOf(exchange, pages), {
    ...{ queue, query, errors, form: exchange.form, staff: actor.staff },
    today: berlinDay(exchange.now),
    languages: LANGUAGES.map(({ tag, ownName }) => ({ tag, ownName })),
    categories: categoriesOf(catalogue),
    unitCode: unitCodeOf(pages),
  })
  return page('queue', model, status)
}

function queryOf(
  { actor, now, query, form }: Visit,
  { catalogue }: Pick<CaseworkPages, 'catalogue'>,
): QueueQuery {
  const asked = form.get('query')
  return readQueueQuery(asked === null ? query : new URLSearchParams(asked), {
    ...{ catalogue, today: berlinDay(now), staff: staffOf(actor).staff },
    languages: LANGUAGES.map(({ tag }) => tag),
  })
}

async function showMine(exchange: Visit, pages: CaseworkPages): Promise<Answer> {
  const actor = staffOf(exchange.actor)
  const cases = await pages.casework.mine(actor)
  const today = berlinDay(exchange.now)
  return page('mine', minePage(penOf(exchange, pages), { cases, today, staff: actor.staff }))
}

async function showPassedOn(exchange: Visit, pages: CaseworkPages): Promise<Answer> {
  const cases = await pages.casework.passedOn(staffOf(exchange.actor))
  return page('paper', paperPage(penOf(exchange, pages), cases))
}

async function give(exchange: Visit, pages: CaseworkPages): Promise<Answer> {
  const actor = staffOf(exchange.actor)
  const chosen = readGiving(exchange.form, actor.staff)
  if (!chosen.ok) return showQueue(exchange, pages, { errors: chosen.refusal })
  const { cases, to } = chosen.value
  const { done, missed } = await pages.casework.give(actor, cases, to)
  const parts = { done: done.join('.'), missed: missed.join('.') }
  return { kind: 'redirect', to: exchange.urls.to('rectification.given', parts) }
}

async function showGiven(exchange: Visit, pages: CaseworkPages): Promise<Answer> {
  const actor = staffOf(exchange.actor)
  const listOf = async (name: string) =>
    pages.casework.byReference(actor, readReferences(exchange.query.get(name)))
  const given = { done: await listOf('done'), missed: await listOf('missed') }
  const reader = { staff: actor.staff, today: berlinDay(exchange.now) }
  return page('given', givenPage(penOf(exchange, pages), { ...given, ...reader }))
}

async function saveView(exchange: Visit, pages: CaseworkPages): Promise<Answer> {
  const actor = staffOf(exchange.actor)
  const name = readViewName(exchange.form)
  if (!name.ok) return showQueue(exchange, pages, { errors: name.refusal })
  const asked = askedAgain(queryOf(exchange, pages))
  const query = new URLSearchParams(asked).toString()
  try {
    await pages.casework.views.save(actor, { name: name.value, query })
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    const errors = [{ field: 'label', key: `rectification:refused.${error.problem}` }]
    return showQueue(exchange, pages, { errors, status: 409 })
  }
  return { kind: 'redirect', to: exchange.urls.to('rectification.queue', asked) }
}

async function dropView(exchange: Visit, pages: CaseworkPages): Promise<Answer> {
  const place = readViewPlace(exchange.form)
  if (place !== undefined) await pages.casework.views.drop(staffOf(exchange.actor), place)
  return { kind: 'redirect', to: exchange.urls.to('rectification.queue') }
}

async function showHandOver(
  exchange: Visit,
  pages: CaseworkPages,
  { errors, status = 400 }: Refusal = { errors: [], status: 200 },
): Promise<Answer> {
  const holders = await pages.casework.holders(staffOf(exchange.actor))
  const model = handOverPage(penOf(exchange, pages), {
    ...{ holders, errors, form: exchange.form, unitCode: unitCodeOf(pages) },
  })
  return page('step', model, status)
}

async function handOver(exchange: Visit, pages: CaseworkPages): Promise<Answer> {
  const { form, urls } = exchange
  const [from, to] = [form.get('from') ?? '', form.get('to') ?? '']
  if (!isUuid(from) || !isUuid(to) || from === to) {
    const errors = [{ field: 'to', key: 'rectification:problem.twoPeople' }]
    return showHandOver(exchange, pages, { errors })
  }
  const reason = readReason(form)
  try {
    const hands = { from, to, ...(reason === undefined ? {} : { reason }) }
    await pages.casework.handOver(staffOf(exchange.actor), hands)
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    if (error.problem === 'REASON') {
      const errors = [{ field: 'reason', key: 'rectification:refused.REASON' }]
      return showHandOver(exchange, pages, { errors })
    }
    // Whoever was suspended meanwhile takes nothing over, and nothing was handed over.
    const errors = [{ field: 'to', key: `rectification:refused.${error.problem}` }]
    return showHandOver(exchange, pages, { errors, status: 409 })
  }
  return { kind: 'redirect', to: urls.to('rectification.queue') }
}
