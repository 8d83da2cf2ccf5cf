import type { Week } from '../figures.js'
import type { FigurePen } from './pen.js'

const WIDTH = 240
const BASE = 36
const GAP = 4

/** Twelve weeks as small bars, and the same numbers as a table; time runs from left to right in every script. */
export function sparkOf({ t }: FigurePen, id: string, weeks: readonly Week[]): object {
  const most = Math.max(1, ...weeks.map(({ amount }) => amount))
  const step = WIDTH / Math.max(1, weeks.length)
  const title = t(`oversight:overview.${id}.course`)
  return {
    id,
    title,
    description: t('oversight:overview.courseText', {
      least: Math.min(...weeks.map(({ amount }) => amount)),
      most: Math.max(...weeks.map(({ amount }) => amount)),
    }),
    width: WIDTH,
    height: BASE + 1,
    base: BASE,
    // A week with little stays visible beside one with much; one with nothing has no bar.
    bars: weeks.flatMap(({ amount }, place) => {
      const height = amount === 0 ? 0 : Math.max(2, Math.round((amount / most) * (BASE - 2)))
      const bar = { x: place * step + GAP / 2, y: BASE - height, width: step - GAP, height }
      return amount === 0 ? [] : [bar]
    }),
    table: {
      caption: title,
      columns: [
        { text: t('oversight:overview.week'), numeric: false },
        { text: t('oversight:overview.amount'), numeric: true },
      ],
      rows: weeks.map(({ from, amount }) => ({
        cells: [{ day: from }, { amount }],
      })),
    },
  }
}
