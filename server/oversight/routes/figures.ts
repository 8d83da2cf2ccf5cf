import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { RouteSpec } from '../../platform/http/route.js'
import { PERIODS, readDays } from '../forms.js'
import type { Checking, Figures, Oversight } from '../index.js'
import { crossingPage } from '../pages/crossing.js'
import { overviewPage } from '../pages/overview.js'
import { penOf } from './pen.js'

interface Parts {
  readonly figures: Figures
  readonly checking: Checking
  readonly oversight: Pick<Oversight, 'choices'>
  readonly catalogue: Catalogue
}

/** The first pages of a data protection officer: figures of the own office, which name nobody. */
export function figureRoutes({
  figures,
  checking,
  oversight,
  catalogue,
}: Parts): RouteSpec<Actor>[] {
  const own = { method: 'get', allow: ['dpo'], disclosure: 'no-identity' } as const
  return [
    {
      ...own,
      name: 'oversight.overview',
      path: '/:lang/oversight',
      menu: 'oversight:overview.menu',
      handle: async (exchange) => {
        const standing = await figures.standing(exchange.actor as StaffActor)
        const model = overviewPage(penOf(exchange, catalogue), standing, exchange.now)
        return { kind: 'page', view: 'oversight/overview', model }
      },
    },
    {
      ...own,
      method: 'post',
      name: 'oversight.check',
      path: '/:lang/oversight/check',
      // Asked too soon or twice, the page says how the last one stands, as it does after the first.
      handle: async ({ actor, urls }) => {
        await checking.ask(actor as StaffActor)
        return { kind: 'redirect', to: `${urls.to('oversight.overview')}#check` }
      },
    },
    {
      ...own,
      name: 'oversight.figures',
      path: '/:lang/oversight/figures',
      handle: async (exchange) => {
        const actor = exchange.actor as StaffActor
        const days = readDays(exchange.query.get('days'))
        const crossing = await figures.crossing(actor, days)
        const chosen = { choices: oversight.choices(actor), days, periods: PERIODS }
        const model = crossingPage(penOf(exchange, catalogue), crossing, chosen)
        return { kind: 'page', view: 'oversight/figures', model }
      },
    },
  ]
}
