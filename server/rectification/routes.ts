import type { Field } from '../catalogue/index.js'
import type { Actor, ResidentActor } from '../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../platform/http/route.js'
import type { FieldError } from '../platform/kernel/inputs.js'
import { StepRefused } from './error.js'
import { readFieldCode } from './forms.js'
import { readNeededWords } from './forms/words.js'
import { beforePage, newPage } from './pages/draft.js'
import { fileLinks } from './pages/files.js'
import { requestPage, requestsPage } from './pages/request.js'
import { isDelicate } from './rules.js'
import { save, showStep } from './routes/step.js'
import { page, penOf, referenceOf, type RectificationPages } from './routes/visit.js'
import { residentOf } from './visit.js'
import { nextStep } from './statement.js'
import { ZONE } from './zone.js'

type Visit = Exchange<Actor>
type Step = (exchange: Visit, pages: RectificationPages) => Promise<Answer>

/** Requests of residents: six pages to file one, its list, and one page for each (GDPR Article 16). */
export function rectificationRoutes(pages: RectificationPages): RouteSpec<Actor>[] {
  // A letter alone may be opened by somebody else: it files nothing (security.md).
  const route = (
    name: string,
    [method, path]: readonly ['get' | 'post', string],
    step: Step,
  ): RouteSpec<Actor> => ({
    name: `rectification.${name}`,
    method,
    path: `/:lang/me/requests${path}`,
    allow: ['resident'],
    assurance: 'counter',
    handle: (exchange) => step(exchange, pages),
  })
  const keeps = (spec: RouteSpec<Actor>, page: string) => ({
    ...spec,
    keeps: `rectification.${page}`,
  })
  return [
    { ...route('requests', ['get', ''], showRequests), menu: 'rectification:nav' },
    route('new', ['get', '/new'], (exchange, deps) => showNew(exchange, deps, [])),
    keeps(route('begin', ['post', '/new'], begin), 'new'),
    route('resume', ['get', '/drafts/:draft'], resume),
    route('before', ['get', '/drafts/:draft/before'], showBefore),
    route('step', ['get', '/drafts/:draft/:step'], (exchange, deps) => showStep(exchange, deps)),
    { ...keeps(route('save', ['post', '/drafts/:draft/:step'], save), 'step'), forgets: [ZONE] },
    route('file', ['post', '/drafts/:draft/check/file'], file),
    route('drop', ['post', '/drafts/:draft/check/drop'], drop),
    route('request', ['get', '/:reference'], (exchange, deps) => showRequest(exchange, deps)),
    keeps(route('answer', ['post', '/:reference/answer'], answer), 'request'),
    keeps(route('state', ['post', '/:reference/statement'], state), 'request'),
    route('withdraw', ['post', '/:reference/withdraw'], withdraw),
  ]
}

const showRequests: Step = async (exchange, pages) => {
  const actor = residentOf(exchange.actor)
  const { rectification } = pages
  const [requests, drafts] = await Promise.all([
    rectification.requests(actor),
    rectification.drafts(actor),
  ])
  return page('requests', requestsPage(penOf(exchange, pages), { requests, drafts }))
}

async function showNew(
  exchange: Visit,
  pages: RectificationPages,
  errors: readonly FieldError[],
): Promise<Answer> {
  const { query } = exchange
  const fields = await fieldsToChoose(exchange, pages)
  const asked = exchange.form.get('field') ?? query.get('field')
  const only = fields.length === 1 ? fields[0]?.code : undefined
  const form = new URLSearchParams({ field: asked ?? only ?? '' })
  const model = newPage(penOf(exchange, pages), { fields, form, errors })
  return page(
    'step',
    { progress: '', field: '', version: '', ...model },
    errors.length > 0 ? 400 : 200,
  )
}

/** The field that was asked for, those of an access, or else all that offices hold. */
async function fieldsToChoose(
  { actor, query }: Visit,
  { catalogue, fieldsOfAccess, fieldsHeld }: RectificationPages,
): Promise<readonly Field[]> {
  const resident = residentOf(actor)
  const asked = catalogue.fields.byCode(readFieldCode(query.get('field')) ?? '')
  if (asked !== undefined) return [asked]
  const entry = query.get('entry') ?? ''
  if (/^(0|[1-9]\d{0,14})$/.test(entry)) return fieldsOfAccess(resident, Number(entry))
  const held = await fieldsHeld(resident)
  return held.length > 0
    ? held
    : catalogue.fields.all.filter(({ register }) => register !== 'portal')
}

async function begin(exchange: Visit, pages: RectificationPages): Promise<Answer> {
  const { actor, form, language, urls } = exchange
  const field = pages.catalogue.fields.byCode(readFieldCode(form.get('field')) ?? '')
  if (field === undefined || field.residentVisibility === 'case_review') {
    return showNew(exchange, pages, [{ field: 'field', key: 'rectification:problem.choose' }])
  }
  const draft = await pages.rectification.begin(residentOf(actor), field, language.tag)
  const to = isDelicate(field)
    ? urls.to('rectification.before', { draft })
    : urls.to('rectification.step', { draft, step: 'kind' })
  return { kind: 'redirect', to }
}

const resume: Step = async ({ actor, params, urls }, { rectification }) => {
  const { id, statement } = await rectification.draft(residentOf(actor), params['draft'] ?? '')
  const step = nextStep(statement)
  return { kind: 'redirect', to: urls.to('rectification.step', { draft: id, step }) }
}

const showBefore: Step = async (exchange, pages) => {
  const { actor, params } = exchange
  const draft = await pages.rectification.draft(residentOf(actor), params['draft'] ?? '')
  return page('before', beforePage(penOf(exchange, pages), draft, pages.counselling(exchange.t)))
}

async function file(exchange: Visit, pages: RectificationPages): Promise<Answer> {
  const { actor, params, urls } = exchange
  const id = params['draft'] ?? ''
  try {
    const reference = await pages.rectification.file(residentOf(actor), id)
    return { kind: 'redirect', to: urls.to('rectification.request', { reference }) }
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    const { problem, params: numbers } = error
    const errors = [{ field: 'main', key: `rectification:refused.${problem}`, params: numbers }]
    const check = { ...exchange, params: { ...params, step: 'check' } }
    return showStep(check, pages, { errors, isStale: true })
  }
}

const drop: Step = async ({ actor, params, urls }, { rectification }) => {
  await rectification.drop(residentOf(actor), params['draft'] ?? '')
  return { kind: 'redirect', to: urls.to('rectification.requests') }
}

async function showRequest(
  exchange: Visit,
  pages: RectificationPages,
  { errors = [], refused = '' }: { errors?: readonly FieldError[]; refused?: string } = {},
): Promise<Answer> {
  const { actor, form, now } = exchange
  const resident = residentOf(actor)
  const reference = referenceOf(exchange)
  const facts = await pages.rectification.request(resident, reference)
  const pen = penOf(exchange, pages)
  const files = fileLinks(pen, await pages.evidence.ofRequest(resident, reference), (file) =>
    exchange.urls.to('rectification.own-file', { reference, file }),
  )
  const model = requestPage(pen, facts, {
    ...{ form, errors, now, refused },
    coverage: pages.catalogue,
  })
  return page('request', { ...model, files }, refused !== '' ? 409 : errors.length > 0 ? 400 : 200)
}

async function answer(exchange: Visit, pages: RectificationPages): Promise<Answer> {
  const words = readNeededWords(exchange.form, 'answer')
  if (!words.ok) return showRequest(exchange, pages, { errors: words.refusal })
  return acting(exchange, pages, (actor, reference) =>
    pages.rectification.answer(actor, reference, words.value),
  )
}

async function state(exchange: Visit, pages: RectificationPages): Promise<Answer> {
  const words = readNeededWords(exchange.form, 'state')
  if (!words.ok) return showRequest(exchange, pages, { errors: words.refusal })
  return acting(exchange, pages, (actor, reference) =>
    pages.rectification.state(actor, reference, words.value),
  )
}

const withdraw: Step = (exchange, pages) =>
  acting(exchange, pages, (actor, reference) => pages.rectification.withdraw(actor, reference))

/** Does something about a request and shows it; where it has moved on, the page says so. */
async function acting(
  exchange: Visit,
  pages: RectificationPages,
  work: (actor: ResidentActor, reference: string) => Promise<void>,
): Promise<Answer> {
  const reference = referenceOf(exchange)
  try {
    await work(residentOf(exchange.actor), reference)
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    const key = `rectification:refused.${error.problem}`
    // What is too much for its input stays there, to be shortened.
    const { params } = error
    if (error.problem === 'ENOUGH_STATED') {
      return showRequest(exchange, pages, { errors: [{ field: 'state', key, params }] })
    }
    return showRequest(exchange, pages, { refused: exchange.t(key) })
  }
  return { kind: 'redirect', to: exchange.urls.to('rectification.request', { reference }) }
}
