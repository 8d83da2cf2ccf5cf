import { createHash } from 'node:crypto'
import { StartError } from '../platform/kernel/errors.js'
import type { Db } from '../database.js'
import { openCheckpoint } from './checkpoint.js'
import { verifierOf } from './note-keys.js'
import { insertFingerprints, readFingerprints, readHead, readTile } from './store.js'
import { rootAt } from './tile-proofs.js'
import { readerOf } from './tile-reading.js'

/** What a checkpoint kept outside the database says about the database at start. */
export type OutsideVerdict =
  | { readonly state: 'agrees' }
  /** The outside one is ahead: entries that were acknowledged are missing, after a restore for example. */
  | { readonly state: 'behind'; readonly known: number; readonly size: number }

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
 * Compares the database with the newest checkpoint kept outside it; throws where the tree under that
 * checkpoint is another one, which no restore explains.
 */
export async function compareOutside(
  db: Db,
  { note, origin, vkey }: { note: string; origin: string; vkey: string },
): Promise<OutsideVerdict> {
  const outside = openCheckpoint(note, { origin, verifiers: [verifierOf(vkey)] })
  const head = await readHead(db)
  if (head.size < outside.size) return { state: 'behind', known: outside.size, size: head.size }
  const root = await rootAt(
    outside.size,
    readerOf(head, (level, idx) => readTile(db, level, idx)),
  )
  if (!root.equals(outside.root)) {
    throw new StartError(
      `The log under checkpoint ${outside.size} was rewritten: nothing is served until an operator has compared it with the witnesses.`,
    )
  }
  return { state: 'agrees' }
}
