import type { TestApp } from '../support/app.js'
import type { Visitor } from '../support/visitor.js'

/** A route that answers pages. */
export type PageRoute = TestApp['portal']['routes'][number]

/** The routes that answer people: no program's, no form's. */
export function pageRoutes({ portal }: Pick<TestApp, 'portal'>): readonly PageRoute[] {
  return portal.routes.filter(({ method, machine }) => method === 'get' && machine !== true)
}

/** The route that an address belongs to, literal paths before those with parameters. */
export function routeOf(routes: readonly PageRoute[], address: string): PageRoute | undefined {
  const path = address.split(/[?#]/)[0] ?? ''
  const fitting = routes.filter((route) => patternOf(route.path).test(path))
  return fitting.find((route) => !/:(?!lang)/.test(route.path)) ?? fitting[0]
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`)
}

/** Addresses of links of this portal in HTML, each once, without fragments. */
export function linksIn(html: string): readonly string[] {
  const hrefs = [...html.matchAll(/<a\b[^>]*?\bhref="([^"]*)"/g)].map(([, href = '']) => href)
  const addresses = hrefs.map((href) => unescaped(href).split('#')[0] ?? '')
  return [...new Set(addresses.filter((address) => address.startsWith('/')))]
}

/** Handlebars escapes more characters than HTML asks for. */
function unescaped(text: string): string {
  return text
    .replaceAll('&#x3D;', '=')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

/** What may be followed from a page on, and how far. */
export interface Walk {
  readonly visitor: Pick<Visitor, 'get'>
  readonly from: readonly string[]
  readonly follow: (address: string) => boolean
}

/** Follows links, and what leads on, until nothing new comes; every page by its address. */
export async function walk({ visitor, from, follow }: Walk): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>()
  const waiting = [...from]
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    if (pages.has(address)) continue
    const { status, body, headers } = await visitor.get(address)
    if (status === 303) {
      waiting.push(headers.get('location') ?? '')
      continue
    }
    if (status !== 200) throw new Error(`${address} answers ${status}`)
    pages.set(address, body)
    waiting.push(...linksIn(body).filter((link) => !pages.has(link) && follow(link)))
  }
  return pages
}
