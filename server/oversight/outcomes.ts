import type { Catalogue } from '../catalogue/index.js'
import type { Database, Trx } from '../database.js'
import { reportingScope, type StaffActor } from '../identity/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { germanDay } from '../platform/kernel/days.js'
import { pageOf } from '../platform/kernel/paging.js'
import { readAskedFields, readOutcomeCells, readPaces } from './store/outcomes.js'

/** Requests of a group: a kind of data, a single field, or a language. */
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

/** By what requests are grouped; fields by catalogue number, each with its kind where the kind counts. */
export type RequestGroups =
  | { readonly kind: 'language' }
  | { readonly kind: 'field'; readonly ids: readonly number[] }
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

/** A page of fields, by their codes. */
export interface FieldGrouping extends Grouping {
  /** The field behind which the next page begins; absent on the last. */
  readonly next?: string
}

/** Decisions of twelve months, and what is open now. */
export interface RequestOutcomes {
  readonly byKind: Grouping
  readonly byField: FieldGrouping
  readonly byLanguage: Grouping
  /** The German day that all of it is counted for, `YYYY-MM-DD`. */
  readonly today: string
}

/** What a data protection officer reads of the own office's requests by kind of data, by field and by language. */
export interface Outcomes {
  /** Fields begin behind this one (code); what the catalogue does not know counts as the beginning. */
  figures(actor: StaffActor, after?: string): Promise<RequestOutcomes>
}

/** Fields on one page. */
const FIELDS = 20
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
    figures: (actor, after = '') =>
      inTransaction(reportingScope(actor), async (trx) => {
        const now = clock.now()
        const period = { today: germanDay(now), since: new Date(now.getTime() - YEAR_MS) }
        const grouping = async (by: RequestGroups): Promise<Grouping> => ({
          paces: await readPaces(trx, period, by),
          outcomes: await readOutcomeCells(trx, period, by),
        })
        return {
          byKind: await grouping(byKind),
          byField: await fieldsBehind(trx, after, { catalogue, grouping }),
          byLanguage: await grouping({ kind: 'language' }),
          today: period.today,
        }
      }),
  }
}

async function fieldsBehind(
  trx: Trx,
  after: string,
  {
    catalogue,
    grouping,
  }: {
    readonly catalogue: Catalogue
    readonly grouping: (by: RequestGroups) => Promise<Grouping>
  },
): Promise<FieldGrouping> {
  const { fields } = catalogue
  const behind = fields.byCode(after)?.id ?? 0
  const among = fields.all.flatMap(({ id }) => (id > behind ? [id] : []))
  const asked = await readAskedFields(trx, { among, most: FIELDS + 1 })
  const { items: ids, next } = pageOf(asked, FIELDS, (id) => codeOf(catalogue, id))
  const grouped = inCodes(await grouping({ kind: 'field', ids }), catalogue)
  return { ...grouped, ...(next === undefined ? {} : { next }) }
}

function codeOf({ fields }: Pick<Catalogue, 'fields'>, id: number): string {
  return fields.byId(id)?.code ?? String(id)
}

/** What is grouped by catalogue numbers, by codes; in the order of their numbers. */
function inCodes({ paces, outcomes }: Grouping, catalogue: Pick<Catalogue, 'fields'>): Grouping {
  const inOrder = <One extends { readonly key: string }>(all: readonly One[]) =>
    [...all]
      .sort((one, other) => Number(one.key) - Number(other.key))
      .map((one) => ({ ...one, key: codeOf(catalogue, Number(one.key)) }))
  return { paces: inOrder(paces), outcomes: inOrder(outcomes) }
}
