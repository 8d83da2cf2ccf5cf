import type { Actor } from '../identity/index.js'
import type { RouteSpec } from '../platform/http/route.js'

/** Entries of the menu that a role may open, in the order of the routes. */
export function menuOf(routes: readonly RouteSpec<Actor>[], role: Actor['role']) {
  return routes.flatMap(({ name, menu, allow }) =>
    menu !== undefined && allow !== 'everyone' && allow.includes(role) ? [{ name, menu }] : [],
  )
}
