import { malformed } from './log-error.js'
import { TILE_WIDTH } from './tile-shape.js'

/** A full bundle of 256 entries; leaf number 256 * idx is its first. */
export interface FullBundle {
  readonly idx: number
  readonly data: Buffer
}

const LENGTH_BYTES = 2
const MAX_ENTRY = 0xffff

/** Entries in the form of a bundle: big-endian u16 length, then the entry, each (tlog-tiles). */
export function encodeEntries(entries: readonly Uint8Array[]): Buffer {
  const total = entries.reduce((sum, entry) => sum + LENGTH_BYTES + entry.length, 0)
  const out = Buffer.allocUnsafe(total)
  let at = 0
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY) throw malformed(`entry of ${entry.length} bytes`)
    out[at] = entry.length >>> 8
    out[at + 1] = entry.length & 0xff
    out.set(entry, at + LENGTH_BYTES)
    at += LENGTH_BYTES + entry.length
  }
  return out
}

/** The entries of a bundle, partial or full. Refuses a cut entry and more than 256 of them. */
export function parseBundle(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = []
  let at = 0
  while (at < bundle.length) {
    const end = entryEnd(bundle, at)
    entries.push(bundle.subarray(at + LENGTH_BYTES, end))
    at = end
  }
  if (entries.length > TILE_WIDTH) throw malformed(`a bundle of ${entries.length} entries`)
  return entries
}

/** The first `width` entries of a bundle, as a partial bundle. Refuses a bundle with fewer. */
export function bundlePrefix(bundle: Buffer, width: number): Buffer {
  let at = 0
  for (let i = 0; i < width; i++) at = entryEnd(bundle, at)
  return bundle.subarray(0, at)
}

/** Adds entries behind a tree of `size`, whose open bundle is `open`: the bundles now full, and the rest. */
export function growBundles(
  size: number,
  open: Buffer,
  entries: readonly Uint8Array[],
): { full: FullBundle[]; open: Buffer } {
  const full: FullBundle[] = []
  let idx = Math.floor(size / TILE_WIDTH)
  let rest = open
  let from = 0
  let to = TILE_WIDTH - (size % TILE_WIDTH)
  while (to <= entries.length) {
    full.push({ idx, data: Buffer.concat([rest, encodeEntries(entries.slice(from, to))]) })
    idx += 1
    rest = Buffer.alloc(0)
    from = to
    to += TILE_WIDTH
  }
  return { full, open: Buffer.concat([rest, encodeEntries(entries.slice(from))]) }
}

function entryEnd(bundle: Buffer, at: number): number {
  const end =
    at + LENGTH_BYTES > bundle.length ? Infinity : at + LENGTH_BYTES + bundle.readUInt16BE(at)
  if (end > bundle.length) throw malformed('a bundle ends inside an entry')
  return end
}
