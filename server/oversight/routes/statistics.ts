import type { Actor } from '../../identity/actor.js'
import type { Answer, RouteSpec } from '../../platform/http/route.js'
import type { Translate } from '../../platform/http/texts.js'
import type { Statistics } from '../index.js'
import { OPEN_DATA, openCatalog, openCsv } from '../open-data.js'
import { statisticsPage } from '../pages/statistics.js'

interface Parts {
  readonly statistics: Statistics
  readonly origin: string
  /** Who runs the portal. */
  readonly publisher: string
  readonly german: Translate
}

const AN_HOUR = { 'Cache-Control': 'public, max-age=3600' }

/** Statistics for everybody: a page in each language, and open data at addresses that stay. */
export function statisticsRoutes({
  statistics,
  origin,
  publisher,
  german,
}: Parts): RouteSpec<Actor>[] {
  const open = { method: 'get', allow: 'everyone', machine: true } as const
  const catalog = openCatalog({ origin, publisher, language: 'de', t: german })
  return [
    {
      name: 'oversight.statistics',
      method: 'get',
      path: '/:lang/statistics',
      allow: 'everyone',
      foot: 'oversight:statistics.menu',
      handle: async ({ t, urls }) => ({
        kind: 'page',
        view: 'oversight/statistics',
        model: statisticsPage(
          { t, to: (name, parts) => urls.to(name, parts) },
          await statistics.read(),
        ),
      }),
    },
    ...OPEN_DATA.map((data): RouteSpec<Actor> => ({
      ...open,
      name: `oversight.statistics-${data.name}`,
      path: `/statistics/${data.name}.csv`,
      handle: async () => bytes(openCsv(await statistics.read(), data), 'text/csv; charset=utf-8'),
    })),
    {
      ...open,
      name: 'oversight.statistics-catalog',
      path: '/statistics/catalog.jsonld',
      handle: () => Promise.resolve(bytes(JSON.stringify(catalog), 'application/ld+json')),
    },
  ]
}

function bytes(body: string, type: string): Answer {
  return { kind: 'bytes', body, type, headers: AN_HOUR }
}
