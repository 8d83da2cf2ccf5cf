import type { Catalogue } from '../catalogue/index.js'
import type { Database } from '../database.js'
import { reportingScope, type StaffActor } from '../identity/index.js'
import type { Reviews } from '../overview/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { DomainError } from '../platform/kernel/errors.js'
import { pageOf, type Page } from '../platform/kernel/paging.js'
import {
  PERIODS,
  type HeldAccess,
  type HeldPlace,
  type HeldReview,
  type HeldRow,
  type NotedReview,
} from './reviewing.js'
import { readHeld, readHeldOne, readReviews } from './store/held.js'
import { known } from './known.js'
import { germanDay, utcDay } from '../platform/kernel/days.js'

/** The queue of held accesses (AZRG § 34 (2)): none that the person may never know of. */
export interface Held {
  /** What is due first first. */
  list(actor: StaffActor, after?: HeldPlace): Promise<Page<HeldAccess>>
  /** Refuses what is not held at the office as what does not exist (NOT_FOUND). */
  one(actor: StaffActor, index: number): Promise<HeldAccess>
  /** Every review of one, the first first; none of what is not the office's. */
  history(actor: StaffActor, index: number): Promise<readonly NotedReview[]>
  /** Notes a review; false where it was reviewed or shown meanwhile. One that finds no obstacle may need a second person. */
  review(actor: StaffActor, index: number, review: HeldReview): Promise<boolean>
  /** The day that it is in Germany, `YYYY-MM-DD`: days of people are German ones. */
  today(): string
  /** Where the law says how soon it has to be shown. */
  readonly law: string
}

const PAGE_SIZE = 30

/** Makes the queue. */
export function createHeld({
  inTransaction,
  catalogue,
  clock,
  reviews,
}: {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly reviews: Reviews
}): Held {
  // Entries expire by days of UTC, everywhere.
  const expiry = () => utcDay(clock.now())
  const asked = () => ({ periods: PERIODS, today: expiry() })
  return {
    today: () => germanDay(clock.now()),
    law: known(catalogue.rules.byCode('dl.notice_after_obstacle')).citation,
    list: async (actor, after) => {
      const rows = await inTransaction(reportingScope(actor), (trx) =>
        readHeld(trx, { ...asked(), after, limit: PAGE_SIZE + 1 }),
      )
      const items = rows.map((row) => heldOf(row, catalogue))
      return pageOf(items, PAGE_SIZE, ({ dueOn, index }) => `${dueOn}.${index}`)
    },
    one: async (actor, index) => {
      const row = await inTransaction(reportingScope(actor), (trx) =>
        readHeldOne(trx, { ...asked(), index }),
      )
      if (row === undefined) throw new DomainError('NOT_FOUND')
      return heldOf(row, catalogue)
    },
    history: async (actor, index) => {
      const rows = await inTransaction(reportingScope(actor), (trx) =>
        readReviews(trx, { today: expiry(), index }),
      )
      return rows.map((row) => ({ ...row, office: known(catalogue.parties.byId(row.office)) }))
    },
    review: (actor, index, { seen, ...found }) =>
      reviews.note(actor, { index, number: seen + 1, ...found }),
  }
}

function heldOf({ source, recipient, purpose, ...row }: HeldRow, catalogue: Catalogue): HeldAccess {
  const { parties, purposes, rules } = catalogue
  return {
    ...row,
    source: known(parties.byId(source)),
    recipient: known(parties.byId(recipient)),
    purpose: known(purposes.byId(purpose)),
    citation: known(rules.byCode(row.rule)).citation,
    decider: deciderOf(row),
  }
}

/** With body consent the body decides that reported or received; else the authority that keeps the register. */
function deciderOf({
  rule,
  isReviewed,
}: Pick<HeldRow, 'rule' | 'isReviewed'>): HeldAccess['decider'] {
  if (!isReviewed) return 'nobody'
  return rule.endsWith('.body_consent') || rule.endsWith('.origin') ? 'body' : 'register'
}
