import type { Db } from '../../database.js'
import { parseBundle } from '../bundles.js'
import { HASH_BYTES } from '../hash.js'
import { leafHashes } from '../merkle.js'
import { readBundle, readTile } from '../store.js'
import { openTile, readerOf, type ReadTile } from '../tile-reading.js'
import { TILE_WIDTH } from '../tile-shape.js'
import { extendTree, type HeadState } from '../tiles.js'
import { parseTypedEntry, type Gap } from '../typed-entries.js'

const GAP_TYPE = 0x07

/** The leaf hashes of one tile, as far as bundle and tile can be believed, and what is wrong with them. */
export interface AuditedLeaves {
  /** 32 bytes for each leaf; nothing where neither bundle nor tile tells them. */
  readonly leaves: Buffer | undefined
  readonly faults: readonly string[]
  /** Restores that the entries tell of. */
  readonly gaps: readonly Gap[]
}

/** Reads the leaves [256 idx, 256 idx + 256) twice, out of entries and tile, and judges between them. */
export type ReadLeaves = (idx: number) => Promise<AuditedLeaves>

/** Makes the reader over what is stored. */
export function leafReader(db: Db, head: HeadState): ReadLeaves {
  const readStored = storedTiles(db, head)
  return async (idx) => {
    const count = Math.min(TILE_WIDTH, head.size - idx * TILE_WIDTH)
    const bundle = count === TILE_WIDTH ? await readBundle(db, idx) : head.bundleEdge
    const entries = bundle && entriesIn(bundle, count)
    const made = entries && leafHashes(entries)
    const gaps = gapsIn(entries ?? [])
    const tile = await readStored(0, idx)
    const isSame = made !== undefined && tile?.equals(made) === true
    // Of the open tile both copies stand in the head, which is judged as a whole.
    if (isSame || (made && count < TILE_WIDTH)) return { leaves: made, faults: [], gaps }
    if (count < TILE_WIDTH)
      return { leaves: tile, faults: ['The open bundle of the head was altered.'], gaps }
    const judged = judge(idx, { bundle, made, tile, parent: await parentOf(readStored, idx) })
    return { ...judged, gaps }
  }
}

/** Every tile as it stands, the open ones out of the head; without those where the head cannot be read. */
function storedTiles(db: Db, head: HeadState): ReadTile {
  const readFull: ReadTile = (level, idx) => readTile(db, level, idx)
  try {
    openTile(head, 0)
    return readerOf(head, readFull)
  } catch {
    return readFull
  }
}

function entriesIn(bundle: Buffer, count: number): Buffer[] | undefined {
  try {
    const entries = parseBundle(bundle)
    return entries.length === count ? entries : undefined
  } catch {
    return undefined
  }
}

/** What only begins like one was altered, and is found as that. */
function gapsIn(entries: readonly Buffer[]): Gap[] {
  return entries.flatMap((entry) => {
    if (entry[0] !== GAP_TYPE) return []
    try {
      const typed = parseTypedEntry(entry)
      return typed.type === 'gap' ? [typed] : []
    } catch {
      return []
    }
  })
}

async function parentOf(readStored: ReadTile, idx: number): Promise<Buffer | undefined> {
  const tile = await readStored(1, Math.floor(idx / TILE_WIDTH))
  const at = (idx % TILE_WIDTH) * HASH_BYTES
  return tile?.subarray(at, at + HASH_BYTES)
}

/** The two copies of one tile's leaves that do not agree. */
interface Copies {
  readonly bundle: Buffer | undefined
  /** Leaf hashes that the bundle's entries make, where it can be read. */
  readonly made: Buffer | undefined
  readonly tile: Buffer | undefined
  /** The hash above: the copy that makes it is the right one. */
  readonly parent: Buffer | undefined
}

function judge(idx: number, { bundle, made, tile, parent }: Copies): Omit<AuditedLeaves, 'gaps'> {
  const bundleFault = `Bundle ${idx} ${bundle ? 'was altered' : 'is missing'}.`
  const tileFault = `Tile 0/${idx} ${tile ? 'was altered' : 'is missing'}.`
  if (made && (!tile || fits(made, parent))) return { leaves: made, faults: [tileFault] }
  if (tile && (!made || fits(tile, parent))) return { leaves: tile, faults: [bundleFault] }
  if (made) return { leaves: made, faults: [`Bundle ${idx} and tile 0/${idx} do not agree.`] }
  return { leaves: undefined, faults: [bundleFault, tileFault] }
}

function fits(leaves: Buffer, parent: Buffer | undefined): boolean {
  if (parent === undefined || leaves.length !== TILE_WIDTH * HASH_BYTES) return false
  return extendTree({ size: 0, edge: Buffer.alloc(0) }, leaves).root.equals(parent)
}
