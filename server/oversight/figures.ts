import type { Catalogue, Party } from '../catalogue/index.js'
import type { Database } from '../database.js'
import { reportingScope, type StaffActor } from '../identity/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { daysAfter, germanDay, utcDay } from '../platform/kernel/days.js'
import { flowsOf, heatOf, type Flow, type Heat } from './heat.js'
import { readLatestCheck, type CheckRow } from './store/checks.js'
import { readConsentFigures } from './store/consents.js'
import { readCounted, type Counted } from './store/counting.js'
import {
  readBlockCounts,
  readBlockWeeks,
  readCross,
  readDeliveredWeeks,
  readDelivering,
  readFiledWeeks,
  readFlows,
  readTotals,
  readWeeks,
  type BlockCounts,
  type Delivering,
  type FlowRow,
  type Totals,
  type WeekRow,
} from './store/figures.js'
import { readRequestCounts, type RequestCounts } from './store/requests.js'
import { known } from './known.js'

/** What figures are made of. */
export interface FiguresParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
}

/** Days of German time, both included. */
export interface FigurePeriod {
  readonly from: string
  readonly until: string
}

/** A week of seven days and a number; the weeks of a course are without gap, the oldest first. */
export interface Week extends FigurePeriod {
  readonly amount: number
}

/** How the office stands, in figures; nothing in it names a person. */
export interface Standing {
  readonly counted: Counted
  /** The last thirty days. */
  readonly month: FigurePeriod & Totals
  readonly accesses: readonly Week[]
  readonly flagged: readonly Week[]
  readonly requests: RequestCounts
  readonly filed: readonly Week[]
  /** What concerns too few people is absent. */
  readonly consents: ReadonlyMap<string, number>
  readonly blocks: BlockCounts
  readonly applied: readonly Week[]
  readonly delivering: Delivering
  readonly delivered: readonly Week[]
  /** The check of the log that anybody asked for last. */
  readonly check: CheckRow | undefined
}

/** Accesses of a period by authority and kind of data, and by purpose and recipient. */
export interface Crossing {
  readonly counted: Counted
  readonly period: FigurePeriod
  readonly heat: Heat
  readonly flows: ReturnType<typeof flowsOf>
}

/** What a data protection officer reads of the own office in figures (GDPR Article 39 (1) (b)). */
export interface Figures {
  standing(actor: StaffActor): Promise<Standing>
  /** The last so many days. */
  crossing(actor: StaffActor, days: number): Promise<Crossing>
}

const WEEKS = 12
const MONTH = 30
const YEAR_MS = 365 * 24 * 60 * 60_000

/** Makes the figures. */
export function createFigures({ inTransaction, catalogue, clock }: FiguresParts): Figures {
  const spanOf = (days: number) => {
    const now = clock.now()
    const until = germanDay(now)
    return { from: daysAfter(until, 1 - days), until, today: utcDay(now) }
  }
  return {
    standing: (actor) =>
      inTransaction(reportingScope(actor), async (trx) => {
        const month = spanOf(MONTH)
        const course = spanOf(WEEKS * 7)
        const since = new Date(clock.now().getTime() - YEAR_MS)
        const weeks = await readWeeks(trx, course)
        return {
          counted: await readCounted(trx),
          month: { ...month, ...(await readTotals(trx, month)) },
          accesses: courseOf(course.until, weeks),
          flagged: courseOf(
            course.until,
            weeks.map(({ ago, flagged }) => ({ ago, amount: flagged })),
          ),
          requests: await readRequestCounts(trx, { today: course.until, since }),
          filed: courseOf(course.until, await readFiledWeeks(trx, course)),
          consents: await readConsentFigures(trx),
          blocks: await readBlockCounts(trx, course.until),
          applied: courseOf(course.until, await readBlockWeeks(trx, course)),
          check: await readLatestCheck(trx),
          delivering: await readDelivering(trx),
          delivered: courseOf(course.until, await readDeliveredWeeks(trx, course)),
        }
      }),
    crossing: (actor, days) =>
      inTransaction(reportingScope(actor), async (trx) => {
        const span = spanOf(days)
        const cells = (await readCross(trx, span)).map(({ other, ...row }) => ({
          ...row,
          party: partyOf(catalogue, other).authority,
        }))
        const flows = (await readFlows(trx, span)).map((row) => flowOf(catalogue, row))
        return {
          counted: await readCounted(trx),
          period: { from: span.from, until: span.until },
          heat: heatOf(cells, kindsOf(catalogue)),
          flows: flowsOf(flows),
        }
      }),
  }
}

/** Every week of a course, those without anything as well. */
function courseOf(until: string, rows: readonly WeekRow[]): readonly Week[] {
  const amounts = new Map(rows.map(({ ago, amount }) => [ago, amount]))
  return Array.from({ length: WEEKS }, (_, at) => {
    const ago = WEEKS - 1 - at
    const end = daysAfter(until, -7 * ago)
    return { from: daysAfter(end, -6), until: end, amount: amounts.get(ago) ?? 0 }
  })
}

function flowOf(catalogue: Catalogue, { purpose, side, other, amount }: FlowRow): Flow {
  const { code } = known(catalogue.purposes.byId(purpose))
  const party = side === 'gave' ? { party: partyOf(catalogue, other).authority } : {}
  return { purpose: code, ...party, amount }
}

/** Kinds of data in the order of the catalogue. */
function kindsOf({ fields }: Catalogue): readonly string[] {
  return [...new Set(fields.all.map(({ category }) => category))]
}

function partyOf({ parties }: Catalogue, id: number): Party {
  return known(parties.byId(id))
}
