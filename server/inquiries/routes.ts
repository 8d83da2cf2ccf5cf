import type { Actor, ResidentActor } from '../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../platform/http/route.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { FieldError } from '../platform/kernel/inputs.js'
import { StepRefused } from './error.js'
import { readIndex, readQuestion } from './forms.js'
import { askLinks, askPage, type AskLink } from './pages/ask.js'
import { inquiryPage, listPage } from './pages/own.js'
import { page, penOf, statusOf, type InquiryPages } from './routes/visit.js'
import { residentOf } from './visit.js'

type Visit = Exchange<Actor>
type Step = (exchange: Visit, pages: InquiryPages) => Promise<Answer>

/** Residents ask about an access, and read what came of it. */
export function inquiryRoutes(pages: InquiryPages): RouteSpec<Actor>[] {
  // A letter alone may be opened by somebody else: it asks nothing (security.md).
  const route = (
    name: string,
    [method, path]: readonly ['get' | 'post', string],
    step: Step,
  ): RouteSpec<Actor> => ({
    name: `inquiries.${name}`,
    method,
    path: `/:lang/me${path}`,
    allow: ['resident'],
    assurance: 'counter',
    handle: (exchange) => step(exchange, pages),
  })
  return [
    {
      ...route('list', ['get', '/inquiries'], showList),
      ...{ menu: 'inquiries:nav', menuUnder: 'overview.accesses' },
    },
    route('new', ['get', '/accesses/:entry/ask'], (exchange) => showAsk(exchange, pages)),
    { ...route('ask', ['post', '/accesses/:entry/ask'], ask), keeps: 'inquiries.new' },
    route('inquiry', ['get', '/inquiries/:inquiry'], (exchange) => showOne(exchange, pages)),
    route('withdraw', ['post', '/inquiries/:inquiry/withdraw'], ending('withdraw')),
    route('close', ['post', '/inquiries/:inquiry/close'], ending('close')),
  ]
}

/** What stands on the page of an access of the person: questions that there are, and ways to ask. */
export function askingFrom({
  inquiries,
}: Pick<InquiryPages, 'inquiries'>): (
  exchange: Visit,
  entry: number,
) => Promise<{ readonly title: string; readonly links: readonly AskLink[] } | undefined> {
  return async ({ actor, t, urls }, entry) => {
    const resident = residentOf(actor)
    if (resident.assurance === 'letter') return undefined
    const known = await inquiries.on(resident, entry)
    return { title: t('inquiries:link.title'), links: askLinks({ t, urls }, { entry, known }) }
  }
}

const showList: Step = async (exchange, pages) => {
  const all = await pages.inquiries.list(residentOf(exchange.actor))
  return page('list', listPage(penOf(exchange, pages), all))
}

/** The form; an access whose question still waits leads to that question. */
async function showAsk(
  exchange: Visit,
  pages: InquiryPages,
  { errors = [], refused = '' }: { errors?: readonly FieldError[]; refused?: string } = {},
): Promise<Answer> {
  const { actor, urls, form, query } = exchange
  const facts = await pages.inquiries.about(residentOf(actor), indexOf(exchange))
  if (facts.open !== undefined) {
    return {
      kind: 'redirect',
      to: urls.to('inquiries.inquiry', { inquiry: facts.open.reference }),
    }
  }
  const typed = new URLSearchParams(form)
  const kind = query.get('kind')
  if (!typed.has('kind') && kind !== null) typed.set('kind', kind)
  const model = askPage(penOf(exchange, pages), facts, { form: typed, errors, refused })
  return page('ask', model, statusOf({ errors, refused }))
}

async function ask(exchange: Visit, pages: InquiryPages): Promise<Answer> {
  const { actor, form, urls, t } = exchange
  const index = indexOf(exchange)
  const question = readQuestion(form)
  if (!question.ok) return showAsk(exchange, pages, { errors: question.refusal })
  try {
    const asked = { index, question: question.value }
    const inquiry = await pages.inquiries.ask(residentOf(actor), asked)
    return { kind: 'redirect', to: urls.to('inquiries.inquiry', { inquiry }) }
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    return showAsk(exchange, pages, { refused: t(`inquiries:refused.${error.problem}`) })
  }
}

async function showOne(exchange: Visit, pages: InquiryPages, refused = ''): Promise<Answer> {
  const { actor, now } = exchange
  const facts = await pages.inquiries.inquiry(residentOf(actor), referenceOf(exchange))
  const { dayOf } = pages
  const askedOn = dayOf(facts.entry?.occurredAt ?? facts.inquiry.askedAt)
  const view = { facts, askedOn, today: dayOf(now), refused }
  const model = inquiryPage(penOf(exchange, pages), view)
  return page('inquiry', model, statusOf({ errors: [], refused }))
}

/** Ends an inquiry and shows it; where it has moved on, the page says so. */
function ending(word: 'withdraw' | 'close'): Step {
  return async (exchange, pages) => {
    const { actor, urls, t } = exchange
    const inquiry = referenceOf(exchange)
    const resident: ResidentActor = residentOf(actor)
    try {
      await pages.inquiries[word](resident, inquiry)
    } catch (error) {
      if (!(error instanceof StepRefused)) throw error
      return showOne(exchange, pages, t(`inquiries:refused.${error.problem}`))
    }
    return { kind: 'redirect', to: urls.to('inquiries.inquiry', { inquiry }) }
  }
}

function referenceOf({ params }: Pick<Visit, 'params'>): string {
  return params['inquiry'] ?? ''
}

/** What is no leaf index and what is nobody's own look alike. */
function indexOf({ params }: Pick<Visit, 'params'>): number {
  const index = readIndex(params['entry'])
  if (index === undefined) throw new DomainError('NOT_FOUND')
  return index
}
