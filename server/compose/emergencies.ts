import type { Database } from '../database.js'
import { ACT_TYPE, createEmergencies, createEmergencyBook } from '../emergencies/index.js'
import { createCommitAll } from '../journal/index.js'
import type { Ledger } from '../ledger/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Installation } from './installation.js'
import { operatorDigestOf } from './operators.js'

/** The room of emergencies: what offices say of accesses afterwards, and what residents read of it. */
export function emergenciesOf(
  { catalogue, clock, secrets }: Installation,
  {
    inTransaction,
    ledger,
  }: { readonly inTransaction: InTransaction<Database>; readonly ledger: Ledger },
) {
  const commitAll = createCommitAll(ACT_TYPE, {
    ...{ ledger, catalogue },
    operatorDigest: operatorDigestOf(secrets, 'emergency/'),
  })
  return {
    declarations: createEmergencyBook({ commitAll, clock }),
    emergencies: createEmergencies({ inTransaction, catalogue }),
  }
}
