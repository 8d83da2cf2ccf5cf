import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { RouteSpec } from '../../platform/http/route.js'
import { readIndex } from '../forms.js'
import type { OfficerLooks } from '../index.js'
import { looksPage } from '../pages/looks.js'
import { penOf } from './pen.js'

/** The looks of data protection officers, for supervisors alone. */
export function officerLookRoutes({
  looks,
  catalogue,
}: {
  readonly looks: OfficerLooks
  readonly catalogue: Catalogue
}): RouteSpec<Actor>[] {
  return [
    {
      name: 'oversight.looks',
      method: 'get',
      path: '/:lang/oversight/looks',
      allow: ['supervisor'],
      disclosure: 'no-identity',
      menu: 'oversight:looks.menu',
      handle: async (exchange) => {
        const { actor, query } = exchange
        const code = query.get('office') ?? ''
        const office = catalogue.parties.byCode(code) === undefined ? {} : { office: code }
        const before = readIndex(query.get('before'))
        const place = before === undefined ? {} : { before }
        const page = await looks.list(actor as StaffActor, { ...office, ...place })
        const model = looksPage(penOf(exchange, catalogue), page, office)
        return { kind: 'page', view: 'oversight/looks', model }
      },
    },
  ]
}
