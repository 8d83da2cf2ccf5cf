import type { Catalogue } from '../catalogue/index.js'
import type { Actor } from '../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../platform/http/route.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { Information } from './index.js'
import type { Installation } from './operator.js'
import {
  accessibilityPage,
  authoritiesPage,
  directoryPage,
  easyPage,
  helpPage,
  howPage,
  imprintPage,
  logPage,
  privacyPage,
  rightsPage,
  type Pen,
} from './pages.js'
import { levelOf } from './rules.js'

/** What the public pages need. */
interface InformationPages {
  readonly information: Information
  readonly catalogue: Catalogue
  readonly installation: Installation
}

/** A page's model; the exchange brings address and moment. */
type Write = (pen: Pen, exchange: Exchange<Actor>) => Promise<object> | object

/** Pages for everybody: what this is, whose rights, who helps, who runs it. In the order of the foot. */
export function informationRoutes(pages: InformationPages): RouteSpec<Actor>[] {
  const { information, catalogue, installation } = pages
  const { operator, origin } = installation
  const route = (name: string, path: string, write: Write): RouteSpec<Actor> => ({
    name: `information.${name}`,
    method: 'get',
    path: `/:lang/${path}`,
    allow: 'everyone',
    handle: async (exchange) => page(name, await write(penOf(exchange, catalogue), exchange)),
  })
  const foot = (spec: RouteSpec<Actor>, label: string) => ({
    ...spec,
    foot: `information:foot.${label}`,
  })
  const connections = async ({ now }: Exchange<Actor>) => ({
    connected: await information.connected(),
    now,
  })
  return [
    foot(route('easy', 'easy', easyPage), 'easy'),
    foot(route('how', 'how', howPage), 'how'),
    foot(route('rights', 'rights', rightsPage), 'rights'),
    foot(route('help', 'help', helpPage), 'help'),
    foot(
      route('directory', 'directory', async (pen, exchange) =>
        directoryPage(pen, await connections(exchange)),
      ),
      'directory',
    ),
    route('authorities', 'directory/:level', async (pen, exchange) => {
      const level = levelOf(exchange.params['level'])
      if (level === undefined) throw new DomainError('NOT_FOUND')
      return authoritiesPage(pen, level, await connections(exchange))
    }),
    foot(
      route('log', 'state', async (pen, exchange) =>
        logPage(pen, await information.log(), { origin, ...(await connections(exchange)) }),
      ),
      'log',
    ),
    foot(
      route('accessibility', 'accessibility', (pen) => accessibilityPage(pen, operator)),
      'accessibility',
    ),
    foot(
      route('privacy', 'privacy', (pen) => privacyPage(pen, installation)),
      'privacy',
    ),
    foot(
      route('imprint', 'imprint', (pen) => imprintPage(pen, operator)),
      'imprint',
    ),
  ]
}

function page(name: string, model: object): Answer {
  return { kind: 'page', view: `information/${name}`, model }
}

function penOf({ language, t, urls }: Exchange<Actor>, catalogue: Catalogue): Pen {
  return {
    t,
    language,
    catalogue,
    texts: catalogue.texts(language.tag),
    to: (name, parts) => urls.to(name, parts),
  }
}
