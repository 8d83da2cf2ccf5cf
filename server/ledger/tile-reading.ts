import { parseEdge } from './edge.js'
import { HASH_BYTES } from './hash.js'
import { LogError } from './log-error.js'
import { hashPairs } from './merkle.js'
import type { TreeState } from './tiles.js'
import { hashesAt, TILE_WIDTH } from './tile-shape.js'

/**
 * Reads a tile as it now stands, full or partial; nothing when there is none. A tile of an older tree
 * is a prefix of it, so older proofs need no older tiles.
 */
export type ReadTile = (level: number, idx: number) => Promise<Buffer | undefined>

/** The root of the perfect subtree of leaves [index * 2^height, (index + 1) * 2^height). */
export type ReadNode = (height: number, index: number) => Promise<Buffer>

/** The partial tile of a level, nothing where the level's last tile is full or the level is not there. */
export function openTile({ size, edge }: TreeState, level: number): Buffer | undefined {
  const partial = parseEdge(size, edge).partials[level]
  return partial === undefined || partial.length === 0 ? undefined : partial
}

/** Reads the open tiles from the head and all others, the full ones, from the store. */
export function readerOf(head: TreeState, readFullTile: ReadTile): ReadTile {
  return async (level, idx) =>
    idx === Math.floor(hashesAt(head.size, level) / TILE_WIDTH)
      ? openTile(head, level)
      : readFullTile(level, idx)
}

/**
 * Reads inner nodes out of tiles. Each tile is read once, and its inner rows are hashed once, however
 * many nodes are asked for. Refuses with `TILE_MISSING` where a tile is absent or too narrow.
 */
export function nodeReader(readTile: ReadTile): ReadNode {
  const tiles = new Map<string, Promise<Buffer[]>>()
  const rowsOf = (level: number, idx: number): Promise<Buffer[]> => {
    const key = `${level}/${idx}`
    const known = tiles.get(key) ?? readTile(level, idx).then((tile) => [tile ?? Buffer.alloc(0)])
    tiles.set(key, known)
    return known
  }
  return async (height, index) => {
    const rise = height % 8
    const level = (height - rise) / 8
    const perTile = TILE_WIDTH / 2 ** rise
    const tile = Math.floor(index / perTile)
    const row = climbTo(await rowsOf(level, tile), rise)
    const at = (index % perTile) * HASH_BYTES
    if (at + HASH_BYTES > row.length) {
      throw new LogError('TILE_MISSING', `tile ${level}/${tile} is absent or too narrow`)
    }
    return Buffer.from(row.subarray(at, at + HASH_BYTES))
  }
}

/** The row `rise` heights above a tile's hashes; rows made on the way stay in `rows`. */
function climbTo(rows: Buffer[], rise: number): Buffer {
  let top = rows.at(-1) ?? Buffer.alloc(0)
  while (rows.length <= rise) {
    top = hashPairs(top)
    rows.push(top)
  }
  return rows[rise] ?? top
}
