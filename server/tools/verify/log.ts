import { allLeaves, type Gap, type Leaves } from './leaves.js'
import type { Checkpoint } from './note.js'
import { tilePath, type Source } from './source.js'
import { createTree, HASH_BYTES, type Tree } from './tree.js'

/** What was looked at, and what is wrong, each in a sentence; whole where nothing is. */
export interface Report {
  readonly entries: number
  readonly tiles: number
  readonly faults: readonly string[]
  /** Restores that the log itself tells of. */
  readonly gaps: readonly Gap[]
}

/** What checking a log takes. */
export interface LogParts {
  readonly source: Source
  /** The checkpoint that the log shows now. */
  readonly checkpoint: Checkpoint
  /** One that somebody kept. */
  readonly older?: Checkpoint
  readonly onProgress: (entries: number) => void
}

const WIDTH = 256

/** Hashes every entry that the log serves, and compares root, tiles and an older root with what comes out. */
export async function verifyLog(parts: LogParts): Promise<Report> {
  const { checkpoint, older } = parts
  const reading = await readAll(parts)
  const { made, served, faults } = reading
  if (made.tree.size < checkpoint.size) {
    return {
      entries: made.tree.size,
      tiles: 0,
      faults: [...faults, NOTHING_BEYOND(made.tree.size)],
      gaps: reading.gaps,
    }
  }
  const isMade = made.tree.root().equals(checkpoint.root)
  const isServed = !isMade && served.tree.root().equals(checkpoint.root)
  const right = isServed ? served : made
  faults.push(...reading.disputed.map((idx) => disputeOver(idx, { isMade, isServed, checkpoint })))
  if (!isMade && !isServed) {
    faults.push('The entries do not make the root that the log signed.')
  }
  const above = await tilesAbove(parts, right.tree)
  if (older)
    faults.push(...olderFaults(older, checkpoint, { root: right.olderRoot, gaps: reading.gaps }))
  const tiles = Math.ceil(checkpoint.size / WIDTH) + above.count
  return {
    entries: checkpoint.size,
    tiles,
    faults: [...faults, ...above.faults],
    gaps: reading.gaps,
  }
}

const NOTHING_BEYOND = (size: number) => `Nothing beyond entry ${size} could be checked.`

/** A tree and the root that it had at the size of the older checkpoint. */
interface Growing {
  readonly tree: Tree
  olderRoot: Buffer | undefined
}

interface Reading {
  /** Out of the entries. */
  readonly made: Growing
  /** Out of the tiles that hold the entries' hashes. */
  readonly served: Growing
  readonly faults: string[]
  /** Tiles and bundles that do not agree with each other. */
  readonly disputed: number[]
  readonly gaps: Gap[]
}

/** Both trees are grown: the one whose root was signed tells which side of a dispute was altered. */
async function readAll({ source, checkpoint, older, onProgress }: LogParts): Promise<Reading> {
  const made: Growing = { tree: createTree(), olderRoot: undefined }
  const served: Growing = { tree: createTree(), olderRoot: undefined }
  const faults: string[] = []
  const disputed: number[] = []
  const gaps: Gap[] = []
  for await (const leaves of allLeaves(source, checkpoint.size)) {
    faults.push(...leaves.unreadable.map((path) => `${path} is missing or cannot be read.`))
    gaps.push(...leaves.gaps)
    const both = bothSides(leaves)
    if (both === undefined) break
    if (!both.made.equals(both.served)) disputed.push(leaves.idx)
    grow(made, both.made, older)
    grow(served, both.served, older)
    onProgress(made.tree.size)
  }
  return { made, served, faults, disputed, gaps }
}

function bothSides({ made, served }: Leaves): { made: Buffer; served: Buffer } | undefined {
  const one = made ?? served
  const other = served ?? made
  return one && other && { made: one, served: other }
}

function grow(growing: Growing, leaves: Buffer, older: Checkpoint | undefined): void {
  for (let at = 0; at < leaves.length; at += HASH_BYTES) {
    growing.tree.add(leaves.subarray(at, at + HASH_BYTES))
    if (growing.tree.size === older?.size) growing.olderRoot = growing.tree.root()
  }
}

function disputeOver(
  idx: number,
  { isMade, isServed, checkpoint }: { isMade: boolean; isServed: boolean; checkpoint: Checkpoint },
): string {
  const width = Math.min(WIDTH, checkpoint.size - idx * WIDTH)
  const bundle = tilePath('entries', idx, width)
  const tile = tilePath(0, idx, width)
  if (isMade) return `${tile} is not what its entries make.`
  if (isServed) return `${bundle} does not hold the entries that the log signed.`
  return `${bundle} and ${tile} do not agree.`
}

async function tilesAbove(
  { source, checkpoint }: LogParts,
  tree: Tree,
): Promise<{ count: number; faults: string[] }> {
  const faults: string[] = []
  let count = 0
  for (let level = 1; checkpoint.size >= WIDTH ** level; level++) {
    const hashes = tree.above(level)
    for (let idx = 0; idx * WIDTH < hashes.length; idx++) {
      const made = Buffer.concat(hashes.slice(idx * WIDTH, (idx + 1) * WIDTH))
      const width = made.length / HASH_BYTES
      const served = await source.tile(level, idx, width)
      count += 1
      if (served?.subarray(0, made.length).equals(made)) continue
      faults.push(`${tilePath(level, idx, width)} is not what its entries make.`)
    }
  }
  return { count, faults }
}

function olderFaults(
  older: Checkpoint,
  { size }: Checkpoint,
  { root: olderRoot, gaps }: { root: Buffer | undefined; gaps: readonly Gap[] },
): string[] {
  const gap = gaps.find(({ restored, lost }) => older.size > restored && older.size <= lost)
  const told = gap === undefined ? '' : ` Entry ${gap.index} of the log tells of that loss.`
  if (older.size > size) {
    return [
      `The log shows ${size} entries, but has signed ${older.size} before: some are hidden. ` +
        '(A checkpoint that an authority was answered is public a minute later.)' +
        told,
    ]
  }
  const root = older.size === 0 ? createTree().root() : olderRoot
  return root?.equals(older.root)
    ? []
    : [
        `The first ${older.size} entries are not those of the older checkpoint: the log was rewritten.${told}`,
      ]
}
