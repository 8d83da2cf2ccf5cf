import type { Cells } from './blocks.js'
import { flow, rowsOf, type Column } from './flow.js'
import { setText, tag, type Press, type SetText } from './press.js'
import { sidesOf, tallest, type Side, type SideText } from './sides.js'
import type { Element } from './structure.js'

/** An item of one language with its sign. */
interface Entry {
  readonly sign: SetText
  readonly side: SideText
  readonly whole: Side
}

/** Room for the sign, in points. */
const INDENT = { bullet: 14, number: 22 } as const

/** A list; with two languages there are two, side by side. */
export function drawList(
  press: Press,
  { items, ordered = false }: { readonly items: readonly Cells[]; readonly ordered?: boolean },
): void {
  const { paper, types } = press
  const lists: Element[] = []
  const indent = ordered ? INDENT.number : INDENT.bullet
  items.forEach((cells, index) => {
    const entries = entriesOf(press, cells, { indent, text: ordered ? `${index + 1}.` : '•' })
    paper.room(Math.min(2, tallest(entries.map(({ side }) => side))) * types.item.leading)
    const columns = entries.map((entry, column) => {
      const list = (lists[column] ??= press.structure.root.child('L', {
        lang: entry.side.text.lang,
      }))
      return itemColumns(list, entry)
    })
    flow(press, columns.flat(), { type: types.item })
    paper.space(types.item.after)
  })
  for (const list of lists) list.end()
  paper.space(types.item.after)
}

function entriesOf(
  press: Press,
  cells: Cells,
  { indent, text }: { indent: number; text: string },
): Entry[] {
  const sides = sidesOf(cells, press.paper.sheet)
  return cells.flatMap((cell, index) => {
    const whole = sides[index]
    if (!whole) return []
    const width = whole.width - indent
    const set = setText(press, cell, { type: press.types.item, width })
    const sign = setText(press, { text, lang: set.lang }, { type: press.types.item, width: indent })
    return [{ whole, sign, side: { x: set.right ? whole.x : whole.x + indent, width, text: set } }]
  })
}

function itemColumns(list: Element, { sign, side, whole }: Entry): Column[] {
  const item = list.child('LI')
  const label = tag(item, { type: 'Lbl', texts: [sign] })
  const body = tag(item, { type: 'LBody', texts: [side.text] })
  return [
    { ...whole, rows: rowsOf(sign, label.writes[0]) },
    { ...side, rows: rowsOf(side.text, body.writes[0]) },
  ]
}
