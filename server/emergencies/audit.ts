import type { Catalogue } from '../catalogue/index.js'
import { actReader } from '../journal/index.js'
import type { EntryReader } from '../ledger/index.js'
import { ACT_TYPE } from './journal.js'
import { factsOf, rowsOf, tableOf, type DeclarationRow } from './store.js'

/** Hands every entry about an access in an emergency to the audit of the log, withheld ones as well. */
export function emergencyReaders(catalogue: Catalogue): readonly EntryReader[] {
  return [false, true].map((isSealed) =>
    actReader<DeclarationRow>(catalogue, {
      ...{ type: ACT_TYPE, rows: rowsOf(tableOf(isSealed)), facts: factsOf },
    }),
  )
}
