import { OPERATIONS, type Catalogue } from '../catalogue/index.js'
import type { Database, Trx } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { FEWEST, published, type PublishedRow, type Tally } from './anonymity.js'
import { germanDay } from '../platform/kernel/days.js'
import { eachByItself } from './by-itself.js'
import { monthsOn, quartersOn, type Edition } from './edition.js'
import {
  countMonth,
  countQuarter,
  isPublished,
  publish,
  readPublished,
  type CountedRow,
} from './store/statistics.js'

/** What statistics are made of. */
export interface StatisticsParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
}

/** Statistics of all offices together, for everybody. */
export interface Statistics {
  /** Publishes what can be published; returns how many periods. One that fails holds no other up, and is said at the end. */
  publish(): Promise<number>
  /** What was published, the newest period first. */
  read(): Promise<readonly PublishedRow[]>
}

const WORKER: Scope = { login: 'worker', role: 'worker' }
const PUBLIC: Scope = { login: 'web', role: 'web_public', readOnly: true }

/** Makes the statistics. */
export function createStatistics({ inTransaction, catalogue, clock }: StatisticsParts): Statistics {
  const kinds = [...new Set(catalogue.fields.all.map(({ category }) => category))]
  const operations = OPERATIONS.map((_, at) => String(at + 1))
  const edit = (edition: Edition, rowsOf: (trx: Trx) => Promise<readonly PublishedRow[]>) =>
    inTransaction(WORKER, async (trx) => {
      if (await isPublished(trx, edition.period)) return 0
      await publish(trx, await rowsOf(trx), clock.now())
      return 1
    })
  return {
    read: () => inTransaction(PUBLIC, readPublished),
    publish: async () => {
      const today = germanDay(clock.now())
      const months = monthsOn(today).map(
        (month) => () =>
          edit(month, async (trx) => {
            const rows = await countMonth(trx, month.first)
            return [
              ...tableOf(month, rows, { total: 'accesses', parts: 'operation', keys: operations }),
              ...tableOf(month, rows, { total: 'accesses', parts: 'kind', keys: kinds }).slice(1),
            ]
          }),
      )
      const quarters = quartersOn(today).map(
        (quarter) => () =>
          edit(quarter, async (trx) => {
            const rows = await countQuarter(trx, quarter.first)
            const made = { total: 'decisions', parts: 'corrected', keys: kinds }
            return [...tableOf(quarter, rows, made), ...daysOf(quarter, rows)]
          }),
      )
      let count = 0
      await eachByItself([...quarters, ...months], async (publishOne) => {
        count += await publishOne()
      })
      return count
    },
  }
}

/** A total and its parts, made safe; every key stands there, so that nothing is told by what is absent. */
function tableOf(
  { period }: Edition,
  rows: readonly CountedRow[],
  { total, parts, keys }: { total: string; parts: string; keys: readonly string[] },
): readonly PublishedRow[] {
  const tallyOf = (what: string, key: string): Tally =>
    rows.find((row) => row.what === what && row.key === key) ?? { key, amount: 0, people: 0 }
  const safe = published(
    tallyOf(total, ''),
    keys.map((key) => tallyOf(parts, key)),
  )
  return [
    { period, what: total, key: '', amount: safe.total.amount ?? null },
    ...safe.parts.map(({ key, amount }) => ({ period, what: parts, key, amount: amount ?? null })),
  ]
}

/** Days are no count of people: whole, where enough people are behind them. */
function daysOf({ period }: Edition, rows: readonly CountedRow[]): readonly PublishedRow[] {
  return rows
    .filter(({ what }) => what === 'days')
    .map(({ what, key, amount, people }) => ({
      ...{ period, what, key },
      amount: people < FEWEST ? null : amount,
    }))
}
