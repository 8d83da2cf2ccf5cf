import type { Database } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { forgetInquiries } from './store.js'

/** What the portal does about inquiries by itself. */
export interface InquiryUpkeep {
  /** Deletes the keys of inquiries long ended, and what is due; returns how much it was. */
  forget(): Promise<number>
}

const RETENTION: Scope = { login: 'retention', role: 'retention' }

/** Makes the upkeep of the room. */
export function createInquiryUpkeep({
  inTransaction,
  clock,
}: {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
}): InquiryUpkeep {
  return {
    forget: () => inTransaction(RETENTION, (trx) => forgetInquiries(trx, clock.now())),
  }
}
