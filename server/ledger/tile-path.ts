import { TILE_WIDTH } from './tile-shape.js'

/** An address below the log's prefix: a Merkle tile at a level, or a bundle of entries. */
export interface TileAddress {
  readonly level: number | 'entries'
  readonly idx: number
  /** Hashes or entries asked for: 1 to 255 for a partial one, 256 for a full one. */
  readonly width: number
}

const MAX_LEVEL = 63
const PATH =
  /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/

/** A tile number as path elements of three digits, all but the last marked: 1234067 is x001/x234/067. */
export function encodeTileIndex(idx: number): string {
  const digits = String(idx)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const elements = padded.match(/.{3}/g) ?? []
  return elements.map((part, i) => (i < elements.length - 1 ? `x${part}` : part)).join('/')
}

/** The address of a tile or bundle below the log's prefix (tlog-tiles). */
export function formatTilePath({ level, idx, width }: TileAddress): string {
  const suffix = width === TILE_WIDTH ? '' : `.p/${width}`
  return `tile/${level}/${encodeTileIndex(idx)}${suffix}`
}

/** The tile or bundle that an address names, or nothing unless it is spelt in the one right way. */
export function parseTilePath(path: string): TileAddress | undefined {
  const [, level, elements, width] = PATH.exec(path) ?? []
  if (level === undefined || elements === undefined) return undefined
  const address: TileAddress = {
    level: level === 'entries' ? level : Number(level),
    idx: Number(elements.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  }
  const isInRange =
    address.width <= TILE_WIDTH && (level === 'entries' || Number(level) <= MAX_LEVEL)
  return isInRange && formatTilePath(address) === path ? address : undefined
}
