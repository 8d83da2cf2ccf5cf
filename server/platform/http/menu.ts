import { reaches } from './guard.js'
import type { Principal, RouteSpec } from './route.js'
import type { ViewContext } from './view-context.js'

/** Who reads a menu: staff need no assurance to see theirs. */
type Reader<Actor extends Principal> = Pick<Actor, 'role'> & Pick<Principal, 'assurance'>

/** Entries of the menu that somebody may open, in the order of the routes; `menu` is the key of the name. */
export function menuOf<Actor extends Principal>(
  routes: readonly RouteSpec<Actor>[],
  actor: Reader<Actor>,
): { name: string; path: string; menu: string }[] {
  return routes.flatMap((route) => {
    const { name, path, menu, allow } = route
    if (menu === undefined || allow === 'everyone' || !allow.includes(actor.role)) return []
    const isSure = actor.role !== 'resident' || reaches(actor.assurance, route.assurance)
    return isSure ? [{ name, path, menu }] : []
  })
}

/** How much is new behind entries of the menu, by the names of their routes. */
export type News = Readonly<Record<string, number>>

/** The menu is what somebody may enter, in the order of the routes; a page below an entry marks it too. */
export function navigationOf<Actor extends Principal>(
  routes: readonly RouteSpec<Actor>[],
  actor: Reader<Actor>,
  { route, news = {} }: { readonly route: RouteSpec<Actor>; readonly news?: News | undefined },
): ViewContext['navigation'] {
  const { name: current, path: address } = route
  const entries = menuOf(routes, actor)
  const isEntry = entries.some(({ name }) => name === current)
  const above = isEntry ? [] : entries.filter(({ path }) => address.startsWith(`${path}/`))
  const nearest = above.sort((one, other) => other.path.length - one.path.length)[0]
  return entries.map(({ name, menu }) => {
    const isAbove = name === nearest?.name ? 'true' : false
    return {
      name,
      label: menu,
      current: name === current ? 'page' : isAbove,
      news: news[name] ?? 0,
    }
  })
}

/** The links at the foot of every page, in the order of the routes. */
export function footOf(routes: readonly Pick<RouteSpec, 'name' | 'foot'>[]): ViewContext['foot'] {
  return routes.flatMap(({ name, foot }) => (foot === undefined ? [] : [{ name, label: foot }]))
}
