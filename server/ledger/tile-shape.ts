import { LogError } from './log-error.js'

/** Hashes in a full tile, and entries in a full bundle: tiles are eight levels high (tlog-tiles). */
export const TILE_WIDTH = 256

/** One tile of a tree; a width below 256 makes it partial. */
export interface Tile {
  readonly level: number
  readonly idx: number
  readonly width: number
}

/** How many hashes a tree of `size` has at a tile level: one for each 256^level whole leaves. */
export function hashesAt(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level)
}

/** How many tile levels a tree of `size` has; the empty tree has none. */
export function levelsOf(size: number): number {
  let levels = 0
  while (hashesAt(size, levels) > 0) levels++
  return levels
}

/** How wide a tile stands in a tree of `size`: 256, less when partial, 0 when it is not there. */
export function tileWidth(size: number, level: number, idx: number): number {
  return Math.min(TILE_WIDTH, Math.max(0, hashesAt(size, level) - idx * TILE_WIDTH))
}

/** Every tile of a tree of `size`, partial ones included, from level 0 up (tlog-tiles). */
export function* tilesOf(size: number): Generator<Tile> {
  for (let level = 0; level < levelsOf(size); level++) {
    const count = Math.ceil(hashesAt(size, level) / TILE_WIDTH)
    for (let idx = 0; idx < count; idx++) yield { level, idx, width: tileWidth(size, level, idx) }
  }
}

/** The tree size, refused unless it is a whole number that arithmetic keeps exact. */
export function checkedSize(size: number): number {
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new LogError('OUT_OF_RANGE', `not a tree size: ${size}`)
  }
  return size
}
