import type { Actor } from '../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../platform/http/route.js'
import type { FieldError } from '../platform/kernel/inputs.js'
import { StepRefused } from './error.js'
import { readAnswer } from './forms.js'
import { askPage } from './pages/ask.js'
import { consentPage } from './pages/consent.js'
import { permissionsPage } from './pages/permissions.js'
import { page, penOf, type ConsentPages } from './routes/visit.js'
import { residentOf } from './visit.js'

type Visit = Exchange<Actor>
type Step = (exchange: Visit, pages: ConsentPages) => Promise<Answer>

const AT = '/:lang/me/permissions'
const ASKED = `${AT}/asked/:asking`

/** Residents read what they allowed, answer what they are asked, and stop what they allowed. */
export function consentRoutes(pages: ConsentPages): RouteSpec<Actor>[] {
  // A letter alone may be opened by somebody else: it neither gives nor withdraws (security.md).
  const route = (
    name: string,
    [method, path]: readonly ['get' | 'post', string],
    step: Step,
  ): RouteSpec<Actor> => ({
    name: `consent.${name}`,
    method,
    path,
    allow: ['resident'],
    assurance: 'counter',
    handle: (exchange) => step(exchange, pages),
  })
  return [
    { ...route('permissions', ['get', AT], showAll), menu: 'consent:nav' },
    route('ask', ['get', ASKED], (exchange) => showAsk(exchange, pages)),
    { ...route('answer', ['post', ASKED], answer), keeps: 'consent.ask' },
    route('wish', ['post', `${ASKED}/interpreter`], wish),
    route('consent', ['get', `${AT}/:permission`], (exchange) => showOne(exchange, pages)),
    route('withdraw', ['post', `${AT}/:permission/stop`], withdraw),
  ]
}

const showAll: Step = async (exchange, pages) => {
  const resident = residentOf(exchange.actor)
  const { consents, heldOf } = pages
  const [asked, unanswered, answered, held] = [
    await consents.asked(resident),
    await consents.unanswered(resident),
    await consents.list(resident),
    await heldOf(resident),
  ]
  const shown = { asked, unanswered, answered, held }
  return page('permissions', permissionsPage(penOf(exchange, pages), shown))
}

async function showAsk(
  exchange: Visit,
  pages: ConsentPages,
  { errors = [], refused = '' }: { errors?: readonly FieldError[]; refused?: string } = {},
): Promise<Answer> {
  const { actor, form, now } = exchange
  const facts = await pages.consents.ask(residentOf(actor), referenceOf(exchange))
  const model = askPage(penOf(exchange, pages), { facts, form, errors, refused, now })
  return page('ask', model, statusOf({ errors, refused }))
}

async function answer(exchange: Visit, pages: ConsentPages): Promise<Answer> {
  const { actor, form, language, urls } = exchange
  const [resident, reference] = [residentOf(actor), referenceOf(exchange)]
  const { ask, content } = await pages.consents.ask(resident, reference)
  const read = readAnswer(form, { parts: ask.parts, minAge: content.minAge })
  if (!read.ok) return showAsk(exchange, pages, { errors: read.refusal })
  try {
    await pages.consents.answer(resident, reference, { ...read.value, language: language.tag })
  } catch (error) {
    return showAsk(exchange, pages, { refused: refusalOf(exchange, error) })
  }
  return { kind: 'redirect', to: urls.to('consent.ask', { asking: reference }) }
}

async function wish(exchange: Visit, pages: ConsentPages): Promise<Answer> {
  const { actor, urls } = exchange
  const reference = referenceOf(exchange)
  try {
    await pages.consents.wish(residentOf(actor), reference)
  } catch (error) {
    return showAsk(exchange, pages, { refused: refusalOf(exchange, error) })
  }
  return { kind: 'redirect', to: urls.to('consent.ask', { asking: reference }) }
}

async function showOne(exchange: Visit, pages: ConsentPages, refused = ''): Promise<Answer> {
  const facts = await pages.consents.consent(residentOf(exchange.actor), referenceOf(exchange))
  const model = consentPage(penOf(exchange, pages), { facts, refused })
  return page('consent', model, statusOf({ errors: [], refused }))
}

/** One step from the list as from the page of the consent, and no reason (GDPR Article 7 (3)). */
async function withdraw(exchange: Visit, pages: ConsentPages): Promise<Answer> {
  const { actor, urls } = exchange
  const reference = referenceOf(exchange)
  try {
    await pages.consents.withdraw(residentOf(actor), reference)
  } catch (error) {
    return showOne(exchange, pages, refusalOf(exchange, error))
  }
  return { kind: 'redirect', to: urls.to('consent.consent', { permission: reference }) }
}

/** Why a step was refused, in the reader's words; every other fault goes on. */
function refusalOf({ t }: Pick<Visit, 't'>, error: unknown): string {
  if (error instanceof StepRefused) return t(`consent:refused.${error.problem}`)
  throw error
}

function statusOf(parts: { errors: readonly unknown[]; refused: string }): number {
  if (parts.refused !== '') return 409
  return parts.errors.length > 0 ? 400 : 200
}

function referenceOf({ params }: Visit): string {
  return params['asking'] ?? params['permission'] ?? ''
}
