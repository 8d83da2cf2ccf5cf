import type { Db } from '../database.js'
import { parseBundle } from './bundles.js'
import { openCheckpoint } from './checkpoint.js'
import { verifyOpening, type EntryOpening } from './commitment.js'
import { leafHashes } from './merkle.js'
import { verifierOf } from './note-keys.js'
import { readBundle, readCheckpoints, readHead, readTile } from './store.js'
import { rootAt } from './tile-proofs.js'
import { readerOf } from './tile-reading.js'
import { emptyHead, extend } from './tiles.js'
import { TILE_WIDTH } from './tile-shape.js'

/** One fault that the audit found, in words for the operator. */
export interface AuditFault {
  /** What is wrong: the tree itself, a checkpoint, or an entry's row. */
  readonly where: 'tree' | 'checkpoint' | 'entry'
  readonly sentence: string
}

/** What the audit looked at. */
export interface AuditReport {
  readonly leaves: number
  readonly entries: number
  readonly checkpoints: number
  readonly faults: readonly AuditFault[]
}

/** An entry with its place, as a room hands it out for auditing. */
export interface AuditedEntry extends EntryOpening {
  readonly index: number
}

/** Reads a room's entries page by page, in any order; the next page starts after the last key. */
export type EntryReader = (db: Db) => AsyncIterable<readonly AuditedEntry[]>

/** Rebuilds the tree from its entries and compares everything that is stored with it. */
export async function auditLedger(
  db: Db,
  { origin, vkey, readers }: { origin: string; vkey: string; readers: readonly EntryReader[] },
): Promise<AuditReport> {
  const faults: AuditFault[] = []
  const head = await readHead(db)
  await auditTree(db, faults)
  const checkpoints = await auditCheckpoints(db, { origin, vkey }, faults)
  const entries = await auditEntries(db, readers, faults)
  return { leaves: head.size, entries, checkpoints, faults }
}

/** Every tile is made again from the entries, so a changed tile shows as much as a changed entry. */
async function auditTree(db: Db, faults: AuditFault[]): Promise<void> {
  const head = await readHead(db)
  let state = emptyHead
  for (let idx = 0; idx <= Math.floor(head.size / TILE_WIDTH); idx++) {
    const bundle = await bundleAt(db, idx)
    if (bundle === undefined) {
      faults.push({ where: 'tree', sentence: `Bundle ${idx} is missing.` })
      return
    }
    const entries = parseBundle(bundle)
    const grown = extend(state, entries, leafHashes(entries))
    for (const { level, idx: at, data } of grown.newTiles) {
      const stored = await readTile(db, level, at)
      if (!stored?.equals(data)) {
        faults.push({
          where: 'tree',
          sentence: `Tile ${level}/${at} is not what its entries make.`,
        })
      }
    }
    state = grown
  }
  if (state.size !== head.size || !state.edge.equals(head.edge)) {
    faults.push({ where: 'tree', sentence: 'The head is not what the entries make.' })
  }
}

async function bundleAt(db: Db, idx: number): Promise<Buffer | undefined> {
  const head = await readHead(db)
  return idx === Math.floor(head.size / TILE_WIDTH) ? head.bundleEdge : readBundle(db, idx)
}

async function auditCheckpoints(
  db: Db,
  { origin, vkey }: { origin: string; vkey: string },
  faults: AuditFault[],
): Promise<number> {
  const head = await readHead(db)
  const readNode = readerOf(head, (level, idx) => readTile(db, level, idx))
  const verifiers = [verifierOf(vkey)]
  let count = 0
  for (let after = -1; ;) {
    const page = await readCheckpoints(db, after)
    for (const { note, size } of page) {
      count++
      after = size
      try {
        const { root, size: signed } = openCheckpoint(note, { origin, verifiers })
        if (signed === size && root.equals(await rootAt(size, readNode))) continue
        faults.push({ where: 'checkpoint', sentence: `Checkpoint ${size} does not fit the tree.` })
      } catch {
        faults.push({
          where: 'checkpoint',
          sentence: `Checkpoint ${size} is not signed by this log.`,
        })
      }
    }
    if (page.length === 0) return count
  }
}

/** Every row that still stands must open the leaf that it names. */
async function auditEntries(
  db: Db,
  readers: readonly EntryReader[],
  faults: AuditFault[],
): Promise<number> {
  let count = 0
  const bundles = new Map<number, Buffer[]>()
  const leafOf = async (index: number) => {
    const idx = Math.floor(index / TILE_WIDTH)
    const entries = bundles.get(idx) ?? parseBundle((await bundleAt(db, idx)) ?? Buffer.alloc(0))
    if (bundles.size > 64) bundles.clear()
    bundles.set(idx, entries)
    return entries[index % TILE_WIDTH]
  }
  for (const reader of readers) {
    for await (const page of reader(db)) {
      for (const { index, ...opening } of page) {
        count++
        const leaf = await leafOf(index)
        if (leaf && verifyOpening(opening, leaf)) continue
        faults.push({ where: 'entry', sentence: `Entry ${index} is not what was committed.` })
      }
    }
  }
  return count
}
