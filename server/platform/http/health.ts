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

function says(status: number, text: string): Answer {
  return { kind: 'bytes', status, body: `${text}\n`, type: 'text/plain; charset=utf-8' }
}
