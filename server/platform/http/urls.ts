import type { RouteSpec } from './route.js'

/** Parts of an address: path parameters by name, everything else becomes the query. */
export type UrlParts = Readonly<Record<string, string | number | undefined>>

/** Addresses built from route names, in the language of the page. */
export interface Urls {
  /** The path of a route; throws where no route has this name or a path parameter is missing. */
  to(name: string, parts?: UrlParts): string
  /** The same builder for another language. */
  in(lang: string): Urls
}

type Pattern = Pick<RouteSpec, 'name' | 'path'>

/** Makes the address builder for a list of routes. */
export function createUrls(routes: readonly Pattern[], lang: string): Urls {
  const paths = new Map(routes.map(({ name, path }) => [name, path]))
  return {
    to: (name, parts = {}) => {
      const path = paths.get(name)
      if (path === undefined) throw new Error(`no route is named ${name}`)
      return fill(path, { lang, ...parts })
    },
    in: (other) => createUrls(routes, other),
  }
}

function fill(path: string, parts: UrlParts): string {
  const used = new Set<string>(['lang'])
  const filled = path.replace(/:(\w+)/g, (_all, key: string) => {
    const value = parts[key]
    if (value === undefined) throw new Error(`${path} needs ${key}`)
    used.add(key)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(parts)) {
    if (!used.has(key) && value !== undefined && value !== '') query.append(key, String(value))
  }
  const text = query.toString()
  return text === '' ? filled : `${filled}?${text}`
}
