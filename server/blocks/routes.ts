import type { Actor } from '../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../platform/http/route.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { FieldError } from '../platform/kernel/inputs.js'
import { STEPS } from './questions.js'
import { StepRefused } from './error.js'
import { OWN_WORDS, readKind, readOwnStep } from './forms.js'
import { applicationLetter } from './pages/letter.js'
import { listPage } from './pages/list.js'
import { blockPage, needsLetter } from './pages/own.js'
import { page, penOf, referenceOf, statusOf, type BlockPages } from './routes/visit.js'
import { residentOf } from './visit.js'

type Visit = Exchange<Actor>
type Step = (exchange: Visit, pages: BlockPages) => Promise<Answer>

/** Residents block, restrict and object, read where it stands, and lift it again. */
export function blockRoutes(pages: BlockPages): RouteSpec<Actor>[] {
  // A letter alone may be opened by somebody else: it blocks nothing and tells of no danger (security.md).
  const route = (
    name: string,
    [method, path]: readonly ['get' | 'post', string],
    step: Step,
  ): RouteSpec<Actor> => ({
    name: `blocks.${name}`,
    method,
    path: `/:lang/me/blocks${path}`,
    allow: ['resident'],
    assurance: 'counter',
    handle: (exchange) => step(exchange, pages),
  })
  return [
    {
      ...route('list', ['get', ''], (exchange) => showList(exchange, pages)),
      menu: 'blocks:nav',
    },
    { ...route('begin', ['post', ''], begin), keeps: 'blocks.list' },
    route('block', ['get', '/:reference'], (exchange) => showOne(exchange, pages)),
    route('letter', ['get', '/:reference/letter.pdf'], sendLetter),
    { ...route('act', ['post', '/:reference/:word'], act), keeps: 'blocks.block' },
  ]
}

async function showList(
  exchange: Visit,
  pages: BlockPages,
  { problem = '', refused = '' }: { problem?: string; refused?: string } = {},
): Promise<Answer> {
  const all = await pages.blocks.list(residentOf(exchange.actor))
  const model = listPage(penOf(exchange, pages), { all, problem, refused })
  return page('list', model, statusOf({ errors: problem === '' ? [] : [problem], refused }))
}

const begin: Step = async (exchange, pages) => {
  const { actor, form, urls, t } = exchange
  const kind = readKind(form.get('kind'))
  if (kind === undefined) return showList(exchange, pages, { problem: t('blocks:problem.choose') })
  try {
    const draft = await pages.blocks.begin(residentOf(actor), kind)
    return { kind: 'redirect', to: urls.to('blocks.draft', { draft, step: STEPS[kind][0] }) }
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    return showList(exchange, pages, { refused: t(`blocks:refused.${error.problem}`) })
  }
}

async function showOne(
  exchange: Visit,
  pages: BlockPages,
  { errors = [], refused = '' }: { errors?: readonly FieldError[]; refused?: string } = {},
): Promise<Answer> {
  const { actor, form, now } = exchange
  const facts = await pages.blocks.block(residentOf(actor), referenceOf(exchange))
  const view = { facts, form, errors, refused, today: pages.dayOf(now) }
  return page('block', blockPage(penOf(exchange, pages), view), statusOf({ errors, refused }))
}

const act: Step = async (exchange, pages) => {
  const { actor, form, urls, t, params } = exchange
  const reference = referenceOf(exchange)
  const word = OWN_WORDS.find((one) => one === params['word'])
  if (word === undefined) throw new DomainError('NOT_FOUND')
  const step = readOwnStep(word, form)
  if (!step.ok) return showOne(exchange, pages, { errors: step.refusal })
  try {
    await pages.blocks.step(residentOf(actor), { reference, step: step.value })
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    return showOne(exchange, pages, { refused: t(`blocks:refused.${error.problem}`) })
  }
  return { kind: 'redirect', to: urls.to('blocks.block', { reference }) }
}

/** The letter to sign, under a name that tells of nobody and nothing. */
const sendLetter: Step = async (exchange, pages) => {
  const facts = await pages.blocks.block(residentOf(exchange.actor), referenceOf(exchange))
  if (!needsLetter(facts)) throw new DomainError('NOT_FOUND')
  const { block } = facts
  const filedOn = pages.dayOf(block.filedAt ?? block.savedAt)
  const body = await pages.draw(applicationLetter(penOf(exchange, pages), facts, filedOn))
  const headers = { 'Content-Disposition': `attachment; filename="mirat-${block.reference}.pdf"` }
  return { kind: 'bytes', body, type: 'application/pdf', headers }
}
