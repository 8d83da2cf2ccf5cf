import type { Database } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { forgetRequests } from './store.js'

/** What keeps requests no longer than they are needed. */
export interface RequestUpkeep {
  /** Deletes forgotten drafts, keys of requests long closed, and what is due; returns how much it was. */
  forget(): Promise<number>
}

const RETENTION: Scope = { login: 'retention', role: 'retention' }

/** Makes the upkeep of the room. */
export function createUpkeep(parts: {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
}): RequestUpkeep {
  const { inTransaction, clock } = parts
  return { forget: () => inTransaction(RETENTION, (trx) => forgetRequests(trx, clock.now())) }
}
