import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { readPlace, readStop } from '../forms.js'
import { confirmationsPage, figuresPage } from '../pages/requests.js'
import type { Outcomes } from '../outcomes.js'
import { outcomesPage } from '../pages/outcomes.js'
import type { RequestOversight } from '../requests.js'
import { penOf } from './pen.js'

interface Parts {
  readonly requests: RequestOversight
  readonly outcomes: Outcomes
  readonly catalogue: Catalogue
}

/** Requests for rectification as oversight sees them: lists of references, no person. */
export function requestOversightRoutes(deps: Parts): RouteSpec<Actor>[] {
  const { requests, catalogue } = deps
  return [
    {
      name: 'oversight.requests',
      method: 'get',
      path: '/:lang/oversight/requests',
      allow: ['dpo'],
      disclosure: 'no-identity',
      menu: 'oversight:requests.menu',
      menuUnder: 'oversight.overview',
      handle: async (exchange) => {
        const place = readPlace(exchange.query.get('after'), 'day')
        const figures = await requests.figures(exchange.actor as StaffActor, place)
        return {
          kind: 'page',
          view: 'oversight/requests',
          model: figuresPage(penOf(exchange, catalogue), figures),
        }
      },
    },
    {
      name: 'oversight.outcomes',
      method: 'get',
      path: '/:lang/oversight/requests/outcomes',
      allow: ['dpo'],
      disclosure: 'no-identity',
      handle: (exchange) => showOutcomes(exchange, deps),
    },
    {
      name: 'oversight.confirmations',
      method: 'get',
      path: '/:lang/oversight/confirmations',
      allow: ['supervisor'],
      disclosure: 'no-identity',
      menu: 'oversight:confirmations.menu',
      handle: (exchange) => showConfirmations(exchange, deps),
    },
    {
      name: 'oversight.stop',
      method: 'post',
      path: '/:lang/oversight/confirmations',
      allow: ['supervisor'],
      disclosure: 'no-identity',
      handle: (exchange) => stop(exchange, deps),
    },
  ]
}

async function showOutcomes(
  exchange: Exchange<Actor>,
  { outcomes, catalogue }: Parts,
): Promise<Answer> {
  const after = exchange.query.get('after') ?? ''
  const figures = await outcomes.figures(exchange.actor as StaffActor, after)
  const names = new Intl.DisplayNames([exchange.language.tag, 'de'], { type: 'language' })
  const nameOf = (tag: string) => names.of(tag) ?? tag
  const view = { ...figures, isFirst: after === '' }
  const model = outcomesPage(penOf(exchange, catalogue), view, nameOf)
  return { kind: 'page', view: 'oversight/outcomes', model }
}

async function showConfirmations(
  exchange: Exchange<Actor>,
  { requests, catalogue }: Parts,
  { errors, refused, status }: Refusal = { errors: [], refused: '', status: 200 },
): Promise<Answer> {
  const place = readPlace(exchange.query.get('after'), 'instant')
  const typed = { form: exchange.form, errors, refused, reasons: requests.reasons }
  const model = confirmationsPage(
    penOf(exchange, catalogue),
    await requests.unconfirmed(exchange.actor as StaffActor, place),
    typed,
  )
  return { kind: 'page', view: 'oversight/confirmations', model, status }
}

interface Refusal {
  readonly errors: readonly FieldError[]
  readonly refused: string
  readonly status: number
}

/** A proposal that nobody else would see goes back; its clerk and its person read why. */
async function stop(exchange: Exchange<Actor>, parts: Parts): Promise<Answer> {
  const { actor, form, t, urls } = exchange
  const { requests } = parts
  const read = readStop(form, requests.reasons)
  if (!read.ok) {
    return showConfirmations(exchange, parts, { errors: read.refusal, refused: '', status: 400 })
  }
  const { proposal, reason } = read.value
  if (!(await requests.stop(actor as StaffActor, proposal, reason))) {
    const refused = t('rectification:refused.NOT_NOW')
    return showConfirmations(exchange, parts, { errors: [], refused, status: 409 })
  }
  return { kind: 'redirect', to: urls.to('oversight.confirmations') }
}
