import type { Database } from '../database.js'
import { createDelivery, type DeliveryParts, type Sending } from '../notices/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Effect } from './parts.js'
import { makeNotices, settleNotice, takeNotices, type DueNotice } from './store/notices.js'

/** `typ` of the message that a consent was withdrawn (RFC 8725 section 3.11). */
export const WITHDRAWAL_TYPE = 'consent-withdrawal+jwt'

const WORKER: Scope = { login: 'worker', role: 'worker' }

/** What follows from a withdrawal: whoever holds the data under it is told (GDPR Articles 7 (3), 19). */
export const tellOfEnd: Effect = (trx, { consent }) => makeNotices(trx, consent)

/** Makes the way by which withdrawals reach controllers and recipients. */
export function createWithdrawalSending(
  parts: DeliveryParts & { readonly inTransaction: InTransaction<Database> },
): Sending {
  const { inTransaction } = parts
  return createDelivery<DueNotice>(parts, {
    type: WITHDRAWAL_TYPE,
    take: (at, most) => inTransaction(WORKER, (trx) => takeNotices(trx, at, most)),
    settle: (sent) => inTransaction(WORKER, (trx) => settleNotice(trx, sent)),
    says: saidOf,
  })
}

/** Which consent, and from when on it is no longer valid; nothing once its proof is gone. */
function saidOf(due: DueNotice): Readonly<Record<string, unknown>> | undefined {
  const { subject, consent, code, part, withdrawnAt } = due
  if (code === undefined || part === undefined) return undefined
  return { sub: subject, consent, template: code, part, withdrawnAt: withdrawnAt.toISOString() }
}
