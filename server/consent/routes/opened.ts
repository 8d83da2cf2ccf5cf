import type { Actor } from '../../identity/actor.js'
import { GERMAN, languageOf } from '../../platform/http/languages.js'
import type { Answer, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { StepRefused } from '../error.js'
import { readRecord, readWithdrawal } from '../forms/desk.js'
import { askLetter, givenLetter, type LetterPen } from '../pages/letters.js'
import { askedOfPage, consentPage } from '../pages/opened.js'
import type { Content } from '../template.js'
import {
  around,
  officeRoute,
  page,
  penOf,
  referenceOf,
  staffOf,
  statusOf,
  tongueOf,
  type OfficePages,
  type Step,
  type Visit,
} from './office.js'

/** One asking or one consent: opening it is a look that its person sees. */
export function openedRoutes(pages: OfficePages): RouteSpec<Actor>[] {
  const route = (
    given: readonly ['get' | 'post', string, string],
    step: Step,
  ): RouteSpec<Actor> => ({
    ...officeRoute(pages, given, step),
    disclosure: (exchange) => pages.desk.looks(staffOf(exchange), referenceOf(exchange, pages)),
  })
  const one = '/:consent'
  const keeps = (spec: RouteSpec<Actor>) => ({ ...spec, keeps: 'consent.desk-opened' })
  return [
    route(['get', 'desk-opened', one], (exchange) => showOpened(exchange, pages)),
    route(['get', 'desk-letter', `${one}/letter.pdf`], letter),
    keeps(route(['post', 'desk-record', `${one}/record`], record)),
    keeps(route(['post', 'desk-withdraw', `${one}/withdraw`], withdraw)),
    route(['post', 'desk-call-off', `${one}/call-off`], callOff),
  ]
}

interface Shown {
  readonly errors?: readonly FieldError[]
  readonly refused?: string
}

async function showOpened(
  exchange: Visit,
  pages: OfficePages,
  { errors = [], refused = '' }: Shown = {},
): Promise<Answer> {
  const { form, now } = exchange
  const reference = referenceOf(exchange, pages)
  const [actor, pen, surroundings] = [
    staffOf(exchange),
    penOf(exchange, pages),
    around(exchange, pages),
  ]
  const typed = { form, errors, refused, now }
  const isAsk = (await pages.desk.sortOf(actor, reference)) === 'ask'
  const model = isAsk
    ? askedOfPage(pen, { ...typed, facts: await pages.desk.open(actor, reference) }, surroundings)
    : consentPage(
        pen,
        { ...typed, facts: await pages.desk.consent(actor, reference) },
        surroundings,
      )
  return page('desk-opened', model, statusOf({ errors, refused }))
}

const record: Step = async (exchange, pages) => {
  const { form, now } = exchange
  const actor = staffOf(exchange)
  const reference = referenceOf(exchange, pages)
  const { ask, content } = await pages.desk.open(actor, reference)
  const languages = Object.keys(content.wordings)
  const { minAge } = content
  const ground = { parts: ask.parts, languages, minAge, now, dayOf: pages.dayOf }
  const read = readRecord(form, ground)
  if (!read.ok) return showOpened(exchange, pages, { errors: read.refusal })
  return moving(exchange, pages, () => pages.desk.record(actor, reference, read.value))
}

const withdraw: Step = async (exchange, pages) => {
  const { form, now } = exchange
  const read = readWithdrawal(form, { now, dayOf: pages.dayOf, language: GERMAN.tag })
  if (!read.ok) return showOpened(exchange, pages, { errors: read.refusal })
  return moving(exchange, pages, () =>
    pages.desk.withdraw(staffOf(exchange), referenceOf(exchange, pages), read.value),
  )
}

const callOff: Step = (exchange, pages) =>
  moving(exchange, pages, () => pages.desk.callOff(staffOf(exchange), referenceOf(exchange, pages)))

/** Takes a step and shows what is there now; where it was refused, the page says why. */
async function moving(
  exchange: Visit,
  pages: OfficePages,
  work: () => Promise<void>,
): Promise<Answer> {
  const { t, urls } = exchange
  try {
    await work()
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    return showOpened(exchange, pages, { refused: t(`consent-desk:refused.${error.problem}`) })
  }
  const consent = referenceOf(exchange, pages)
  return { kind: 'redirect', to: urls.to('consent.desk-opened', { consent }) }
}

/** The letter that asks while nobody has answered, and the one that confirms while a yes holds. */
const letter: Step = async (exchange, pages) => {
  const actor = staffOf(exchange)
  const reference = referenceOf(exchange, pages)
  if ((await pages.desk.sortOf(actor, reference)) === 'ask') {
    const facts = await pages.desk.open(actor, reference)
    if (facts.ask.state !== 'open') throw new DomainError('NOT_FOUND')
    return pdfOf(
      await pages.draw(askLetter(penIn(exchange, pages, facts.content), facts)),
      reference,
    )
  }
  const facts = await pages.desk.consent(actor, reference)
  if (facts.consent.state !== 'given') throw new DomainError('NOT_FOUND')
  return pdfOf(
    await pages.draw(givenLetter(penIn(exchange, pages, facts.content), facts)),
    reference,
  )
}

/** The language that was chosen, where the template has words in it; else German alone. */
function penIn({ query }: Visit, pages: OfficePages, { wordings }: Content): LetterPen {
  const chosen = languageOf(query.get('language') ?? '') ?? GERMAN
  const language = wordings[chosen.tag] === undefined ? GERMAN : chosen
  return {
    ...{ german: tongueOf(GERMAN, pages), reader: tongueOf(language, pages) },
    ...{ catalogue: pages.catalogue, dayOf: pages.dayOf },
  }
}

function pdfOf(body: Buffer, reference: string): Answer {
  const headers = { 'Content-Disposition': `attachment; filename="mirat-${reference}.pdf"` }
  return { kind: 'bytes', body, type: 'application/pdf', headers }
}
