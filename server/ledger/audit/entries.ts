import type { Db } from '../../database.js'
import { commitAll, type EntryOpening } from '../commitment.js'
import { HASH_BYTES } from '../hash.js'
import { TILE_WIDTH } from '../tile-shape.js'
import type { AuditFault } from './fault.js'
import type { ReadLeaves } from './leaves.js'

/** An entry with its place, as a room hands it out for auditing; its body is empty where it has none. */
export interface AuditedEntry extends EntryOpening {
  readonly index: number
}

/** Reads a room's entries page by page, in any order; every row that stands must come. */
export type EntryReader = (db: Db) => AsyncIterable<readonly AuditedEntry[]>

/** Tiles of leaves that are kept in memory, 8 KiB each. */
const KEPT = 64

/** Every row that still stands must open the leaf that it names. */
export async function auditEntries(
  db: Db,
  size: number,
  { readers, readLeaves }: { readers: readonly EntryReader[]; readLeaves: ReadLeaves },
): Promise<{ count: number; faults: AuditFault[] }> {
  const leafOf = leafLookup(size, readLeaves)
  const faults: AuditFault[] = []
  let count = 0
  for await (const entry of everyEntry(db, readers)) {
    count += 1
    if (opens(entry, await leafOf(entry.index))) continue
    const sentence = `Entry ${entry.index} is not what was committed.`
    faults.push({ where: 'entry', sentence })
  }
  return { count, faults }
}

async function* everyEntry(db: Db, readers: readonly EntryReader[]): AsyncGenerator<AuditedEntry> {
  for (const reader of readers) {
    for await (const page of reader(db)) yield* page
  }
}

function leafLookup(size: number, readLeaves: ReadLeaves) {
  const kept = new Map<number, Buffer>()
  return async (index: number): Promise<Buffer | undefined> => {
    if (index < 0 || index >= size) return undefined
    const idx = Math.floor(index / TILE_WIDTH)
    const leaves = kept.get(idx) ?? (await readLeaves(idx)).leaves ?? Buffer.alloc(0)
    if (kept.size >= KEPT) kept.clear()
    kept.set(idx, leaves)
    const at = (index % TILE_WIDTH) * HASH_BYTES
    return leaves.subarray(at, at + HASH_BYTES)
  }
}

function opens(opening: EntryOpening, leaf: Buffer | undefined): boolean {
  if (leaf === undefined) return false
  try {
    return commitAll([opening]).leaves.equals(leaf)
  } catch {
    return false
  }
}
