import type { Catalogue } from '../catalogue/index.js'
import type { Database } from '../database.js'
import { reportingScope, type StaffActor } from '../identity/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { germanDay } from '../platform/kernel/days.js'
import { readOutcomeCells, readPaces } from './store/outcomes.js'

/** Requests of a group: a kind of data, or a language. */
export interface Pace {
  readonly key: string
  readonly decided: number
  /** Days from filing to decision; absent where nothing was decided. */
  readonly medianDays: number | null
  readonly p90Days: number | null
  readonly open: number
  readonly overdue: number
}

/** How many requests of a group had an outcome. */
export interface OutcomeCell {
  readonly key: string
  readonly outcome: string
  readonly amount: number
}

/** By what requests are grouped; fields by catalogue number, each with its kind. */
export type RequestGroups =
  | { readonly kind: 'language' }
  | {
      readonly kind: 'category'
      readonly ids: readonly number[]
      readonly categories: readonly string[]
    }

/** Requests in groups: how long they took, and what came of them. */
export interface Grouping {
  readonly paces: readonly Pace[]
  readonly outcomes: readonly OutcomeCell[]
}

/** Decisions of twelve months, and what is open now. */
export interface RequestOutcomes {
  readonly byKind: Grouping
  readonly byLanguage: Grouping
  /** The German day that all of it is counted for, `YYYY-MM-DD`. */
  readonly today: string
}

/** What a data protection officer reads of the own office's requests by kind of data and by language. */
export interface Outcomes {
  figures(actor: StaffActor): Promise<RequestOutcomes>
}

const YEAR_MS = 365 * 24 * 60 * 60_000

/** Makes these figures. */
export function createOutcomes({
  inTransaction,
  catalogue,
  clock,
}: {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
}): Outcomes {
  const { all } = catalogue.fields
  const byKind: RequestGroups = {
    kind: 'category',
    ids: all.map(({ id }) => id),
    categories: all.map(({ category }) => category),
  }
  return {
    figures: (actor) =>
      inTransaction(reportingScope(actor), async (trx) => {
        const now = clock.now()
        const period = { today: germanDay(now), since: new Date(now.getTime() - YEAR_MS) }
        const grouping = async (by: RequestGroups) => ({
          paces: await readPaces(trx, period, by),
          outcomes: await readOutcomeCells(trx, period, by),
        })
        return {
          byKind: await grouping(byKind),
          byLanguage: await grouping({ kind: 'language' }),
          today: period.today,
        }
      }),
  }
}
