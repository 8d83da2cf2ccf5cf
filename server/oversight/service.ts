import type { Database } from '../database.js'
import { reportingScope, type StaffActor } from '../identity/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { DomainError } from '../platform/kernel/errors.js'
import { pageOf, type Page } from '../platform/kernel/paging.js'
import {
  readOfficeAccess,
  readOfficeAccesses,
  type OfficeAccess,
  type OpenedAccess,
} from './store.js'

/** What oversight is made of. */
export interface OversightParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
}

/** What a data protection officer reads of the own office's accesses (GDPR Article 39 (1) (b)). */
export interface Oversight {
  accesses(
    actor: StaffActor,
    query: { readonly before?: number; readonly flagged: boolean },
  ): Promise<Page<OfficeAccess>>
  /** One access by its leaf index; refuses what is not the office's as what does not exist (NOT_FOUND). */
  access(actor: StaffActor, index: number): Promise<OpenedAccess>
}

const PAGE_SIZE = 30

/** Makes the room of oversight. */
export function createOversight({ inTransaction, clock }: OversightParts): Oversight {
  const today = () => clock.now().toISOString().slice(0, 10)
  return {
    accesses: async (actor, query) => {
      const rows = await inTransaction(reportingScope(actor), (trx) =>
        readOfficeAccesses(trx, { ...query, limit: PAGE_SIZE + 1, today: today() }),
      )
      return pageOf(rows, PAGE_SIZE, ({ index }) => String(index))
    },
    access: async (actor, index) => {
      const found = await inTransaction(reportingScope(actor), (trx) =>
        readOfficeAccess(trx, index, today()),
      )
      if (found === undefined) throw new DomainError('NOT_FOUND')
      return found
    },
  }
}
