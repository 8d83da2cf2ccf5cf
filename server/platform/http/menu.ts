import { reaches } from './guard.js'
import type { Principal, RouteSpec } from './route.js'
import type { NavigationItem, ViewContext } from './view-context.js'

/** Who reads a menu: staff need no assurance to see theirs. */
type Reader<Actor extends Principal> = Pick<Actor, 'role'> & Pick<Principal, 'assurance'>

/** An entry of the menu: its route, the key of its name, and the entry that it stands under. */
export interface MenuEntry {
  readonly name: string
  readonly path: string
  readonly menu: string
  readonly under?: string
}

/** Entries of the menu that somebody may open, in the order of the routes; `menu` is the key of the name. */
export function menuOf<Actor extends Principal>(
  routes: readonly RouteSpec<Actor>[],
  actor: Reader<Actor>,
): readonly MenuEntry[] {
  return routes.flatMap((route) => {
    const { name, path, menu, menuUnder: under, allow } = route
    if (menu === undefined || allow === 'everyone' || !allow.includes(actor.role)) return []
    const isSure = actor.role !== 'resident' || reaches(actor.assurance, route.assurance)
    return isSure ? [{ name, path, menu, ...(under === undefined ? {} : { under }) }] : []
  })
}

/** How much is new behind entries of the menu, by the names of their routes. */
export type News = Readonly<Record<string, number>>

/**
 * The menu is what somebody may enter, in the order of the routes, in two steps at most: entries, and what stands
 * under them. A page marks the entry that it names, or else the one that its address lies below.
 */
export function navigationOf<Actor extends Principal>(
  routes: readonly RouteSpec<Actor>[],
  actor: Reader<Actor>,
  { route, news = {} }: { readonly route: RouteSpec<Actor>; readonly news?: News | undefined },
): ViewContext['navigation'] {
  const { name: current, path: address, menuMarks = [] } = route
  const entries = menuOf(routes, actor)
  const names = new Set(entries.map(({ name }) => name))
  const isAlone = ({ under }: MenuEntry) => under === undefined || !names.has(under)
  const above = menuMarks.find((name) => names.has(name)) ?? nearestOf(entries, address)
  const nearest = names.has(current) ? undefined : above
  const itemOf = ({ name, menu }: MenuEntry): Omit<NavigationItem, 'below'> => {
    const isAbove = name === nearest ? 'true' : false
    return {
      ...{ name, label: menu, news: news[name] ?? 0 },
      current: name === current ? 'page' : isAbove,
    }
  }
  return entries.filter(isAlone).map((entry) => {
    const item = itemOf(entry)
    const below = entries.filter(({ under }) => under === entry.name).map(itemOf)
    const leadsThere = below.some((one) => one.current !== false) ? 'true' : false
    return { ...item, below, current: item.current === false ? leadsThere : item.current }
  })
}

/** The entry whose address the page lies below, or has where a form was sent to it, the longest of several. */
function nearestOf(entries: readonly MenuEntry[], address: string): string | undefined {
  const above = entries.filter(({ path }) => `${address}/`.startsWith(`${path}/`))
  return above.sort((one, other) => other.path.length - one.path.length)[0]?.name
}

/** The links at the foot of every page, in the order of the routes. */
export function footOf(routes: readonly Pick<RouteSpec, 'name' | 'foot'>[]): ViewContext['foot'] {
  return routes.flatMap(({ name, foot }) => (foot === undefined ? [] : [{ name, label: foot }]))
}
