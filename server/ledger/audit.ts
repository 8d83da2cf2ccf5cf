import type { Db } from '../database.js'
import { auditCheckpoints } from './audit/checkpoints.js'
import { auditEntries, type EntryReader } from './audit/entries.js'
import type { AuditFault } from './audit/fault.js'
import { leafReader } from './audit/leaves.js'
import { auditTree } from './audit/tree.js'
import { verifierOf } from './note-keys.js'
import type { Gap } from './typed-entries.js'
import { inSnapshot, readHead } from './store.js'

export type { AuditedEntry, EntryReader } from './audit/entries.js'
export type { AuditFault } from './audit/fault.js'

/** What the audit looked at. */
export interface AuditReport {
  readonly leaves: number
  readonly entries: number
  readonly checkpoints: number
  readonly faults: readonly AuditFault[]
  /** Restores that the log tells of, in its order. */
  readonly gaps: readonly Gap[]
}

/**
 * Rebuilds the tree from its entries and compares everything that is stored with it, in one snapshot, so
 * that it may run while the portal appends. It cannot know of a row that was deleted: see the README.
 */
export async function auditLedger(
  db: Db,
  { origin, vkey, readers }: { origin: string; vkey: string; readers: readonly EntryReader[] },
): Promise<AuditReport> {
  return inSnapshot(db, async (trx) => {
    const head = await readHead(trx)
    const readLeaves = leafReader(trx, head)
    const signed = auditCheckpoints(trx, { origin, verifiers: [verifierOf(vkey)] })
    const tree = await auditTree(trx, head, { readLeaves, checkpoints: signed })
    const checkpoints = await signed.end(head.size)
    const entries = await auditEntries(trx, head.size, { readers, readLeaves })
    return {
      leaves: head.size,
      entries: entries.count,
      checkpoints: checkpoints.count,
      gaps: tree.gaps,
      faults: [...tree.faults, ...checkpoints.faults, ...entries.faults],
    }
  })
}
