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
}

const WIDTH = 256
/** Tiles that are asked for at the same time. */
const AT_ONCE = 8

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
  const made = bundle && hashesOf(bundle, width)
  const served = tile && tile.length >= width * HASH_BYTES ? prefix(tile, width) : undefined
  return {
    idx,
    made,
    served,
    unreadable: [
      ...(made ? [] : [tilePath('entries', idx, width)]),
      ...(served ? [] : [tilePath(0, idx, width)]),
    ],
  }
}

function prefix(tile: Buffer, width: number): Buffer {
  return tile.subarray(0, width * HASH_BYTES)
}

/** Leaf hashes of the first `width` entries; each entry follows its length in two bytes. */
function hashesOf(bundle: Buffer, width: number): Buffer | undefined {
  const hashes: Buffer[] = []
  for (let at = 0; hashes.length < width;) {
    if (at + 2 > bundle.length) return undefined
    const end = at + 2 + bundle.readUInt16BE(at)
    if (end > bundle.length) return undefined
    hashes.push(leafHash(bundle.subarray(at + 2, end)))
    at = end
  }
  return Buffer.concat(hashes)
}
