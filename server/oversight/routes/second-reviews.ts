import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { readReviewDecision } from '../forms/held.js'
import { readIndex } from '../forms.js'
import { secondReviewsPage } from '../pages/second-reviews.js'
import type { SecondReviews } from '../second-reviews.js'
import { penOf } from './pen.js'

interface Parts {
  readonly secondReviews: SecondReviews
  readonly catalogue: Catalogue
}

const LIST = '/:lang/oversight/reviews'

/** The second person of reviews sees why something was held back and what is said now, and no person. */
export function secondReviewRoutes(parts: Parts): RouteSpec<Actor>[] {
  const second = { allow: ['dpo', 'supervisor'], disclosure: 'no-identity' } as const
  return [
    {
      ...second,
      name: 'oversight.reviews',
      method: 'get',
      path: LIST,
      handle: (exchange) => show(exchange, parts),
    },
    {
      ...second,
      name: 'oversight.review-decide',
      method: 'post',
      path: `${LIST}/:entry/:number`,
      handle: (exchange) => decide(exchange, parts),
    },
  ]
}

async function show(
  exchange: Exchange<Actor>,
  { secondReviews, catalogue }: Parts,
  { refused, status } = { refused: '', status: 200 },
): Promise<Answer> {
  const waiting = await secondReviews.waiting(exchange.actor as StaffActor)
  const model = secondReviewsPage(penOf(exchange, catalogue), { waiting, refused })
  return { kind: 'page', view: 'oversight/second-reviews', model, status }
}

async function decide(exchange: Exchange<Actor>, parts: Parts): Promise<Answer> {
  const { actor, form, params, t, urls } = exchange
  const decision = readReviewDecision(form)
  if (decision === undefined) throw new DomainError('BAD_REQUEST')
  const [index, number] = [readIndex(params['entry']), readIndex(params['number'])]
  if (index === undefined || number === undefined || number > MOST)
    throw new DomainError('NOT_FOUND')
  const met = await parts.secondReviews.decide(actor as StaffActor, { index, number }, decision)
  if (met === 'unknown') throw new DomainError('NOT_FOUND')
  if (met === 'done') return { kind: 'redirect', to: urls.to('oversight.reviews') }
  return show(exchange, parts, { refused: t(`oversight:seconds.${met}`), status: 409 })
}

/** No entry has so many reviews; a larger number fits no column. */
const MOST = 1_000_000
