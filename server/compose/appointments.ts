import { ACT_TYPE, createAppointmentBook, createAppointments } from '../appointments/index.js'
import type { Database } from '../database.js'
import { createCommitAll } from '../journal/index.js'
import type { Ledger } from '../ledger/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import { derivedKey } from '../platform/secrets.js'
import type { Installation } from './installation.js'
import { operatorDigestOf } from './operators.js'

/** The room of appointments: what offices tell of them, and what residents read. */
export function appointmentsOf(
  { catalogue, clock, secrets }: Installation,
  {
    inTransaction,
    ledger,
  }: { readonly inTransaction: InTransaction<Database>; readonly ledger: Ledger },
) {
  const commitAll = createCommitAll(ACT_TYPE, {
    ...{ ledger, catalogue },
    operatorDigest: operatorDigestOf(secrets, 'appointment/'),
  })
  const refKey = derivedKey(secrets.originKey, 'appointment-ref')
  return {
    book: createAppointmentBook({ commitAll, clock, refKey }),
    appointments: createAppointments({ inTransaction, catalogue }),
  }
}
