import type { Catalogue } from '../catalogue/index.js'
import type { Database } from '../database.js'
import type { SubjectId } from '../identity/actor.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { expiryDay } from './calendar.js'
import type { AccessEntry } from './entry.js'
import { foldSubject, lockFold, noteFold, readTelling, readTreeSize } from './store/fold.js'
import { deleteDue } from './store/upkeep.js'

/** What keeping the log takes. */
export interface UpkeepParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
}

const WORKER: Scope = { login: 'worker', role: 'worker' }
const RETENTION: Scope = { login: 'retention', role: 'retention' }
/** Leaves folded in one transaction: bounds its memory and how long the fold row is locked. */
const STEP = 20_000

/** Folds everything recorded so far into the snapshot; returns how many leaves it passed. */
export async function foldAll(parts: UpkeepParts): Promise<number> {
  let passed = 0
  for (;;) {
    const step = await parts.inTransaction(WORKER, async (trx) => {
      const from = await lockFold(trx)
      const to = Math.min(await readTreeSize(trx), from + STEP)
      if (to === from) return 0
      const entries = await readTelling(trx, parts.catalogue, { from, to })
      const now = parts.clock.now()
      for (const [subject, own] of bySubject(entries)) {
        await foldSubject(trx, parts.catalogue, { subject, entries: own, today: expiryDay(now) })
      }
      await noteFold(trx, to, now)
      return to - from
    })
    if (step === 0) return passed
    passed += step
  }
}

function bySubject(entries: readonly AccessEntry[]): Map<SubjectId, AccessEntry[]> {
  const groups = new Map<SubjectId, AccessEntry[]>()
  for (const entry of entries) {
    const own = groups.get(entry.subject)
    if (own) own.push(entry)
    else groups.set(entry.subject, [entry])
  }
  return groups
}

/** Deletes entries whose time is over, with salt and flags; the tree keeps their leaves (GDPR Art. 5 (1) (e)). */
export async function forget({ inTransaction, clock }: UpkeepParts): Promise<number> {
  return inTransaction(RETENTION, (trx) => deleteDue(trx, expiryDay(clock.now())))
}
