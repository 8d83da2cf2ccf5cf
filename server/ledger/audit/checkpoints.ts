import type { Db } from '../../database.js'
import { openCheckpoint, type LogIdentity } from '../checkpoint.js'
import { readCheckpoints, type StoredCheckpoint } from '../store.js'
import { rootAt } from '../tile-proofs.js'
import type { ReadTile } from '../tile-reading.js'
import type { HeadState } from '../tiles.js'
import type { AuditFault } from './fault.js'

/** Opens every stored checkpoint and compares it with the tree under it; the newest must be the head's. */
export async function auditCheckpoints(
  db: Db,
  head: HeadState,
  { log, readTile }: { log: LogIdentity; readTile: ReadTile },
): Promise<{ count: number; faults: AuditFault[] }> {
  const sentences: string[] = []
  let count = 0
  let newest = 0
  for (let page = await readCheckpoints(db, -1); page.length > 0;) {
    for (const stored of page) sentences.push(...(await faultsOf(stored, log, readTile)))
    count += page.length
    newest = page.at(-1)?.size ?? newest
    page = await readCheckpoints(db, newest)
  }
  if (newest !== head.size) {
    sentences.push(`The head has ${head.size} leaves, the newest checkpoint ${newest}.`)
  }
  return { count, faults: sentences.map((sentence) => ({ where: 'checkpoint', sentence })) }
}

async function faultsOf(
  { note, size }: StoredCheckpoint,
  log: LogIdentity,
  readTile: ReadTile,
): Promise<string[]> {
  const signed = opened(note, log)
  if (signed === undefined) return [`Checkpoint ${size} is not signed by this log.`]
  const root = await rootAt(size, readTile).catch(() => undefined)
  const isSound = signed.size === size && root !== undefined && signed.root.equals(root)
  return isSound ? [] : [`Checkpoint ${size} does not fit the tree.`]
}

function opened(note: string, log: LogIdentity) {
  try {
    return openCheckpoint(note, log)
  } catch {
    return undefined
  }
}
