import type { Trx } from '../database.js'
import { leafReader } from './audit/leaves.js'
import { openCheckpoint } from './checkpoint.js'
import { HASH_BYTES } from './hash.js'
import { hashPairs } from './merkle.js'
import { verifierOf } from './note-keys.js'
import { latestPublic, readHead, readTile } from './store.js'
import { rootAt } from './tile-proofs.js'
import { readerOf, type ReadTile } from './tile-reading.js'
import { hashesAt, TILE_WIDTH } from './tile-shape.js'

/** What a check of the newest part of the log found. */
export interface RecentCheck {
  /** Size of the log, and the first leaf that was looked at: 0 where all were. */
  readonly size: number
  readonly from: number
  readonly faults: number
}

/**
 * Checks the newest leaves against the latest public checkpoint: that they are what their entries make, that
 * every hash above them is made of those below, and that the signed root is made of these. Bounded, for whoever
 * waits; it opens no row, which is the audit's (`auditLedger`).
 */
export async function checkRecent(
  trx: Trx,
  { origin, vkey, most }: { origin: string; vkey: string; most: number },
): Promise<RecentCheck> {
  const head = await readHead(trx)
  const first = Math.floor(Math.max(0, head.size - most) / TILE_WIDTH)
  const readLeaves = leafReader(trx, head)
  let faults = 0
  for (let idx = first; idx * TILE_WIDTH < head.size; idx++) {
    faults += (await readLeaves(idx)).faults.length
  }
  const read = readerOf(head, (level, idx) => readTile(trx, level, idx))
  faults += await unfounded(read, head.size, first)
  const isSigned = await signedRoot(trx, read, { origin, vkey })
  return { size: head.size, from: first * TILE_WIDTH, faults: faults + (isSigned ? 0 : 1) }
}

/** Full tiles whose hash above is not made of them, level by level from the newest leaves up. */
async function unfounded(read: ReadTile, size: number, first: number): Promise<number> {
  let faults = 0
  let from = first
  for (let level = 0; hashesAt(size, level + 1) > 0; level++) {
    for (let idx = from; idx < hashesAt(size, level + 1); idx++) {
      const above = await read(level + 1, Math.floor(idx / TILE_WIDTH))
      const at = (idx % TILE_WIDTH) * HASH_BYTES
      const made = tileRoot((await read(level, idx)) ?? Buffer.alloc(0))
      if (above === undefined || !above.subarray(at, at + HASH_BYTES).equals(made)) faults += 1
    }
    from = Math.floor(from / TILE_WIDTH)
  }
  return faults
}

function tileRoot(tile: Buffer): Buffer {
  let row = tile
  while (row.length > HASH_BYTES) row = hashPairs(row)
  return row
}

async function signedRoot(
  trx: Trx,
  read: ReadTile,
  { origin, vkey }: { origin: string; vkey: string },
): Promise<boolean> {
  const latest = await latestPublic(trx)
  if (latest === undefined) return true
  try {
    const { size, root } = openCheckpoint(latest.note, { origin, verifiers: [verifierOf(vkey)] })
    return size === latest.size && (await rootAt(size, read)).equals(root)
  } catch {
    return false
  }
}
