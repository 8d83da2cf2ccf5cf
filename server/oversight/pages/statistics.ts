import { FEWEST, UNIT, type PublishedRow } from '../anonymity.js'
import { ACTIONS } from '../filter.js'

/** What the page of statistics is written with. */
export interface StatisticsPen {
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string
  readonly to: (name: string, parts?: Record<string, string | number>) => string
}

/** Periods that the page shows; the files have all. */
const SHOWN = 6
const MONTHLY = ['accesses', 'operation', 'kind']
const QUARTERLY = ['decisions', 'corrected', 'days']

/** Numbers of all offices together, which point to nobody. */
export function statisticsPage(pen: StatisticsPen, rows: readonly PublishedRow[]): object {
  const { t, to } = pen
  return {
    title: t('oversight:statistics.title'),
    lead: t('oversight:statistics.lead'),
    how: t('oversight:statistics.how', { fewest: FEWEST, unit: UNIT }),
    groups: [
      groupOf(pen, 'months', { rows, whats: MONTHLY }),
      groupOf(pen, 'quarters', { rows, whats: QUARTERLY }),
    ],
    files: [
      { href: to('oversight.statistics-accesses'), text: t('oversight:statistics.accessesFile') },
      { href: to('oversight.statistics-requests'), text: t('oversight:statistics.requestsFile') },
      { href: to('oversight.statistics-catalog'), text: t('oversight:statistics.catalogFile') },
    ],
  }
}

function groupOf(
  pen: StatisticsPen,
  name: 'months' | 'quarters',
  { rows, whats }: { rows: readonly PublishedRow[]; whats: readonly string[] },
): object {
  const own = rows.filter(({ what }) => whats.includes(what))
  const periods = [...new Set(own.map(({ period }) => period))].slice(0, SHOWN)
  return {
    heading: pen.t(`oversight:statistics.${name}`),
    tables: periods.map((period) => tableOf(pen, period, own)),
  }
}

function tableOf(pen: StatisticsPen, period: string, rows: readonly PublishedRow[]): object {
  const { t } = pen
  return {
    caption: period,
    columns: [
      { text: t('oversight:statistics.what'), numeric: false },
      { text: t('oversight:overview.amount'), numeric: true },
    ],
    rows: rows
      .filter((row) => row.period === period)
      .map((row) => ({
        cells: [
          { text: wordsOf(pen, row) },
          row.amount === null ? { text: t('oversight:statistics.few') } : { amount: row.amount },
        ],
      })),
  }
}

/** What a number counts, in words. */
export function wordsOf({ t }: Pick<StatisticsPen, 't'>, { what, key }: PublishedRow): string {
  switch (what) {
    case 'operation':
      return t(`oversight:operation.${ACTIONS[Number(key) - 1] ?? ''}`)
    case 'kind':
    case 'corrected':
      return t(`overview:kind.${key.replace(/[^a-z]+/g, '_')}`)
    case 'days':
      return t(`oversight:statistics.${key}`)
    default:
      return t(`oversight:statistics.${what}`)
  }
}
