import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Database } from '../database.js'
import type { Answer, Principal, RouteSpec } from '../platform/http/route.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { Ledger } from './model.js'
import { publicTile } from './public-tree.js'
import { parseTilePath } from './tile-path.js'

const PUBLIC: Scope = { login: 'web', role: 'web_public', readOnly: true }
const IMMUTABLE = { 'Cache-Control': 'public, max-age=31536000, immutable' }
const TEXT = 'text/plain; charset=utf-8'
const FULL = 256

/** The log as anyone reads it: checkpoint, verifier key, tiles (C2SP tlog-checkpoint, tlog-tiles). */
export function ledgerRoutes<Actor extends Principal>(deps: {
  ledger: Ledger
  inTransaction: InTransaction<Database>
}): RouteSpec<Actor>[] {
  const { ledger, inTransaction } = deps
  return [
    {
      name: 'ledger.checkpoint',
      method: 'get',
      path: '/log/checkpoint',
      allow: 'everyone',
      machine: true,
      handle: async () => {
        const latest = await inTransaction(PUBLIC, (trx) => ledger.publicCheckpoint(trx))
        if (!latest) throw new DomainError('NOT_FOUND')
        const seconds = Math.max(1, Math.floor(ledger.tickMs / 1000 / 2))
        return text(latest.note, { 'Cache-Control': `public, max-age=${seconds}` })
      },
    },
    {
      name: 'ledger.vkey',
      method: 'get',
      path: '/log/vkey',
      allow: 'everyone',
      machine: true,
      handle: async () => text(`${ledger.vkey}\n`, { 'Cache-Control': 'public, max-age=3600' }),
    },
    {
      name: 'ledger.tile',
      method: 'get',
      path: '/log/tile/*rest',
      allow: 'everyone',
      machine: true,
      handle: async ({ params }) => {
        const address = parseTilePath(`tile/${params['rest'] ?? ''}`)
        const data = address && (await inTransaction(PUBLIC, (trx) => publicTile(trx, address)))
        if (!data) throw new DomainError('NOT_FOUND')
        // A partial tile is the prefix of the full one, so it never changes either; it only goes out of use.
        const headers =
          address.width === FULL ? IMMUTABLE : { 'Cache-Control': 'public, max-age=3600' }
        return { kind: 'bytes', body: data, type: 'application/octet-stream', headers }
      },
    },
  ]
}

function text(body: string, headers: Record<string, string>): Answer {
  return { kind: 'bytes', body, type: TEXT, headers }
}
