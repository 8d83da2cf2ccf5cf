import type { Block, Cells } from '../../platform/pdf/blocks.js'
import type { ReportRow } from '../rules.js'
import { pairOf, plain, say, value, type PaperParts, type Tongue } from './tongues.js'

/**
 * The columns of the table of accesses and their shares of a line that lies, about its points: each has room for
 * nearly all of its words, because a long German one would be broken anywhere.
 */
const COLUMNS = {
  ...{ number: 34, time: 83, operation: 59, source: 96, recipient: 96, unit: 83 },
  ...{ purpose: 98, legalBasis: 75, fields: 103, marks: 47 },
} as const
type ColumnName = keyof typeof COLUMNS
const NAMES = Object.keys(COLUMNS) as readonly ColumnName[]

/** A row and its number, which stays the same over all files of a report. */
interface Numbered {
  readonly row: ReportRow
  readonly number: number
}

/** The accesses, a row each: everything that the table for programs has, on pages that lie. */
export function accessTable(
  parts: PaperParts,
  { rows, firstRow }: { readonly rows: AsyncIterable<ReportRow>; readonly firstRow: number },
): Block {
  return {
    kind: 'table',
    head: NAMES.map((name) => say(parts, `reports:access.head.${name}`)),
    widths: Object.values(COLUMNS),
    isDense: true,
    rows: cellsOf(parts, rows, firstRow),
  }
}

async function* cellsOf(
  parts: PaperParts,
  rows: AsyncIterable<ReportRow>,
  firstRow: number,
): AsyncGenerator<readonly Cells[]> {
  let number = firstRow
  for await (const row of rows) {
    const numbered = { row, number }
    yield NAMES.map((name) => CELLS[name](parts, numbered))
    number += 1
  }
}

const CELLS: Readonly<Record<ColumnName, (parts: PaperParts, of: Numbered) => Cells>> = {
  number: ({ german }, { number }) => [value(german, String(number))],
  time: ({ german }, { row }) => [
    value(german, timeOf(row.occurredAt)),
    value(german, timeOf(row.recordedAt)),
  ],
  operation: (parts, { row: { operation, channel } }) =>
    pairOf(parts, ({ t }) =>
      t('reports:access.way', {
        operation: t(`oversight:operation.${operation}`),
        channel: t(`oversight:channel.${channel}`),
      }),
    ),
  source: (parts, { row }) => sideOf(parts, row.source),
  recipient: (parts, { row }) => sideOf(parts, row.recipient),
  unit: (parts, { row: { unit } }) =>
    unit === undefined ? nothing(parts) : pairOf(parts, ({ texts }) => texts.unit(unit).label),
  purpose: (parts, { row }) => pairOf(parts, ({ texts }) => texts.purpose(row.purpose).name),
  // Laws are cited in German, and once: in a text from the right a citation would fall apart.
  legalBasis: ({ german }, { row }) => [plain(german, row.citation)],
  fields: (parts, { row }) =>
    pairOf(parts, ({ t, texts }) =>
      row.fields.map((code) => texts.field(code).label).join(t('copy:semicolon')),
    ),
  marks: (parts, { row }) => {
    const isMarked = row.isFlagged || row.shown !== 'yes'
    return isMarked ? pairOf(parts, (tongue) => marksText(tongue, row)) : nothing(parts)
  },
}

/** The long name of the own office stands at the beginning: in every row it would be most of what is read. */
function sideOf(parts: PaperParts, code: string): Cells {
  return pairOf(parts, ({ t, texts }) =>
    code === parts.officeCode ? t('reports:access.own') : texts.party(code).name,
  )
}

/** An empty cell would read as one that was forgotten. */
const nothing = ({ german }: PaperParts): Cells => [plain(german, '–')]

function marksText({ t }: Tongue, { isFlagged, shown }: ReportRow): string {
  return [
    ...(isFlagged ? [t('reports:access.flagged')] : []),
    ...(shown === 'yes' ? [] : [t(`reports:access.${shown}`)]),
  ].join(t('copy:semicolon'))
}

const TIME = new Intl.DateTimeFormat('de-DE', {
  ...{ timeZone: 'Europe/Berlin', day: '2-digit', month: '2-digit', year: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
} as const)

/** A time as it stands in the paper: German time, to the second. */
export const timeOf = (instant: Date): string => TIME.format(instant)
