import type { Cells, TableBlock } from './blocks.js'
import { flow, rowsOf, type Column } from './flow.js'
import { CELLS, DENSE_CELLS, lineWidth, type CellTypes, type Sheet, type Type } from './measures.js'
import { artifact } from './paper.js'
import { setText, tag, type Press, type SetText, type Write } from './press.js'
import type { Side } from './sides.js'
import type { Element } from './structure.js'

/** Around the lines of a row, in points. */
const PADDING = { across: 4, above: 2.5, below: 3.5 } as const

/** A row with more lines than this may be parted by the end of a page. */
const WHOLE_LINES = 12

/** A cell whose texts stand one below the other. */
interface Cell extends Side {
  readonly texts: readonly SetText[]
}

/** Draws a table row by row; its head stands again on each further page. */
export async function* drawTable(press: Press, block: TableBlock): AsyncGenerator<void> {
  const types = block.isDense === true ? DENSE_CELLS : CELLS
  const columns = columnsOf(block, press.paper.sheet)
  const head = setCells(press, block.head, { columns, type: types.head })
  const turned = repeatedHead(press, head, types)
  let table: Element | undefined
  for await (const cells of block.rows) {
    const row = setCells(press, cells, { columns, type: types.row })
    table ??= opened(press, { head, first: row, types })
    drawRow(press, { parent: table, cells: row, type: types.row, turned })
    yield
  }
  table ??= opened(press, { head, first: [], types })
  table.end()
  press.paper.space(PADDING.below * 3)
}

/** The columns by their shares of the line. */
function columnsOf({ head, widths }: TableBlock, sheet: Sheet): Side[] {
  const shares = head.map((_, index) => widths?.[index] ?? 1)
  const all = shares.reduce((sum, share) => sum + share, 0)
  let x = sheet.left
  return shares.map((share) => {
    const width = (lineWidth(sheet) * share) / all
    const side = { x, width }
    x += width
    return side
  })
}

function setCells(
  press: Press,
  row: readonly Cells[],
  { columns, type }: { columns: readonly Side[]; type: Type },
): Cell[] {
  return columns.map(({ x, width }, index) => {
    const inner = { x: x + PADDING.across / 2, width: width - PADDING.across * 1.5 }
    const texts = (row[index] ?? []).map((text) =>
      setText(press, text, { type, width: inner.width }),
    )
    return { ...inner, texts }
  })
}

function linesIn(cells: readonly Cell[]): number {
  return Math.max(
    0,
    ...cells.map(({ texts }) => texts.reduce((sum, { lines }) => sum + lines.length, 0)),
  )
}

function rowHeight(cells: readonly Cell[], type: Type): number {
  return Math.min(linesIn(cells), WHOLE_LINES) * type.leading + PADDING.above + PADDING.below
}

interface Opening {
  readonly head: readonly Cell[]
  readonly first: readonly Cell[]
  readonly types: CellTypes
}

/** Begins the table where its head and its first row have room. */
function opened(press: Press, { head, first, types }: Opening): Element {
  const { paper, structure } = press
  paper.room(rowHeight(head, types.head) + rowHeight(first, types.row))
  const table = structure.root.child('Table')
  const { element, columns } = tagRow(table, { cells: head, type: 'TH' })
  drawHead(press, columns, types.head)
  element.end()
  return table
}

/** The head of further pages belongs to the page: read aloud, it would come again in mid-table. */
function repeatedHead(press: Press, head: readonly Cell[], types: CellTypes): () => void {
  const { top, bottom } = press.paper.sheet
  const isShort = rowHeight(head, types.head) < (bottom - top) / 3
  const write: Write = (_, operators) => artifact(press.container, 'Pagination', operators)
  const columns = head.map(({ texts, ...side }) => ({
    ...side,
    rows: texts.flatMap((text) => rowsOf(text, write)),
  }))
  return () => {
    if (isShort) drawHead(press, columns, types.head)
  }
}

function drawHead(press: Press, columns: readonly Column[], type: Type): void {
  const { paper } = press
  paper.advance(PADDING.above)
  flow(press, columns, { type })
  paper.advance(PADDING.below)
  paper.rule({ ...below(press), strong: true })
}

/** The rule below a row. */
function below({ paper: { sheet } }: Press): Side {
  return { x: sheet.left, width: lineWidth(sheet) }
}

interface RowToDraw {
  readonly parent: Element
  readonly cells: readonly Cell[]
  readonly type: Type
  turned(): void
}

function drawRow(press: Press, { parent, cells, type, turned }: RowToDraw): void {
  const { paper } = press
  if (paper.left() < rowHeight(cells, type) && !paper.isFresh()) {
    paper.turn()
    turned()
  }
  const { element, columns } = tagRow(parent, { cells, type: 'TD' })
  paper.advance(PADDING.above)
  flow(press, columns, { type, turned })
  paper.advance(PADDING.below)
  paper.rule(below(press))
  element.end()
}

function tagRow(
  parent: Element,
  { cells, type }: { cells: readonly Cell[]; type: 'TH' | 'TD' },
): { element: Element; columns: Column[] } {
  const element = parent.child('TR')
  const scope = type === 'TH' ? { scope: 'Column' as const } : {}
  const columns = cells.map(({ texts, ...side }) => {
    const { writes } = tag(element, { type, texts, ...scope })
    return { ...side, rows: texts.flatMap((text, index) => rowsOf(text, writes[index])) }
  })
  return { element, columns }
}
