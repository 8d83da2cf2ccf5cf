import type { Trx } from '../database.js'
import { bundlePrefix } from './bundles.js'
import { HASH_BYTES } from './hash.js'
import { latestPublic, readBundle, readHead, readTile } from './store.js'
import { openTile } from './tile-reading.js'
import { tileWidth, TILE_WIDTH, hashesAt } from './tile-shape.js'
import type { TileAddress } from './tile-path.js'

/** Bytes of a tile or bundle as outsiders may see it, or nothing where the public tree has none. */
export async function publicTile(trx: Trx, address: TileAddress): Promise<Buffer | undefined> {
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
    return bundle && bundlePrefix(bundle, width)
  }
  const tile = isOpen ? openTile(head, level) : await readTile(trx, level, idx)
  return tile?.subarray(0, width * HASH_BYTES)
}
