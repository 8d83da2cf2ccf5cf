import type { Database } from '../database.js'
import { staffScope, type StaffActor } from '../identity/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import { DomainError } from '../platform/kernel/errors.js'
import { isUuid } from '../platform/kernel/ids.js'
import { pageOf, type Page } from '../platform/kernel/paging.js'
import type { Tiding } from './rules.js'
import { countUnread, deleteDue, markRead, readTiding, readTidings } from './store.js'

/** What came for a member of staff, for their own eyes: every role, and nobody reads another's. */
export interface Tidings {
  /** A page of the list, the newest first. */
  list(actor: StaffActor, after: string | undefined): Promise<Page<Tiding>>
  /** One of them, from then on read; NOT_FOUND for what is another's or gone. */
  open(actor: StaffActor, tiding: string): Promise<Tiding>
  /** Marks as read what the page showed. */
  readAll(actor: StaffActor, upTo: string): Promise<void>
  unread(actor: StaffActor): Promise<number>
  /** Deletes what is due; returns how many. */
  forget(): Promise<number>
}

/** What the room is made of. */
export interface TidingsParts {
  readonly inTransaction: InTransaction<Database>
}

const PAGE = 25
const RETENTION: Scope = { login: 'retention', role: 'retention' }

/** Makes the room of tidings. */
export function createTidings({ inTransaction }: TidingsParts): Tidings {
  const reading = (actor: StaffActor): Scope => ({ ...staffScope(actor), readOnly: true })
  return {
    list: async (actor, after) => {
      const asked = { most: PAGE + 1, ...(after === undefined ? {} : { after }) }
      const rows = await inTransaction(reading(actor), (trx) => readTidings(trx, asked))
      return pageOf(rows, PAGE, ({ tiding }) => tiding)
    },
    open: async (actor, tiding) => {
      if (!isUuid(tiding)) throw new DomainError('NOT_FOUND')
      const found = await inTransaction(reading(actor), (trx) => readTiding(trx, tiding))
      if (found === undefined) throw new DomainError('NOT_FOUND')
      if (!found.isRead) {
        // Best effort: with a full disk reading goes on, and it only counts as new for longer.
        await inTransaction(staffScope(actor), (trx) => markRead(trx, { tiding })).catch(
          () => undefined,
        )
      }
      return found
    },
    readAll: (actor, upTo) => inTransaction(staffScope(actor), (trx) => markRead(trx, { upTo })),
    unread: (actor) => inTransaction(reading(actor), countUnread),
    forget: () => inTransaction(RETENTION, deleteDue),
  }
}
