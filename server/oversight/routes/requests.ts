import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Exchange, RouteSpec } from '../../platform/http/route.js'
import { readPlace } from '../forms.js'
import { confirmationsPage, figuresPage, type RequestPen } from '../pages/requests.js'
import type { RequestOversight } from '../requests.js'

/** Requests for rectification as oversight sees them: lists of references, no person. */
export function requestOversightRoutes(deps: {
  readonly requests: RequestOversight
  readonly catalogue: Catalogue
}): RouteSpec<Actor>[] {
  const { requests, catalogue } = deps
  return [
    {
      name: 'oversight.requests',
      method: 'get',
      path: '/:lang/oversight/requests',
      allow: ['dpo'],
      disclosure: 'no-identity',
      menu: 'oversight:requests.menu',
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
      name: 'oversight.confirmations',
      method: 'get',
      path: '/:lang/oversight/confirmations',
      allow: ['supervisor'],
      disclosure: 'no-identity',
      menu: 'oversight:confirmations.menu',
      handle: async (exchange) => {
        const place = readPlace(exchange.query.get('after'), 'instant')
        return {
          kind: 'page',
          view: 'oversight/confirmations',
          model: confirmationsPage(penOf(exchange, catalogue), await requests.unconfirmed(place)),
        }
      },
    },
  ]
}

function penOf({ language, t, urls }: Exchange<Actor>, catalogue: Catalogue): RequestPen {
  return { t, texts: catalogue.texts(language.tag), to: (name, parts) => urls.to(name, parts) }
}
