import { createHash, timingSafeEqual } from 'node:crypto'
import { DomainError } from '../kernel/errors.js'
import type { Answer, Principal, RouteSpec } from './route.js'

/** `/livez` says that the process answers, `/readyz` that it can serve; neither says anything else. */
export function healthRoutes<Actor extends Principal>(deps: {
  /** Throws where the database cannot be reached. */
  ping: () => Promise<unknown>
  /** False where the log may not be written, after a restore behind an outside checkpoint. */
  ready: () => boolean
}): RouteSpec<Actor>[] {
  const { ping, ready } = deps
  const shared = { method: 'get', allow: 'everyone', machine: true } as const
  return [
    { ...shared, name: 'health.live', path: '/livez', handle: async () => says(200, 'live') },
    {
      ...shared,
      name: 'health.ready',
      path: '/readyz',
      handle: async () => {
        await ping()
        return ready() ? says(200, 'ready') : says(503, 'the log may not be written')
      },
    },
  ]
}

/** `/metrics`, where a token for it is configured; whoever has none finds nothing. */
export function metricsRoutes<Actor extends Principal>(deps: {
  token: string | undefined
  text: () => string
}): RouteSpec<Actor>[] {
  const { token, text } = deps
  if (token === undefined) return []
  return [
    {
      name: 'health.metrics',
      method: 'get',
      path: '/metrics',
      allow: 'everyone',
      machine: true,
      handle: async ({ headers }) => {
        if (!isSame(headers.authorization ?? '', `Bearer ${token}`))
          throw new DomainError('NOT_FOUND')
        return { kind: 'bytes', body: text(), type: 'text/plain; version=0.0.4; charset=utf-8' }
      },
    },
  ]
}

/** In the same time, however much of it is right. */
function isSame(given: string, wanted: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

function says(status: number, text: string): Answer {
  return { kind: 'bytes', status, body: `${text}\n`, type: 'text/plain; charset=utf-8' }
}
