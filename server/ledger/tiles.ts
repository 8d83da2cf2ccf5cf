import { growBundles, type FullBundle } from './bundles.js'
import { formatEdge, parseEdge, type Edge } from './edge.js'
import { HASH_BYTES } from './hash.js'
import { malformed } from './log-error.js'
import { hashPairs, leafHashes } from './merkle.js'
import { hasPeak, peakHeights, rootOf } from './peaks.js'
import { checkedSize, hashesAt, TILE_WIDTH } from './tile-shape.js'

/** A full tile of 256 hashes, 8,192 bytes. */
export interface FullTile {
  readonly level: number
  readonly idx: number
  readonly data: Buffer
}

/** A tree without its full tiles: its size and its open right side (see `Edge` for the bytes). */
export interface TreeState {
  readonly size: number
  readonly edge: Buffer
}

/** The one row of `ledger.head`: a tree's state, and the entries of the open bundle as they are served. */
export interface HeadState extends TreeState {
  readonly bundleEdge: Buffer
}

/** A tree after growing, with the full tiles that this has made. */
export interface GrownTree extends TreeState {
  readonly newTiles: readonly FullTile[]
  readonly root: Buffer
}

/** The head after an append, with all that became full and must be stored. */
export interface GrownHead extends GrownTree, HeadState {
  readonly newBundles: readonly FullBundle[]
}

/** The state of the tree without leaves. */
export const emptyHead: HeadState = { size: 0, edge: Buffer.alloc(0), bundleEdge: Buffer.alloc(0) }

const TILE_HEIGHT = 8

/**
 * Appends entries to a log. Pure, and quick enough for the append lock when `leaves`, the leaf hashes
 * of these entries in their order, were made before it: about one node hash for each entry is left.
 */
export function extend(
  head: HeadState,
  entries: readonly Uint8Array[],
  leaves: Buffer = leafHashes(entries),
): GrownHead {
  if (leaves.length !== entries.length * HASH_BYTES) throw malformed('one leaf hash per entry')
  const bundles = growBundles(head.size, head.bundleEdge, entries)
  return { ...extendTree(head, leaves), bundleEdge: bundles.open, newBundles: bundles.full }
}

/** Appends leaf hashes, 32 bytes each, to a tree that keeps no entries (a heads tree, say). */
export function extendTree(state: TreeState, leaves: Buffer): GrownTree {
  if (leaves.length % HASH_BYTES !== 0) throw malformed('leaf hashes have 32 bytes each')
  const size = checkedSize(state.size + leaves.length / HASH_BYTES)
  const { edge, newTiles } = grow(
    { size: state.size, ...parseEdge(state.size, state.edge) },
    leaves,
  )
  return { size, edge: formatEdge(edge), newTiles, root: rootOf(edge.peaks, size) }
}

/** Climbs height by height: what is new at one height, with the old peak before it, pairs into the next. */
function grow(
  old: Edge & { size: number },
  leaves: Buffer,
): { edge: Edge; newTiles: readonly FullTile[] } {
  const size = old.size + leaves.length / HASH_BYTES
  const oldPeaks = peaksByHeight(old)
  const partials: Buffer[] = []
  const peaks: Buffer[] = []
  const newTiles: FullTile[] = []
  let fresh = leaves
  for (let height = 0; 2 ** height <= size; height++) {
    if (height % TILE_HEIGHT === 0) {
      const level = height / TILE_HEIGHT
      const row = Buffer.concat([old.partials[level] ?? Buffer.alloc(0), fresh])
      newTiles.push(...cutTiles(row, level, hashesAt(old.size, level)))
      partials.push(row.subarray(row.length - (hashesAt(size, level) % TILE_WIDTH) * HASH_BYTES))
    }
    const before = oldPeaks.get(height)
    const row = before === undefined ? fresh : Buffer.concat([before, fresh])
    if (hasPeak(size, height)) peaks.unshift(row.subarray(row.length - HASH_BYTES))
    fresh = hashPairs(row)
  }
  return { edge: { partials, peaks: Buffer.concat(peaks) }, newTiles }
}

function peaksByHeight({ size, peaks }: Edge & { size: number }): Map<number, Buffer> {
  const byHeight = new Map<number, Buffer>()
  let end = peaks.length
  for (const height of peakHeights(size)) {
    byHeight.set(height, peaks.subarray(end - HASH_BYTES, end))
    end -= HASH_BYTES
  }
  return byHeight
}

/** Cuts the full tiles off a row that begins with the open tile of a level of `count` hashes. */
function cutTiles(row: Buffer, level: number, count: number): FullTile[] {
  const bytes = TILE_WIDTH * HASH_BYTES
  const first = Math.floor(count / TILE_WIDTH)
  return Array.from({ length: Math.floor(row.length / bytes) }, (_, i) => ({
    level,
    idx: first + i,
    data: row.subarray(i * bytes, (i + 1) * bytes),
  }))
}
