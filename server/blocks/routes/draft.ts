import type { Actor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { isUuid } from '../../platform/kernel/ids.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import type { DraftFacts } from '../drafting.js'
import { STEPS, type Step } from '../questions.js'
import { StepRefused } from '../error.js'
import { readChange } from '../forms.js'
import { checkPage, draftPage } from '../pages/draft.js'
import { residentOf } from '../visit.js'
import { page, penOf, statusOf, type BlockPages } from './visit.js'

type Visit = Exchange<Actor>
interface Wrong {
  readonly errors?: readonly FieldError[]
  readonly refused?: string
}

/** The form, one thing on each page, each saved. */
export function draftRoutes(pages: BlockPages): RouteSpec<Actor>[] {
  const route = (
    name: string,
    [method, path]: readonly ['get' | 'post', string],
    step: (exchange: Visit) => Promise<Answer>,
  ): RouteSpec<Actor> => ({
    name: `blocks.${name}`,
    method,
    path: `/:lang/me/blocks/drafts/:draft${path}`,
    allow: ['resident'],
    assurance: 'counter',
    handle: step,
  })
  return [
    route('draft', ['get', '/:step'], (exchange) => show(exchange, pages)),
    {
      ...route('save', ['post', '/:step'], (exchange) => save(exchange, pages)),
      keeps: 'blocks.draft',
    },
    route('file', ['post', '/check/file'], (exchange) => file(exchange, pages)),
    route('drop', ['post', '/check/drop'], async ({ actor, params, urls }) => {
      await pages.blocks.drop(residentOf(actor), idOf(params))
      return { kind: 'redirect', to: urls.to('blocks.list') }
    }),
  ]
}

async function show(
  exchange: Visit,
  pages: BlockPages,
  { errors = [], refused = '' }: Wrong = {},
): Promise<Answer> {
  const { actor, form, params } = exchange
  const resident = residentOf(actor)
  const facts = await pages.blocks.draft(resident, idOf(params))
  const step = stepOf(facts, params)
  const pen = penOf(exchange, pages)
  const status = statusOf({ errors, refused })
  if (step === 'check') {
    const isSigned = resident.assurance === 'high'
    return page('check', checkPage(pen, { facts, refused, isSigned }), status)
  }
  return page('draft', draftPage(pen, { facts, step, form, errors, refused }), status)
}

async function save(exchange: Visit, pages: BlockPages): Promise<Answer> {
  const { actor, form, params, urls } = exchange
  const id = idOf(params)
  const facts = await pages.blocks.draft(residentOf(actor), id)
  const step = stepOf(facts, params)
  if (step === 'check') throw new DomainError('NOT_FOUND')
  const { kind } = facts.draft
  const change = readChange(kind, step, form)
  if (!change.ok) return show(exchange, pages, { errors: change.refusal })
  await pages.blocks.save(residentOf(actor), { id, change: change.value })
  const steps: readonly Step[] = STEPS[kind]
  const next = steps[steps.indexOf(step) + 1] ?? 'check'
  return { kind: 'redirect', to: urls.to('blocks.draft', { draft: id, step: next }) }
}

/** A second click leads to the same block; what still lacks something says so on the page before. */
async function file(exchange: Visit, pages: BlockPages): Promise<Answer> {
  const { actor, params, urls, t } = exchange
  try {
    const reference = await pages.blocks.file(residentOf(actor), idOf(params))
    return { kind: 'redirect', to: urls.to('blocks.block', { reference }) }
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    const refused = t(`blocks:refused.${error.problem}`)
    return show({ ...exchange, params: { ...params, step: 'check' } }, pages, { refused })
  }
}

/** What is no id and what is nobody's own look alike. */
function idOf(params: Visit['params']): string {
  const id = params['draft'] ?? ''
  if (!isUuid(id)) throw new DomainError('NOT_FOUND')
  return id
}

function stepOf({ draft }: DraftFacts, params: Visit['params']): Step {
  const steps: readonly Step[] = STEPS[draft.kind]
  const step = steps.find((one) => one === params['step'])
  if (step === undefined) throw new DomainError('NOT_FOUND')
  return step
}
