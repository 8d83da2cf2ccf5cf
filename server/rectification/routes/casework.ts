import type { Actor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { StepRefused } from '../error.js'
import { readVersion } from '../forms.js'
import { readStaffStep, STEP_WORDS, type StepWord } from '../forms/step.js'
import { fileLinks } from '../pages/files.js'
import { casePage, reasonPage } from '../pages/case.js'
import type { CaseFacts } from '../casework.js'
import { previewLetter } from '../pages/preview.js'
import { mayBeWrittenTo } from '../telling.js'
import { toldLetter } from '../pages/told-letter.js'
import { isToPrint } from '../recipients.js'
import { pdfOf } from './attached.js'
import { lookOf, penFor, staffOf, unitCodeOf, type CaseworkPages } from './desk.js'
import { page, penOf, referenceOf } from './visit.js'
import { officesToPassOn } from '../routing.js'

type Visit = Exchange<Actor>

/** Steps after which the case is nothing of theirs any more: a partner has answered, others took over. */
const LEADS_AWAY: readonly StepWord[] = ['pass', 'release', 'confirm', 'return']

/** Cases: opening one is a look that its person sees. */
export function caseRoutes(pages: CaseworkPages): RouteSpec<Actor>[] {
  const atCase = {
    allow: ['caseworker'],
    disclosure: (exchange: Visit) => lookOf(exchange, pages),
  } as const
  return [
    {
      ...atCase,
      name: 'rectification.case',
      method: 'get',
      path: '/:lang/work/cases/:reference',
      handle: (exchange) => showCase(exchange, pages),
    },
    {
      ...atCase,
      name: 'rectification.told',
      method: 'post',
      path: '/:lang/work/cases/:reference/told',
      handle: (exchange) => told(exchange, pages),
    },
    {
      ...atCase,
      name: 'rectification.told-letter',
      method: 'get',
      path: '/:lang/work/cases/:reference/told/:party/letter.pdf',
      handle: (exchange) => letterToRecipient(exchange, pages),
    },
    {
      ...atCase,
      name: 'rectification.preview',
      method: 'post',
      path: '/:lang/work/cases/:reference/preview',
      handle: (exchange) => preview(exchange, pages),
    },
    {
      ...atCase,
      name: 'rectification.work',
      method: 'post',
      path: '/:lang/work/cases/:reference/:word',
      keeps: 'rectification.case',
      handle: (exchange) => work(exchange, pages),
    },
  ]
}

async function showCase(
  exchange: Visit,
  pages: CaseworkPages,
  { errors = [], refused = '' }: { errors?: readonly FieldError[]; refused?: string } = {},
): Promise<Answer> {
  const { casework, catalogue } = pages
  const actor = staffOf(exchange.actor)
  const reference = referenceOf(exchange)
  const { form, now } = exchange
  const pen = penOf(exchange, pages)
  const status = refused !== '' ? 409 : errors.length > 0 ? 400 : 200
  const opening = await casework.opening(actor, reference)
  if (opening.kind === 'reason') {
    return page('step', reasonPage(pen, { reference, form, errors }), status)
  }
  const facts = await casework.open(actor, reference)
  const offices = officesToPassOn(facts.field, { from: facts.own.id, parties: catalogue.parties })
  const view = { facts, form, errors, now, refused, offices, unitCode: unitCodeOf(pages) }
  const files = fileLinks(pen, await pages.evidence.ofCase(actor, reference), (file) =>
    exchange.urls.to('rectification.case-file', { reference, file }),
  )
  return page('case', { ...casePage(pen, view), files }, status)
}

async function work(exchange: Visit, pages: CaseworkPages): Promise<Answer> {
  const { form, urls, t } = exchange
  const actor = staffOf(exchange.actor)
  const reference = referenceOf(exchange)
  const word = wordOf(exchange)
  try {
    const step = await readStep(exchange, pages, word)
    if (!step.ok) return await showCase(exchange, pages, { errors: step.refusal })
    const version = word === 'open' ? await versionOf(exchange, pages) : readVersion(form)
    await pages.casework.step(actor, { reference, version }, step.value)
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    return showCase(exchange, pages, { refused: t(`rectification:refused.${error.problem}`) })
  }
  const to = LEADS_AWAY.includes(word)
    ? urls.to('rectification.queue')
    : urls.to('rectification.case', { reference })
  return { kind: 'redirect', to }
}

/** Notes that a recipient was told on paper. */
async function told(exchange: Visit, pages: CaseworkPages): Promise<Answer> {
  const { form, urls, t } = exchange
  const reference = referenceOf(exchange)
  const office = pages.catalogue.parties.byCode(form.get('office') ?? '')
  if (office === undefined) {
    const errors = [{ field: 'told', key: 'rectification:problem.choose' }]
    return showCase(exchange, pages, { errors })
  }
  try {
    await pages.casework.printed(staffOf(exchange.actor), { reference, office: office.id })
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    return showCase(exchange, pages, { refused: t(`rectification:refused.${error.problem}`) })
  }
  return { kind: 'redirect', to: urls.to('rectification.case', { reference }) }
}

/** The letter that a recipient is told with, as long as somebody has to print one. */
async function letterToRecipient(exchange: Visit, pages: CaseworkPages): Promise<Answer> {
  const facts = await factsOf(exchange, pages)
  const to = facts.recipients.find(({ office }) => office.code === exchange.params['party'])
  const isWanted =
    to !== undefined && !to.isOwn && isToPrint(to.state) && mayBeWrittenTo(to, facts.block)
  if (!isWanted || facts.request.decidedAt === undefined) throw new DomainError('NOT_FOUND')
  const letter = toldLetter(penOf(exchange, pages), facts, to)
  return pdfOf(pages, letter, `mirat-${facts.request.reference}-${to.office.code}.pdf`)
}

/** The letter of what a form holds: a download, so that the page keeps what was typed. */
async function preview(exchange: Visit, pages: CaseworkPages): Promise<Answer> {
  const facts = await factsOf(exchange, pages)
  const step = await readStep(exchange, pages, 'decide')
  if (!step.ok) return showCase(exchange, pages, { errors: step.refusal })
  const mayDecide = facts.mayDo.includes('decided') && facts.statement !== undefined
  if (!mayDecide || step.value.event !== 'decided') {
    return showCase(exchange, pages, { refused: exchange.t('rectification:refused.NOT_NOW') })
  }
  const { outcome, text } = step.value
  const pen = penFor(exchange, pages, facts.request.language)
  const letter = previewLetter(pen, facts, { outcome, text, now: exchange.now })
  return pdfOf(pages, letter, `mirat-${facts.request.reference}-preview.pdf`)
}

/** A case, once its reason was given where one is wanted; before that there is nothing (NOT_FOUND). */
async function factsOf(exchange: Visit, { casework }: CaseworkPages): Promise<CaseFacts> {
  const [actor, reference] = [staffOf(exchange.actor), referenceOf(exchange)]
  const { kind } = await casework.opening(actor, reference)
  if (kind === 'reason') throw new DomainError('NOT_FOUND')
  return casework.open(actor, reference)
}

/**
 * Before a reason is given nothing of the case is known, and nothing of it is needed to read one: what is
 * wrong with any other form would tell what the person states, without a look in their log.
 */
async function readStep(exchange: Visit, { casework, catalogue }: CaseworkPages, word: StepWord) {
  const { parties } = catalogue
  const [actor, reference] = [staffOf(exchange.actor), referenceOf(exchange)]
  const { kind } = await casework.opening(actor, reference)
  if (kind === 'reason' && word !== 'open') throw new StepRefused('NOT_YOURS')
  const facts = await casework.terms(actor, reference)
  return readStaffStep(word, exchange.form, { ...facts, parties })
}

async function versionOf(exchange: Visit, { casework }: CaseworkPages): Promise<number> {
  return (await casework.terms(staffOf(exchange.actor), referenceOf(exchange))).version
}

function wordOf({ params }: Visit): StepWord {
  const word = STEP_WORDS.find((one) => one === params['word'])
  if (word === undefined) throw new DomainError('NOT_FOUND')
  return word
}
