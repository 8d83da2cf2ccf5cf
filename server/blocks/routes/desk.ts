import type { Catalogue } from '../../catalogue/index.js'
import type { Actor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { StepRefused } from '../error.js'
import { DESK_WORDS, readDeskQuery, readDeskStep, readVersion, type DeskWord } from '../forms.js'
import { deskPage, openedPage } from '../pages/desk.js'
import { staffOf } from '../visit.js'
import { page, penOf, referenceOf, statusOf, type BlockPages } from './visit.js'

type Visit = Exchange<Actor>

/** Caseworkers decide what residents apply for; opening a block is a look that its person sees. */
export function blockDeskRoutes(pages: BlockPages): RouteSpec<Actor>[] {
  const atOne = {
    allow: ['caseworker'],
    disclosure: (exchange: Visit) =>
      pages.desk.looks(staffOf(exchange.actor), referenceOf(exchange)),
  } as const
  return [
    {
      name: 'blocks.desk',
      method: 'get',
      path: '/:lang/work/blocks',
      allow: ['caseworker'],
      disclosure: 'no-identity',
      menu: 'blocks:desk.menu',
      handle: (exchange) => showDesk(exchange, pages),
    },
    {
      ...atOne,
      name: 'blocks.opened',
      method: 'get',
      path: '/:lang/work/blocks/:reference',
      handle: (exchange) => showOpened(exchange, pages),
    },
    {
      ...atOne,
      name: 'blocks.decide',
      method: 'post',
      path: '/:lang/work/blocks/:reference/:word',
      keeps: 'blocks.opened',
      handle: (exchange) => decide(exchange, pages),
    },
  ]
}

async function showDesk(exchange: Visit, pages: BlockPages): Promise<Answer> {
  const query = readDeskQuery(exchange.query)
  const found = await pages.desk.list(staffOf(exchange.actor), query)
  const view = { page: found, query, today: pages.dayOf(exchange.now) }
  return page('desk', deskPage(penOf(exchange, pages), view))
}

async function showOpened(
  exchange: Visit,
  pages: BlockPages,
  { errors = [], refused = '' }: { errors?: readonly FieldError[]; refused?: string } = {},
): Promise<Answer> {
  const { actor, form, now } = exchange
  const facts = await pages.desk.open(staffOf(actor), referenceOf(exchange))
  const today = pages.dayOf(now)
  const view = { facts, form, errors, refused, today, outside: outsideOf(pages.catalogue) }
  return page('opened', openedPage(penOf(exchange, pages), view), statusOf({ errors, refused }))
}

async function decide(exchange: Visit, pages: BlockPages): Promise<Answer> {
  const { actor, form, urls, t, now } = exchange
  const reference = referenceOf(exchange)
  const word = wordOf(exchange)
  const staff = staffOf(actor)
  const { block } = await pages.desk.open(staff, reference)
  const outside = outsideOf(pages.catalogue)
  const step = readDeskStep(word, form, {
    kind: block.kind,
    today: pages.dayOf(now),
    isOutside: (code) => outside.some((party) => party.code === code),
  })
  if (!step.ok) return showOpened(exchange, pages, { errors: step.refusal })
  try {
    await pages.desk.step(staff, { reference, version: readVersion(form) }, step.value)
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    return showOpened(exchange, pages, { refused: t(`blocks:refused.${error.problem}`) })
  }
  return { kind: 'redirect', to: urls.to('blocks.opened', { reference }) }
}

/** Parties that a transmission block works against. */
function outsideOf({ parties }: Catalogue) {
  return parties.all.filter(({ level }) => level === 'non-state' || level === 'foreign')
}

function wordOf({ params }: Visit): DeskWord {
  const word = DESK_WORDS.find((one) => one === params['word'])
  if (word === undefined) throw new DomainError('NOT_FOUND')
  return word
}
