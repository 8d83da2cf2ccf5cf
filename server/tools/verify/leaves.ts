import { tilePath, type Source } from './source.js'
import { HASH_BYTES, leafHash } from './tree.js'

/** The leaves of one tile, read twice: out of the entries and out of the tile that holds their hashes. */
export interface Leaves {
  readonly idx: number
  /** Leaf hashes that the entries make; nothing where there is no bundle, or none that can be read. */
  readonly made: Buffer | undefined
  /** Leaf hashes as the tile serves them; nothing where there are not as many as there must be. */
  readonly served: Buffer | undefined
  /** Addresses of what is missing or cannot be read. */
  readonly unreadable: readonly string[]
  /** What the entries say about a restore. */
  readonly gaps: readonly Gap[]
}

/** Entry 0x07: the log was restored at `restored` entries, and had signed `lost` before. */
export interface Gap {
  readonly index: number
  readonly restored: number
  readonly lost: number
  /** Milliseconds since 1970, UTC. */
  readonly at: number
}

const WIDTH = 256
/** Tiles that are asked for at the same time. */
const AT_ONCE = 8
const GAP_TYPE = 0x07
const GAP_BYTES = 57

/** Reads all leaves of a tree of this size, in order. */
export async function* allLeaves(source: Source, size: number): AsyncGenerator<Leaves> {
  const count = Math.ceil(size / WIDTH)
  const running: Promise<Leaves>[] = []
  for (let idx = 0; idx < count || running.length > 0;) {
    while (running.length < AT_ONCE && idx < count) {
      const job = leavesAt(source, idx, Math.min(WIDTH, size - idx * WIDTH))
      // It is awaited in its turn; until then an error must not end the program.
      job.catch(() => undefined)
      running.push(job)
      idx += 1
    }
    const next = running.shift()
    if (next) yield await next
  }
}

async function leavesAt(source: Source, idx: number, width: number): Promise<Leaves> {
  const [bundle, tile] = await Promise.all([
    source.tile('entries', idx, width),
    source.tile(0, idx, width),
  ])
  const entries = bundle && entriesOf(bundle, width)
  const made = entries && Buffer.concat(entries.map(leafHash))
  const served = tile && tile.length >= width * HASH_BYTES ? prefix(tile, width) : undefined
  return {
    idx,
    made,
    served,
    gaps: (entries ?? []).flatMap((entry, i) => gapOf(entry, idx * WIDTH + i)),
    unreadable: [
      ...(made ? [] : [tilePath('entries', idx, width)]),
      ...(served ? [] : [tilePath(0, idx, width)]),
    ],
  }
}

function prefix(tile: Buffer, width: number): Buffer {
  return tile.subarray(0, width * HASH_BYTES)
}

function gapOf(entry: Buffer, index: number): Gap[] {
  if (entry[0] !== GAP_TYPE || entry.length !== GAP_BYTES) return []
  const number = (at: number) => Number(entry.readBigUInt64BE(at))
  return [{ index, restored: number(1), lost: number(9), at: number(49) }]
}

/** The first `width` entries; each follows its length in two bytes. */
function entriesOf(bundle: Buffer, width: number): Buffer[] | undefined {
  const entries: Buffer[] = []
  for (let at = 0; entries.length < width;) {
    if (at + 2 > bundle.length) return undefined
    const end = at + 2 + bundle.readUInt16BE(at)
    if (end > bundle.length) return undefined
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  return entries
}
