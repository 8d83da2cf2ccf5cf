import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import type { Concerned } from '../index.js'
import { ownFlagsPage } from '../pages/staff.js'
import { penOf } from './pen.js'

interface Parts {
  readonly concerned: Concerned
  readonly catalogue: Catalogue
}

/**
 * What rules found about whoever reads it, for every member of staff of an office: an entry of the menu for those who
 * work there, a page below the flags for officers. It shows no person, so it is no look.
 */
export function ownFlagRoutes(deps: Parts): RouteSpec<Actor>[] {
  const handle = (exchange: Exchange<Actor>) => showOwn(exchange, deps)
  return [
    {
      name: 'oversight.own-flags',
      method: 'get',
      path: '/:lang/work/own-flags',
      ...{ allow: ['caseworker'], disclosure: 'no-identity' },
      ...{ menu: 'oversight:staff.menu', menuUnder: 'identity.staff' },
      handle,
    },
    {
      name: 'oversight.flags-own',
      method: 'get',
      path: '/:lang/oversight/flags/own',
      ...{ allow: ['dpo'], disclosure: 'no-identity' },
      handle,
    },
  ]
}

async function showOwn(
  exchange: Exchange<Actor>,
  { concerned, catalogue }: Parts,
): Promise<Answer> {
  const actor = exchange.actor as StaffActor
  const agreement = await concerned.agreement(actor)
  const findings = await concerned.own(actor)
  const above = actor.role === 'dpo' ? 'oversight.flags' : undefined
  const pen = { ...penOf(exchange, catalogue), catalogue }
  return {
    kind: 'page',
    view: 'oversight/own-flags',
    model: ownFlagsPage(pen, { agreement, findings, above }),
  }
}
