import { createHash } from 'node:crypto'
import { StartError } from '../platform/kernel/errors.js'
import type { Db } from '../database.js'
import { openCheckpoint, type Checkpoint } from './checkpoint.js'
import { LogError } from './log-error.js'
import { verifierOf } from './note-keys.js'
import { insertFingerprints, readFingerprints, readHead, readTile } from './store.js'
import { rootAt } from './tile-proofs.js'
import { readerOf } from './tile-reading.js'

/** What a checkpoint kept outside the database says about the database at start. */
export type OutsideVerdict =
  | { readonly state: 'agrees' }
  /** The outside one is ahead: entries that were acknowledged are missing, after a restore for example. */
  | {
      readonly state: 'behind'
      readonly size: number
      /** Size and root (32 bytes) of the outside one. */
      readonly known: number
      readonly root: Buffer
    }

/** Refuses to start with other keys or another origin than the log was begun with. */
export async function checkFingerprints(
  db: Db,
  materials: Readonly<Record<string, Uint8Array | string>>,
): Promise<void> {
  const given = new Map(
    Object.entries(materials).map(([name, material]) => [name, fingerprint(name, material)]),
  )
  const stored = await readFingerprints(db)
  if (stored.size === 0) {
    await insertFingerprints(db, given)
    return
  }
  const wrong = [...given]
    .filter(([name, print]) => stored.get(name) !== print)
    .map(([name]) => name)
  if (wrong.length > 0) {
    throw new StartError(
      `This database belongs to another ${wrong.join(' and ')}: restore the keys that it was begun with.`,
    )
  }
}

function fingerprint(name: string, material: Uint8Array | string): string {
  return createHash('sha256')
    .update(`mirat/fingerprint/v1\0${name}\0`)
    .update(material)
    .digest('hex')
}

/**
 * Compares the database with the newest checkpoint kept outside it; throws a StartError where the tree
 * under that checkpoint is another one, which no restore explains, or where it is not this log's.
 */
export async function compareOutside(
  db: Db,
  { note, origin, vkey }: { note: string; origin: string; vkey: string },
): Promise<OutsideVerdict> {
  const outside = openOutside(note, { origin, vkey })
  const head = await readHead(db)
  if (head.size < outside.size) {
    return { state: 'behind', size: head.size, known: outside.size, root: outside.root }
  }
  const readStored = readerOf(head, (level, idx) => readTile(db, level, idx))
  // A tile that is gone is as much another tree as one that was changed.
  const root = await rootAt(outside.size, readStored).catch(ifMalformed)
  if (root?.equals(outside.root)) return { state: 'agrees' }
  throw new StartError(
    `The log under checkpoint ${outside.size} was rewritten: nothing is served until an operator has compared it with the witnesses.`,
  )
}

function openOutside(note: string, { origin, vkey }: { origin: string; vkey: string }): Checkpoint {
  try {
    return openCheckpoint(note, { origin, verifiers: [verifierOf(vkey)] })
  } catch (error) {
    throw new StartError(
      'The checkpoint kept outside the database was not signed by this log: restore the file, or the keys.',
      error,
    )
  }
}

function ifMalformed(error: unknown): undefined {
  if (!(error instanceof LogError)) throw error
}
