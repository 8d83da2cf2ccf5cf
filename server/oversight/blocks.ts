import type { Catalogue } from '../catalogue/index.js'
import type { Database } from '../database.js'
import { reportingScope, type StaffActor } from '../identity/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { germanDay } from '../platform/kernel/days.js'
import { DomainError } from '../platform/kernel/errors.js'
import { pageOf, type Page } from '../platform/kernel/paging.js'
import type { ListedBlock, SeenBlock } from './office-blocks.js'
import { readBlock, readBlocks } from './store/blocks.js'
import type { ListPlace } from './store/requests.js'

/** Blocks, restrictions and objections of the own office, as its data protection officer reads them. */
export interface BlockOversight {
  /** What stands, the most urgent first, or what is over, the latest first. */
  list(
    actor: StaffActor,
    query: { readonly isOver: boolean; readonly after?: ListPlace },
  ): Promise<Page<ListedBlock>>
  /** Another office's, what guards a witness and what does not exist are refused alike (NOT_FOUND). */
  one(actor: StaffActor, reference: string): Promise<SeenBlock>
  /** The German day that counts now, `YYYY-MM-DD`. */
  today(): string
}

const PAGE_SIZE = 30
const REFERENCE = /^[0-9A-Z]{8}$/

/** Makes it. */
export function createBlockOversight({
  inTransaction,
  catalogue,
  clock,
}: {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
}): BlockOversight {
  return {
    today: () => germanDay(clock.now()),
    list: async (actor, { isOver, after }) => {
      const asked = { isOver, limit: PAGE_SIZE + 1, ...(after === undefined ? {} : { after }) }
      const rows = await inTransaction(reportingScope(actor), (trx) => readBlocks(trx, asked))
      return pageOf(rows, PAGE_SIZE, ({ place, reference }) => `${place}.${reference}`)
    },
    one: async (actor, reference) => {
      const row = REFERENCE.test(reference)
        ? await inTransaction(reportingScope(actor), (trx) => readBlock(trx, reference))
        : undefined
      if (row === undefined) throw new DomainError('NOT_FOUND')
      const { field: id, ...rest } = row
      const field = id === null ? undefined : catalogue.fields.byId(id)
      return { ...rest, ...(field === undefined ? {} : { field }) }
    },
  }
}
