import type { Catalogue, Field, Party } from '../catalogue/index.js'
import type { Database } from '../database.js'
import { reportingScope, supervisingScope, type StaffActor } from '../identity/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { pageOf, type Page } from '../platform/kernel/paging.js'
import {
  RETURN_REASONS,
  StepRefused,
  type LoneProposal,
  type ReturnReason,
  type Supervision,
} from '../rectification/index.js'
import { readConsentFigures } from './store/consents.js'
import {
  readOutcomes,
  readOverdue,
  readRequestCounts,
  readUnconfirmed,
  readWaiting,
  type ListPlace,
  type OverdueRow,
  type RequestCounts,
  type UnconfirmedRow,
} from './store/requests.js'
import { known } from './known.js'
import { germanDay } from '../platform/kernel/days.js'

export type { LoneProposal } from '../rectification/index.js'

/** A request of the own office that is overdue: its reference, and nothing of its person. */
export interface OverdueRequest extends Omit<OverdueRow, 'field'> {
  readonly field: Field
}

/** How many data of a kind had an outcome: each name of a request counts. */
export interface OutcomeCount {
  readonly category: string
  readonly outcome: string
  readonly count: number
}

/** Requests of one office in figures; the latest twelve months of decisions. */
export interface RequestFigures {
  readonly counts: RequestCounts
  readonly outcomes: readonly OutcomeCount[]
  readonly overdue: Page<OverdueRequest>
  /** Consents of the office, by what is counted; what concerns too few people is absent. */
  readonly consents: ReadonlyMap<string, number>
  /** The day that all of it is counted for, `YYYY-MM-DD`. */
  readonly today: string
}

/** A decision that took effect without a second person, or will. */
export interface UnconfirmedDecision extends Omit<UnconfirmedRow, 'field' | 'office'> {
  readonly field: Field
  readonly office: Party
}

/** Decisions without a second person, of all offices. */
export interface Unconfirmed {
  readonly waiting: readonly UnconfirmedDecision[]
  readonly made: Page<UnconfirmedDecision>
}

/** What oversight reads of requests for rectification. */
export interface RequestOversight {
  /** Of the own office (GDPR Article 39 (1) (b)). */
  figures(actor: StaffActor, after?: ListPlace): Promise<RequestFigures>
  /** Of all offices: the one control that is left where an office has nobody else. */
  unconfirmed(actor: StaffActor, after?: ListPlace): Promise<Unconfirmed>
  /** Why a proposal that waits can be stopped. */
  readonly reasons: readonly ReturnReason[]
  /** Stops a proposal that waits; false where it is no longer the one that was shown. */
  stop(actor: StaffActor, proposal: LoneProposal, reason: ReturnReason): Promise<boolean>
}

const PAGE_SIZE = 30
const MOST_WAITING = 100
const YEAR_MS = 365 * 24 * 60 * 60_000

/** Makes the oversight of requests. */
export function createRequestOversight({
  inTransaction,
  catalogue,
  clock,
  supervision,
}: {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly supervision: Supervision
}): RequestOversight {
  const fieldOf = (id: number) => known(catalogue.fields.byId(id))
  const opened = ({ field, office, ...row }: UnconfirmedRow): UnconfirmedDecision => ({
    ...row,
    field: fieldOf(field),
    office: known(catalogue.parties.byId(office)),
  })
  return {
    reasons: RETURN_REASONS,
    stop: async (actor, proposal, reason) => {
      try {
        await supervision.stop(actor, proposal, reason)
        return true
      } catch (error) {
        if (!(error instanceof StepRefused)) throw error
        return false
      }
    },
    figures: (actor, after) =>
      inTransaction(reportingScope(actor), async (trx) => {
        const now = clock.now()
        const period = { today: germanDay(now), since: new Date(now.getTime() - YEAR_MS) }
        const from = after === undefined ? {} : { after }
        const rows = await readOverdue(trx, { ...period, ...from, limit: PAGE_SIZE + 1 })
        const listed = rows.map(({ field, ...row }) => ({ ...row, field: fieldOf(field) }))
        return {
          counts: await readRequestCounts(trx, period),
          outcomes: byCategory(await readOutcomes(trx, period), fieldOf),
          overdue: pageOf(listed, PAGE_SIZE, ({ dueOn, reference }) => `${dueOn}.${reference}`),
          consents: await readConsentFigures(trx),
          today: period.today,
        }
      }),
    unconfirmed: (actor, after) =>
      inTransaction(supervisingScope(actor), async (trx) => {
        const from = after === undefined ? {} : { after }
        const made = await readUnconfirmed(trx, { ...from, limit: PAGE_SIZE + 1 })
        return {
          waiting: (await readWaiting(trx, MOST_WAITING)).map(opened),
          made: pageOf(
            made.map(opened),
            PAGE_SIZE,
            ({ decidedAt, reference }) => `${decidedAt?.getTime() ?? 0}.${reference}`,
          ),
        }
      }),
  }
}

function byCategory(
  rows: Awaited<ReturnType<typeof readOutcomes>>,
  fieldOf: (id: number) => Field,
): readonly OutcomeCount[] {
  const sums = new Map<string, OutcomeCount>()
  for (const { field, outcome, count } of rows) {
    const { category } = fieldOf(field)
    const key = `${category}/${outcome}`
    sums.set(key, { category, outcome, count: count + (sums.get(key)?.count ?? 0) })
  }
  return [...sums.values()].sort(
    (one, other) => one.category.localeCompare(other.category) || other.count - one.count,
  )
}
