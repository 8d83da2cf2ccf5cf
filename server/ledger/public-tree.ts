import type { Database, Trx } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import { bundlePrefix } from './bundles.js'
import { HASH_BYTES } from './hash.js'
import { latestPublic, readBundle, readHead, readTile, type StoredCheckpoint } from './store.js'
import { openTile } from './tile-reading.js'
import { tileWidth, TILE_WIDTH, hashesAt } from './tile-shape.js'
import { parseTilePath, type TileAddress } from './tile-path.js'

const PUBLIC: Scope = { login: 'web', role: 'web_public', readOnly: true }

/** The log as anyone reads it: what the tick has published, and nothing beyond. */
export interface PublicLog {
  /** The latest public checkpoint, or nothing before the first tick. */
  checkpoint(): Promise<StoredCheckpoint | undefined>
  /** Bytes of a tile or bundle by its path below the log's prefix, or nothing (C2SP tlog-tiles). */
  tile(path: string): Promise<{ data: Buffer; isFull: boolean } | undefined>
}

/** Makes the public side of the log. */
export function createPublicLog(inTransaction: InTransaction<Database>): PublicLog {
  return {
    checkpoint: () => inTransaction(PUBLIC, latestPublic),
    tile: async (path) => {
      const address = parseTilePath(path)
      if (address === undefined) return undefined
      const data = await inTransaction(PUBLIC, (trx) => publicTile(trx, address))
      return data && { data, isFull: address.width === TILE_WIDTH }
    },
  }
}

/** Bytes of a tile or bundle as outsiders may see it, or nothing where the public tree has none. */
async function publicTile(trx: Trx, address: TileAddress): Promise<Buffer | undefined> {
  const latest = await latestPublic(trx)
  if (latest === undefined) return undefined
  const { level, idx, width } = address
  const treeLevel = level === 'entries' ? 0 : level
  // Beyond the public size there may be leaves already; what the tick has not published stays unseen.
  if (width > tileWidth(latest.size, treeLevel, idx)) return undefined
  const head = await readHead(trx)
  const isOpen = idx === Math.floor(hashesAt(head.size, treeLevel) / TILE_WIDTH)
  if (level === 'entries') {
    const bundle = isOpen ? head.bundleEdge : await readBundle(trx, idx)
    return width === TILE_WIDTH ? bundle : bundle && bundlePrefix(bundle, width)
  }
  const tile = isOpen ? openTile(head, level) : await readTile(trx, level, idx)
  return tile?.subarray(0, width * HASH_BYTES)
}
