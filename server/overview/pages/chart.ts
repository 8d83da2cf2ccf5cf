import { monthName, type Words } from './words.js'

/** Sizes in units of the drawing, which scales with the page. */
const WIDTH = 360
const BASE = 120
const HEIGHT = 142
/** Room for the figure above the tallest bar. */
const HEAD = 18
const GAP = 8
/** Every third month has its name below, or the names would touch at 320 pixels. */
const NAMED = 3

/** One month and its figure. */
export interface MonthCount {
  /** `YYYY-MM`. */
  readonly month: string
  readonly count: number
}

/** Where a bar stands; `value` is its figure. */
export interface Bar {
  readonly value: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly middle: number
  readonly above: number
}

/** Geometry of one bar per month, oldest first; time runs left to right in every script. */
export function barsOf(counts: readonly number[]): readonly Bar[] {
  const step = WIDTH / Math.max(counts.length, 1)
  const tallest = Math.max(1, ...counts)
  return counts.map((value, place) => {
    const height = round((value / tallest) * (BASE - HEAD))
    const y = round(BASE - height)
    return {
      value,
      x: round(place * step + GAP / 2),
      y,
      width: round(step - GAP),
      height,
      middle: round((place + 0.5) * step),
      above: round(y - 4),
    }
  })
}

/** Accesses per month as bars, and the same figures as a table. */
export function chartOf(words: Words, months: readonly MonthCount[]) {
  const { t } = words
  const bars = barsOf(months.map(({ count }) => count))
  const shown = months.map((month, place) => ({ ...month, x: bars[place]?.x ?? 0 }))
  return {
    id: 'months',
    title: t('overview:chart.title'),
    description: t('overview:chart.description', {
      count: months.reduce((sum, { count }) => sum + count, 0),
    }),
    width: WIDTH,
    height: HEIGHT,
    base: BASE,
    bars,
    ticks: shown
      .filter((_, place) => place % NAMED === 0)
      .map(({ month, x }) => ({ x, y: HEIGHT - 6, text: monthName(words, month, 'short') })),
    table: {
      caption: t('overview:chart.title'),
      columns: [
        { text: t('overview:chart.month'), numeric: false },
        { text: t('overview:chart.count'), numeric: true },
      ],
      rows: shown.map(({ month, count }) => ({
        cells: [{ text: monthName(words, month) }, { amount: count }],
      })),
    },
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
