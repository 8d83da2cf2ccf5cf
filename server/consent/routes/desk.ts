import type { Actor } from '../../identity/actor.js'
import type { Answer, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { isUuid } from '../../platform/kernel/ids.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { readDeskQuery, readWantedAsk } from '../forms/desk.js'
import { problem } from '../forms/words.js'
import { askedPage, askPage, choosePage, findPage, listPage } from '../pages/desk.js'
import { partsOf } from '../template.js'
import {
  around,
  officeOf,
  officeRoute,
  page,
  penOf,
  referenceOf,
  staffOf,
  type OfficePages,
  type Step,
  type Visit,
} from './office.js'

/** What an office asked, asking somebody, and finding what a code on a letter names. */
export function consentDeskRoutes(pages: OfficePages): RouteSpec<Actor>[] {
  return [
    { ...officeRoute(pages, ['get', 'desk', ''], showList), menu: 'consent-desk:list.menu' },
    officeRoute(pages, ['get', 'desk-ask', '/ask'], (exchange) => showAsk(exchange, pages)),
    // Never kept: the form holds the number of a person.
    officeRoute(pages, ['post', 'desk-asks', '/ask'], ask),
    officeRoute(pages, ['get', 'desk-asked', '/ask/:consent'], showAsked),
    officeRoute(pages, ['get', 'desk-find', '/find'], (exchange) => showFind(exchange, pages)),
    officeRoute(pages, ['post', 'desk-finds', '/find'], find),
  ]
}

const showList: Step = async (exchange, pages) => {
  const query = readDeskQuery(exchange.query)
  const found = await pages.desk.list(staffOf(exchange), query)
  const view = { page: found, query, now: exchange.now }
  return page('desk', listPage(penOf(exchange, pages), view))
}

async function showAsk(
  exchange: Visit,
  pages: OfficePages,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { form, query } = exchange
  const pen = penOf(exchange, pages)
  const templates = await pages.desk.templates(staffOf(exchange))
  const wanted = form.get('template') ?? query.get('template')
  const version = templates.find(({ template }) => template === wanted)
  if (version === undefined) return page('desk-choose', choosePage(pen, templates))
  const model = askPage(pen, { version, form, errors }, around(exchange, pages))
  return page('desk-ask', model, errors.length > 0 ? 400 : 200)
}

/** A number that nobody has here is answered as one that somebody has: it is a keyed subject like any other. */
async function ask(exchange: Visit, pages: OfficePages): Promise<Answer> {
  const { form, urls } = exchange
  const actor = staffOf(exchange)
  const template = form.get('template') ?? ''
  const templates = await pages.desk.templates(actor)
  const version = templates.find((one) => one.template === template)
  if (!isUuid(template) || version === undefined) throw new DomainError('NOT_FOUND')
  const ground = { office: officeOf(exchange, pages).code, parts: partsOf(version.content) }
  const wanted = readWantedAsk(form, ground)
  if (!wanted.ok) return showAsk(exchange, pages, wanted.refusal)
  const { number, parts } = wanted.value
  const subject = pages.subjectOf(number)
  if (subject === undefined) return showAsk(exchange, pages, [problem('number', 'number')])
  const reference = await pages.desk.ask(actor, { subject, template, parts })
  return { kind: 'redirect', to: urls.to('consent.desk-asked', { consent: reference }) }
}

const showAsked: Step = async (exchange, pages) => {
  const reference = referenceOf(exchange, pages)
  if ((await pages.desk.sortOf(staffOf(exchange), reference)) !== 'ask') {
    throw new DomainError('NOT_FOUND')
  }
  return page('desk-asked', askedPage(penOf(exchange, pages), reference))
}

function showFind(
  exchange: Visit,
  pages: OfficePages,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const model = findPage(penOf(exchange, pages), { form: exchange.form, errors })
  return Promise.resolve(page('desk-find', model, errors.length > 0 ? 400 : 200))
}

/** What another office asked and what nobody asked are answered alike. */
const find: Step = async (exchange, pages) => {
  const { form, urls } = exchange
  const reference = pages.references.typed((form.get('code') ?? '').slice(0, MOST_TYPED))
  const sort =
    reference === undefined ? 'nothing' : await pages.desk.sortOf(staffOf(exchange), reference)
  if (reference === undefined || sort === 'nothing') {
    return showFind(exchange, pages, [problem('code', 'code')])
  }
  return { kind: 'redirect', to: urls.to('consent.desk-opened', { consent: reference }) }
}

const MOST_TYPED = 40
