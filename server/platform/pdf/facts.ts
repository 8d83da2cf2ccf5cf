import type { FactsBlock } from './blocks.js'
import { flow, rowsOf, type Column } from './flow.js'
import { lineWidth, TERM, VALUE, type Sheet } from './measures.js'
import { setText, tag, type Press, type SetText } from './press.js'
import type { Side } from './sides.js'
import type { Element } from './structure.js'

const GAP = 10
const AFTER = 2

/** Where terms and values stand: one term in front of the value, or one on either side of it. */
function places(
  terms: number,
  sheet: Sheet,
): { readonly terms: readonly Side[]; readonly value: Side } {
  const whole = lineWidth(sheet)
  const width = whole * (terms === 1 ? 0.34 : 0.3)
  const left = { x: sheet.left, width: width - GAP }
  if (terms === 1) return { terms: [left], value: { x: sheet.left + width, width: whole - width } }
  const right = { x: sheet.right - width + GAP, width: width - GAP }
  const value = { x: sheet.left + width, width: whole - 2 * width }
  return { terms: [left, right], value }
}

/** Terms with their values, in the structure a table whose rows have heads. */
export function drawFacts(press: Press, { rows }: FactsBlock): void {
  const { paper, structure, types } = press
  let table: Element | undefined
  for (const { term, value } of rows) {
    const at = places(term.length, paper.sheet)
    const terms = term.map((text, index) =>
      setText(press, text, { type: TERM, width: at.terms[index]?.width ?? at.value.width }),
    )
    const set = setText(press, value, { type: VALUE, width: at.value.width })
    const lines = Math.max(set.lines.length, ...terms.map((text) => text.lines.length))
    paper.room(Math.min(lines, 4) * VALUE.leading)
    table ??= structure.root.child('Table')
    drawRow(press, table, { terms, value: set, at })
    paper.space(AFTER)
  }
  table?.end()
  paper.space(types.body.after)
}

interface Fact {
  readonly terms: readonly SetText[]
  readonly value: SetText
  readonly at: ReturnType<typeof places>
}

function drawRow(press: Press, table: Element, { terms, value, at }: Fact): void {
  const row = table.child('TR')
  const head = tag(row, { type: 'TH', texts: terms, scope: 'Row' })
  const cell = tag(row, { type: 'TD', texts: [value] })
  const columns: Column[] = terms.map((text, index) => ({
    ...(at.terms[index] ?? at.value),
    rows: rowsOf(text, head.writes[index]),
  }))
  columns.splice(1, 0, { ...at.value, rows: rowsOf(value, cell.writes[0]) })
  flow(press, columns, { type: VALUE })
  row.end()
}
