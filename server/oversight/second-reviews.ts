import type { Catalogue, Party, Purpose } from '../catalogue/index.js'
import type { Database } from '../database.js'
import { reportingScope, type StaffActor } from '../identity/index.js'
import type { ReviewDecided, Reviews } from '../overview/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { ReviewDecision } from './reviewing.js'
import { readToConfirm, type ToConfirmRow } from './store/held.js'
import { known } from './known.js'

/** A review that found no obstacle and counts once somebody else has confirmed it; no person. */
export interface WaitingReview extends Omit<
  ToConfirmRow,
  'office' | 'source' | 'recipient' | 'purpose'
> {
  readonly office: Party
  readonly source: Party
  readonly recipient: Party
  readonly purpose: Purpose
}

/** The second person of reviews: an officer of one of both sides, or the supervision (AZRG § 34 (2), (3), (5)). */
export interface SecondReviews {
  /** What waits, the oldest first, one's own as well. */
  waiting(actor: StaffActor): Promise<readonly WaitingReview[]>
  /** Confirms or refuses one; says what it met instead where it cannot. */
  decide(
    actor: StaffActor,
    review: { readonly index: number; readonly number: number },
    decision: ReviewDecision,
  ): Promise<ReviewDecided>
}

const LISTED = 50

/** Makes the second person of reviews. */
export function createSecondReviews({
  inTransaction,
  catalogue: { parties, purposes },
  reviews,
}: {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly reviews: Reviews
}): SecondReviews {
  return {
    waiting: async (actor) => {
      const rows = await inTransaction(reportingScope(actor), (trx) => readToConfirm(trx, LISTED))
      return rows.map(({ office, source, recipient, purpose, ...row }) => ({
        ...row,
        office: known(parties.byId(office)),
        source: known(parties.byId(source)),
        recipient: known(parties.byId(recipient)),
        purpose: known(purposes.byId(purpose)),
      }))
    },
    decide: (actor, { index, number }, decision) =>
      reviews.decide(actor, { index, number, decision }),
  }
}
