import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { StepRefused } from '../error.js'
import { DESK_WORDS, readDeskQuery, readDeskStep, readVersion, type DeskWord } from '../forms.js'
import { deskPage, openedPage } from '../pages/desk.js'
import { page, penOf, statusOf, type InquiryPages } from './visit.js'

type Visit = Exchange<Actor>

/** Data protection officers answer what residents ask; opening a question is a look that its person sees. */
export function inquiryDeskRoutes(pages: InquiryPages): RouteSpec<Actor>[] {
  const { desk } = pages
  const atOne = {
    allow: ['dpo'],
    disclosure: ({ actor, params }: Visit) =>
      desk.looks(actor as StaffActor, params['inquiry'] ?? ''),
  } as const
  return [
    {
      name: 'inquiries.desk',
      method: 'get',
      path: '/:lang/oversight/inquiries',
      allow: ['dpo'],
      disclosure: 'no-identity',
      menu: 'inquiries:desk.menu',
      handle: (exchange) => showDesk(exchange, pages),
    },
    {
      ...atOne,
      name: 'inquiries.opened',
      method: 'get',
      path: '/:lang/oversight/inquiries/:inquiry',
      handle: (exchange) => showOpened(exchange, pages),
    },
    {
      ...atOne,
      name: 'inquiries.act',
      method: 'post',
      path: '/:lang/oversight/inquiries/:inquiry/:word',
      keeps: 'inquiries.opened',
      handle: (exchange) => act(exchange, pages),
    },
  ]
}

async function showDesk(exchange: Visit, pages: InquiryPages): Promise<Answer> {
  const query = readDeskQuery(exchange.query)
  const found = await pages.desk.list(exchange.actor as StaffActor, query)
  const view = { page: found, query, today: pages.dayOf(exchange.now) }
  return page('desk', deskPage(penOf(exchange, pages), view))
}

async function showOpened(
  exchange: Visit,
  pages: InquiryPages,
  { errors = [], refused = '' }: { errors?: readonly FieldError[]; refused?: string } = {},
): Promise<Answer> {
  const { actor, form, now } = exchange
  const facts = await pages.desk.open(actor as StaffActor, referenceOf(exchange))
  const view = { facts, form, errors, refused, today: pages.dayOf(now) }
  return page('opened', openedPage(penOf(exchange, pages), view), statusOf({ errors, refused }))
}

async function act(exchange: Visit, pages: InquiryPages): Promise<Answer> {
  const { actor, form, urls, t } = exchange
  const reference = referenceOf(exchange)
  const step = readDeskStep(wordOf(exchange), form)
  if (!step.ok) return showOpened(exchange, pages, { errors: step.refusal })
  try {
    const asked = { reference, version: readVersion(form) }
    await pages.desk.step(actor as StaffActor, asked, step.value)
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    return showOpened(exchange, pages, { refused: t(`inquiries:refused.${error.problem}`) })
  }
  return { kind: 'redirect', to: urls.to('inquiries.opened', { inquiry: reference }) }
}

function referenceOf({ params }: Visit): string {
  return params['inquiry'] ?? ''
}

function wordOf({ params }: Visit): DeskWord {
  const word = DESK_WORDS.find((one) => one === params['word'])
  if (word === undefined) throw new DomainError('NOT_FOUND')
  return word
}
