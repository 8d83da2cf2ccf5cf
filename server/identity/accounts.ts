import type { Database } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { DomainError } from '../platform/kernel/errors.js'
import { residentScope, type ResidentActor } from './actor.js'
import {
  choose,
  deleteAccount,
  deleteUnused,
  readAccount,
  type AccountRow,
  type Choices,
} from './store/accounts.js'

export type { AccountRow, Choices } from './store/accounts.js'

/** Residents' own accounts. */
export interface Accounts {
  /** Throws NOT_FOUND where the account is gone. */
  read(actor: ResidentActor): Promise<AccountRow>
  choose(actor: ResidentActor, choices: Choices): Promise<void>
  /** Deletes the account with everything that opens it; false where it is gone already. */
  delete(actor: ResidentActor): Promise<boolean>
  /** Deletes accounts unused for three years whose owners were told four weeks ago; returns how many. */
  deleteUnused(): Promise<number>
}

const RETENTION: Scope = { login: 'retention', role: 'retention' }

/** Makes the use cases around accounts. */
export function createAccounts(parts: {
  inTransaction: InTransaction<Database>
  clock: Clock
}): Accounts {
  const { inTransaction, clock } = parts
  const writing = (actor: ResidentActor) => ({ ...residentScope(actor), readOnly: false })
  return {
    read: async (actor) => {
      const account = await inTransaction(residentScope(actor), readAccount)
      if (account === undefined) throw new DomainError('NOT_FOUND')
      return account
    },
    choose: async (actor, choices) => {
      const isDone = await inTransaction(writing(actor), (trx) => choose(trx, choices))
      if (!isDone) throw new DomainError('NOT_FOUND')
    },
    delete: (actor) => inTransaction(writing(actor), deleteAccount),
    deleteUnused: () => inTransaction(RETENTION, (trx) => deleteUnused(trx, clock.now())),
  }
}
