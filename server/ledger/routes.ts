import type { Answer, Principal, RouteSpec } from '../platform/http/route.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { Ledger, PublicLog } from './index.js'

const IMMUTABLE = 'public, max-age=31536000, immutable'
const AN_HOUR = 'public, max-age=3600'
const TEXT = 'text/plain; charset=utf-8'

/** The log as anyone reads it: checkpoint, verifier key, tiles (C2SP tlog-checkpoint, tlog-tiles). */
export function ledgerRoutes<Actor extends Principal>(deps: {
  ledger: Pick<Ledger, 'vkey' | 'tickMs'>
  publicLog: PublicLog
}): RouteSpec<Actor>[] {
  const { ledger, publicLog } = deps
  const shared = { method: 'get', allow: 'everyone', machine: true } as const
  return [
    {
      ...shared,
      name: 'ledger.checkpoint',
      path: '/log/checkpoint',
      handle: async () => {
        const latest = await publicLog.checkpoint()
        if (!latest) throw new DomainError('NOT_FOUND')
        const seconds = Math.max(1, Math.floor(ledger.tickMs / 2_000))
        return bytes(latest.note, TEXT, `public, max-age=${seconds}`)
      },
    },
    {
      ...shared,
      name: 'ledger.vkey',
      path: '/log/vkey',
      handle: async () => bytes(`${ledger.vkey}\n`, TEXT, AN_HOUR),
    },
    {
      ...shared,
      name: 'ledger.tile',
      path: '/log/tile/*rest',
      handle: async ({ params }) => {
        const tile = await publicLog.tile(`tile/${params['rest'] ?? ''}`)
        if (!tile) throw new DomainError('NOT_FOUND')
        // A partial tile is the prefix of the full one: it never changes either, it only goes out of use.
        return bytes(tile.data, 'application/octet-stream', tile.isFull ? IMMUTABLE : AN_HOUR)
      },
    },
  ]
}

function bytes(body: Buffer | string, type: string, cacheControl: string): Answer {
  return { kind: 'bytes', body, type, headers: { 'Cache-Control': cacheControl } }
}
