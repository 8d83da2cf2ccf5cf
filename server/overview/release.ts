import type { Catalogue } from '../catalogue/index.js'
import type { Database } from '../database.js'
import { staffScope, type StaffActor } from '../identity/index.js'
import type { Ledger } from '../ledger/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { expiryDay } from './calendar.js'
import {
  decideReview,
  noteReview,
  readDue,
  writeRelease,
  type ReviewDecided,
  type ReviewNote,
  type ReviewVerdict,
} from './store/release.js'

export type { ReviewDecided } from './store/release.js'

/** What releasing takes. */
export interface ReleaseParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly ledger: Pick<Ledger, 'prepare' | 'append'>
  readonly clock: Clock
}

const WORKER: Scope = { login: 'worker', role: 'worker' }
/** Entries of one transaction: bounds how long the log is locked. */
const STEP = 500

/**
 * Shows what was held back and is due (AZRG § 34 (2); BDSG § 32 (3); SGB X § 82 (4)): appends to the visible class
 * an entry with the original time and expiry that opens the sealed one. Returns how many.
 */
export async function releaseDue(parts: ReleaseParts): Promise<number> {
  for (let released = 0; ;) {
    const step = await releaseSome(parts)
    if (step === 0) return released
    released += step
  }
}

function releaseSome({ inTransaction, catalogue, ledger, clock }: ReleaseParts): Promise<number> {
  const now = clock.now()
  const today = expiryDay(now)
  return inTransaction(WORKER, async (trx) => {
    const due = await readDue(trx, catalogue, { today, now, limit: STEP })
    if (due.length === 0) return 0
    const prepared = ledger.prepare(
      due.map(({ class: kind, subject, body }) => ({ class: kind, subject, body })),
    )
    const { indices } = await ledger.append(trx, prepared)
    for (const [at, { index: sealed }] of due.entries()) {
      const place = { index: indices[at] as number, salt: prepared.salts[at] as Buffer }
      // Whoever comes second finds a leaf without a row: the whole step is taken back instead.
      if (!(await writeRelease(trx, { sealed, ...place, now, today }))) {
        throw new Error('an entry was released by somebody else meanwhile')
      }
    }
    return due.length
  })
}

/** What reviews of held entries are noted with. */
export interface Reviews {
  /**
   * False where the entry is none of the officer's, the reason none of its rule, or it is shown already, or was
   * reviewed meanwhile.
   */
  note(actor: StaffActor, note: ReviewNote): Promise<boolean>
  /** Confirms or refuses a review that found no obstacle, as its second person; says what it met. */
  decide(actor: StaffActor, decided: ReviewVerdict): Promise<ReviewDecided>
}

/** Makes noting what reviews found. */
export function createReviews({
  inTransaction,
  clock,
}: Pick<ReleaseParts, 'inTransaction' | 'clock'>): Reviews {
  return {
    note: (actor, note) =>
      inTransaction(staffScope(actor), (trx) => noteReview(trx, note, clock.now())),
    decide: (actor, decided) =>
      inTransaction(staffScope(actor), (trx) => decideReview(trx, decided, clock.now())),
  }
}
