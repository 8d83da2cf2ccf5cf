import type { Principal, RouteSpec } from '../platform/http/route.js'
import type { Registers } from './service.js'

/** Short, so that a new key is known soon; offices ask again for a key id that they do not know. */
const CACHE = 'public, max-age=300'

/** The keys with which the portal signs what it sends to offices (RFC 7517 section 5). */
export function registersRoutes<Actor extends Principal>(deps: {
  registers: Pick<Registers, 'keys'>
}): RouteSpec<Actor>[] {
  const body = JSON.stringify({ keys: deps.registers.keys })
  return [
    {
      name: 'registers.keys',
      method: 'get',
      path: '/.well-known/jwks.json',
      allow: 'everyone',
      machine: true,
      handle: async () => ({
        kind: 'bytes',
        body,
        type: 'application/json',
        headers: { 'Cache-Control': CACHE },
      }),
    },
  ]
}
