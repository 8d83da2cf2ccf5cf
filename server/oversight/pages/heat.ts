import type { Choices } from '../filter.js'
import type { Crossing, FigurePeriod } from '../figures.js'
import { shadeOf, type Heat, type HeatRow } from '../heat.js'
import { chosenText } from '../words.js'
import type { FigurePen } from './pen.js'

/** Sizes in units of the drawing. */
const NAMES = 190
const CELL = { width: 38, height: 20 }
const HEAD = 18

/** The map and the table with the same numbers; each number leads to its accesses. */
export function heatView(
  pen: FigurePen,
  { heat, period }: Pick<Crossing, 'heat' | 'period'>,
  choices: Choices,
): object {
  const { t } = pen
  const names = heat.kinds.map((kind) => kindName(pen, kind))
  return {
    map: mapOf(pen, heat),
    caption: t('oversight:figures.heat.caption'),
    corner: t('oversight:figures.heat.party'),
    total: t('oversight:figures.heat.total'),
    kinds: names.map((name, at) => ({ number: at + 1, name })),
    rows: heat.rows.map((row) => tableRow(pen, row, { heat, period, choices })),
    sum: tableRow(pen, heat.sum, { heat, period, choices, isSum: true }),
  }
}

function kindName({ t }: FigurePen, kind: string): string {
  return t(`overview:kind.${kind.replace(/[^a-z]+/g, '_')}`)
}

function partyName(pen: FigurePen, { party }: HeatRow): string {
  return party === undefined
    ? pen.t('oversight:figures.heat.others')
    : chosenText(pen, 'party', party)
}

interface Around {
  readonly heat: Heat
  readonly period: FigurePeriod
  readonly choices: Choices
  readonly isSum?: boolean
}

/** A row leads on where the list can choose what it counts; the others together it cannot. */
function tableRow(pen: FigurePen, row: HeatRow, { heat, period, choices, isSum }: Around): object {
  const { t, to } = pen
  const { party } = row
  const isChoice = party !== undefined && choices.parties.some(({ code }) => code === party)
  const linkOf = (amount: number, kind?: string) =>
    amount === 0 || (!isChoice && !isSum)
      ? ''
      : to('oversight.accesses', {
          ...period,
          ...(party === undefined ? {} : { party }),
          ...(kind === undefined ? {} : { kind }),
        })
  return {
    name: isSum ? t('oversight:figures.heat.sum') : partyName(pen, row),
    cells: row.amounts.map((amount, at) => ({ amount, href: linkOf(amount, heat.kinds[at]) })),
    total: { amount: row.total, href: linkOf(row.total) },
  }
}

/** The same numbers as a drawing: a shade and the number in it, so that colour is never alone. */
function mapOf({ t, texts, direction }: FigurePen, heat: Heat): object {
  const width = NAMES + heat.kinds.length * CELL.width
  const most = Math.max(...heat.rows.flatMap(({ amounts }) => amounts), 1)
  const left = (at: number) =>
    direction === 'rtl' ? width - NAMES - (at + 1) * CELL.width : NAMES + at * CELL.width
  const shades = new Map<number, string>()
  const cells = heat.rows.flatMap(({ amounts }, row) =>
    amounts.flatMap((amount, at) => {
      const y = HEAD + row * CELL.height
      const shade = shadeOf(amount, most)
      if (shade === 0) return []
      const box = `M${left(at)} ${y}h${CELL.width - 1}v${CELL.height - 1}h-${CELL.width - 1}z`
      shades.set(shade, `${shades.get(shade) ?? ''}${box}`)
      return [{ x: left(at) + CELL.width / 2, y: y + 14, amount, isDark: shade > 2 }]
    }),
  )
  return {
    ...{ width, direction, cells },
    height: HEAD + heat.rows.length * CELL.height,
    title: t('oversight:figures.heat.caption'),
    description: t('oversight:figures.heat.text'),
    shades: [...shades].map(([shade, path]) => ({
      isFirst: shade === 1,
      isSecond: shade === 2,
      isThird: shade === 3,
      path,
    })),
    heads: heat.kinds.map((_, at) => ({ x: left(at) + CELL.width / 2, number: at + 1 })),
    names: heat.rows.map(({ party }, row) => ({
      x: direction === 'rtl' ? width : 0,
      y: HEAD + row * CELL.height + 14,
      text: shortened(
        party === undefined ? t('oversight:figures.heat.others') : texts.party(party).name,
      ),
    })),
  }
}

/** As much as stands beside the cells; the table has the whole name. */
const LETTERS = 30

function shortened(name: string): string {
  return name.length <= LETTERS ? name : `${name.slice(0, LETTERS - 1).trimEnd()}…`
}
