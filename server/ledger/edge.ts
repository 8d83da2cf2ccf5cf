import { HASH_BYTES } from './hash.js'
import { malformed } from './log-error.js'
import { peakHeights } from './peaks.js'
import { checkedSize, hashesAt, levelsOf, TILE_WIDTH } from './tile-shape.js'

/**
 * The open right side of a tree. As bytes (`ledger.head.edge`) it is the partial tile of every level,
 * level 0 first, each floor(size / 256^level) mod 256 hashes, then the peaks, largest first. The peaks
 * follow from the tiles; keeping them spares an append from hashing all open tiles anew.
 */
export interface Edge {
  /** The hashes of the partial tile of each level; empty where the level's last tile is full. */
  readonly partials: readonly Buffer[]
  /** The peaks, 32 bytes each, largest subtree first. */
  readonly peaks: Buffer
}

/** The edge that the bytes hold. Refuses a length that a tree of this size does not have. */
export function parseEdge(size: number, bytes: Buffer): Edge {
  const partials: Buffer[] = []
  let at = 0
  for (let level = 0; level < levelsOf(checkedSize(size)); level++) {
    const end = at + (hashesAt(size, level) % TILE_WIDTH) * HASH_BYTES
    partials.push(bytes.subarray(at, end))
    at = end
  }
  const expected = at + peakHeights(size).length * HASH_BYTES
  if (bytes.length !== expected) {
    throw malformed(`the edge of ${size} has ${expected} bytes, not ${bytes.length}`)
  }
  return { partials, peaks: bytes.subarray(at) }
}

/** The edge as bytes. */
export function formatEdge({ partials, peaks }: Edge): Buffer {
  return Buffer.concat([...partials, peaks])
}
