import type { Database } from '../database.js'
import { ACT_TYPE, createEmergencies, createEmergencyBook } from '../emergencies/index.js'
import { createCommitAll } from '../journal/index.js'
import { createOrigins, type Ledger } from '../ledger/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Installation } from './installation.js'

/** Programs of offices declare, and no member of staff: this digest is never made. */
const NO_STREAM = { stream: 0, seq: 0 }

/** The room of emergencies: what offices say of accesses afterwards, and what residents read of it. */
export function emergenciesOf(
  { catalogue, clock, secrets }: Installation,
  {
    inTransaction,
    ledger,
  }: { readonly inTransaction: InTransaction<Database>; readonly ledger: Ledger },
) {
  const origin = createOrigins(secrets.originKey)(NO_STREAM)
  const commitAll = createCommitAll(ACT_TYPE, {
    ...{ ledger, catalogue },
    operatorDigest: ({ staff, thing, number }) =>
      origin.operatorDigest(`emergency/${staff}/${thing}/${number}`),
  })
  return {
    declarations: createEmergencyBook({ commitAll, clock }),
    emergencies: createEmergencies({ inTransaction, catalogue }),
  }
}
