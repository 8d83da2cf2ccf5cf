import type { Grouping, Pace, RequestOutcomes } from '../outcomes.js'
import type { FigurePen } from './pen.js'

/** Sizes in units of the drawing, which scales with the page. */
const WIDTH = 360
const BASE = 120
const HEIGHT = 142
/** Room for the figure above the tallest bar. */
const HEAD = 18
const GAP = 8

type Say = (key: string) => string

/** Requests by kind of data, field and language: how long they took, what came of them, what is overdue. */
export function outcomesPage(
  pen: FigurePen,
  { isFirst, ...figures }: RequestOutcomes & { readonly isFirst: boolean },
  languageName: Say,
): object {
  const { t, to, texts } = pen
  const { byField } = figures
  const fieldName = (key: string) => texts.field(key).label
  const kindName = (key: string) => t(`overview:kind.${key.replace(/[^a-z]+/g, '_')}`)
  return {
    title: t('oversight-outcomes:title'),
    lead: t('oversight-outcomes:lead'),
    back: { href: to('oversight.requests'), text: t('oversight:requests.title') },
    counted: figures.today,
    groups: [
      groupOf(pen, { id: 'kind', grouping: figures.byKind, nameOf: kindName }),
      {
        ...groupOf(pen, { id: 'field', grouping: byField, nameOf: fieldName }),
        pages: fieldPages(pen, byField.next, isFirst),
      },
      groupOf(pen, { id: 'language', grouping: figures.byLanguage, nameOf: languageName }),
    ],
    more: { href: `${to('oversight.requests')}#consents`, text: t('oversight-outcomes:consents') },
  }
}

/** Where the other fields are: those behind the page, and the first ones. */
function fieldPages({ t, to }: FigurePen, next: string | undefined, isFirst: boolean): object[] {
  const at = (parts: Record<string, string>) => `${to('oversight.outcomes', parts)}#field`
  return [
    ...(isFirst ? [] : [{ href: at({}), text: t('oversight-outcomes:fieldFirst') }]),
    ...(next === undefined
      ? []
      : [{ href: at({ after: next }), text: t('oversight-outcomes:fieldMore') }]),
  ]
}

interface Group {
  readonly id: 'kind' | 'field' | 'language'
  readonly grouping: Grouping
  readonly nameOf: Say
}

function groupOf(pen: FigurePen, group: Group): object {
  const { t } = pen
  const { id, grouping } = group
  // Twenty bars tell nothing that the table does not tell better.
  const isDrawn = id !== 'field' && grouping.paces.some(({ decided }) => decided > 0)
  return {
    id,
    heading: t(`oversight-outcomes:${id}.title`),
    none: grouping.paces.length === 0 ? t('oversight-outcomes:none') : '',
    paces: grouping.paces.length === 0 ? '' : paceTable(pen, group),
    chart: isDrawn ? chartOf(pen, group) : '',
    pages: [],
    outcomes: grouping.outcomes.length === 0 ? '' : outcomeTable(pen, group),
  }
}

const COLUMNS = ['decided', 'median', 'p90', 'open', 'overdue'] as const

function columnsOf({ t }: FigurePen, id: Group['id']) {
  const first = { text: t(`oversight-outcomes:${id}.column`), numeric: false }
  return [
    first,
    ...COLUMNS.map((name) => ({ text: t(`oversight-outcomes:columns.${name}`), numeric: true })),
  ]
}

function paceTable(pen: FigurePen, { id, grouping, nameOf }: Group): object {
  const days = (count: number | null) =>
    count === null ? { text: '–', numeric: true } : { amount: count }
  return {
    caption: pen.t(`oversight-outcomes:${id}.paces`),
    columns: columnsOf(pen, id),
    rows: grouping.paces.map(({ key, decided, medianDays, p90Days, open, overdue }, place) => ({
      cells: [
        { text: `${place + 1} · ${nameOf(key)}` },
        { amount: decided },
        ...[days(medianDays), days(p90Days)],
        ...[{ amount: open }, { amount: overdue }],
      ],
    })),
  }
}

/** Only what happened has a column: most offices never restrict or annotate. */
function outcomeTable({ t }: FigurePen, { id, grouping, nameOf }: Group): object {
  const { outcomes } = grouping
  const kinds = [...new Set(outcomes.map(({ outcome }) => outcome))].sort()
  const keys = [...new Set(outcomes.map(({ key }) => key))]
  const amountOf = (key: string, outcome: string) =>
    outcomes.find((cell) => cell.key === key && cell.outcome === outcome)?.amount ?? 0
  return {
    caption: t(`oversight-outcomes:${id}.outcomes`),
    columns: [
      { text: t(`oversight-outcomes:${id}.column`), numeric: false },
      ...kinds.map((kind) => ({ text: t(`rectification:outcomes.${kind}.title`), numeric: true })),
    ],
    rows: keys.map((key) => ({
      cells: [{ text: nameOf(key) }, ...kinds.map((kind) => ({ amount: amountOf(key, kind) }))],
    })),
  }
}

/** Nine of ten within so many days, a bar for each group; the numbers below are those of the table's rows. */
function chartOf({ t }: FigurePen, { id, grouping, nameOf }: Group): object {
  const shown = grouping.paces
    .map((pace, row) => ({ ...pace, number: String(row + 1) }))
    .filter(({ decided }) => decided > 0)
  const most = Math.max(1, ...shown.map(daysOf))
  const step = WIDTH / Math.max(1, shown.length)
  const title = t(`oversight-outcomes:${id}.chart`)
  return {
    ...{ id: `p90-${id}`, title, width: WIDTH, height: HEIGHT, base: BASE },
    description: t('oversight-outcomes:chartText', { most }),
    bars: shown.map((pace, place) => {
      const height = Math.round((daysOf(pace) / most) * (BASE - HEAD))
      const y = BASE - height
      const middle = Math.round((place + 0.5) * step)
      const box = {
        x: Math.round(place * step + GAP / 2),
        y,
        width: Math.round(step - GAP),
        height,
      }
      return { ...box, value: daysOf(pace), middle, above: y - 4 }
    }),
    ticks: shown.map(({ number }, place) => ({
      x: Math.round((place + 0.5) * step) - 4,
      y: HEIGHT - 6,
      text: number,
    })),
    table: {
      caption: title,
      columns: [
        { text: t('oversight-outcomes:number'), numeric: false },
        { text: t(`oversight-outcomes:${id}.column`), numeric: false },
        { text: t('oversight-outcomes:columns.p90'), numeric: true },
      ],
      rows: shown.map((pace) => ({
        cells: [{ text: pace.number }, { text: nameOf(pace.key) }, { amount: daysOf(pace) }],
      })),
    },
  }
}

const daysOf = ({ p90Days }: Pace) => p90Days ?? 0
