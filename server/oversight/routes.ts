import type { Catalogue } from '../catalogue/index.js'
import type { Actor, StaffActor } from '../identity/actor.js'
import type { Exchange, RouteSpec } from '../platform/http/route.js'
import { DomainError } from '../platform/kernel/errors.js'
import { readIndex, readListQuery } from './forms.js'
import type { Oversight, Standings } from './index.js'
import { lookAt } from './looking.js'
import { accessesPage, accessPage } from './pages.js'
import { penOf } from './routes/pen.js'

/** Pages of the data protection officer; opening one access is a look that its person sees. */
export function oversightRoutes(deps: {
  oversight: Oversight
  standings: Standings
  /** Whether who acted in an access can be asked for. */
  canAsk: (actor: StaffActor, entry: number) => Promise<boolean>
  catalogue: Catalogue
}): RouteSpec<Actor>[] {
  const { oversight, standings, canAsk, catalogue } = deps
  const accessOf = (exchange: Exchange<Actor>) => {
    const index = readIndex(exchange.params['entry'])
    if (index === undefined) throw new DomainError('NOT_FOUND')
    return oversight.access(exchange.actor as StaffActor, index)
  }
  return [
    {
      name: 'oversight.accesses',
      method: 'get',
      path: '/:lang/oversight/accesses',
      allow: ['dpo'],
      disclosure: 'no-identity',
      menu: 'oversight:accesses.menu',
      handle: async (exchange) => {
        const actor = exchange.actor as StaffActor
        const choices = oversight.choices(actor)
        const query = readListQuery(exchange.query, choices)
        const page = await oversight.accesses(actor, query)
        const { chosen } = query
        return {
          kind: 'page',
          view: 'oversight/accesses',
          model: accessesPage(penOf(exchange, catalogue), { page, chosen, choices }),
        }
      },
    },
    {
      name: 'oversight.access',
      method: 'get',
      path: '/:lang/oversight/accesses/:entry',
      allow: ['dpo'],
      disclosure: async (exchange) => {
        return [lookAt(await accessOf(exchange))]
      },
      handle: async (exchange) => {
        const actor = exchange.actor as StaffActor
        const access = await accessOf(exchange)
        const asked = {
          canAsk: await canAsk(actor, access.index),
          standing: await standings.of(actor, access.index),
        }
        const model = accessPage(penOf(exchange, catalogue), { ...access, ...asked })
        return { kind: 'page', view: 'oversight/access', model }
      },
    },
  ]
}
