import type { Cells, Text } from './blocks.js'
import { flow, rowsOf } from './flow.js'
import { ADDRESS, SMALL, type Type } from './measures.js'
import { setText, tag, type Press } from './press.js'
import { setSides, sidesOf, tallest, type SideText } from './sides.js'

/** A paragraph in one column or two. */
export function drawParagraph(press: Press, cells: Cells): void {
  const { body } = press.types
  const sides = setSides(press, cells, { type: body })
  press.paper.room(Math.min(2, tallest(sides)) * body.leading)
  drawSides(press, sides, body)
  press.paper.space(body.after)
}

/** Each text as a paragraph of its own. */
function drawSides(press: Press, sides: readonly SideText[], type: Type): void {
  const tags = sides.map(({ text }) => tag(press.structure.root, { type: 'P', texts: [text] }))
  const columns = sides.map(({ text, ...side }, index) => ({
    ...side,
    rows: rowsOf(text, tags[index]?.writes[0]),
  }))
  flow(press, columns, { type })
  for (const { element } of tags) element.end()
}

/** In the window of the envelope where nothing stands before it, else as it comes. */
export function drawAddress(press: Press, lines: readonly Text[]): void {
  const { paper, types } = press
  const isWindow = paper.isFresh() && paper.pages === 1
  if (isWindow) paper.advance(ADDRESS.top - paper.y)
  const texts = lines.map((line) =>
    setText(press, line, { type: types.item, width: ADDRESS.width }),
  )
  for (const text of texts) {
    paper.room(text.lines.length * types.item.leading)
    drawSides(press, [{ x: paper.sheet.left, width: ADDRESS.width, text }], types.item)
  }
  if (isWindow && paper.pages === 1) paper.advance(Math.max(0, ADDRESS.end - paper.y))
  else paper.space(types.body.leading)
}

/** Room for a hand, a line, and whose hand it is. */
export function drawSignature(press: Press, label: Cells): void {
  const { paper, types } = press
  const sides = setSides(press, label, { type: SMALL })
  const hand = 3 * types.body.leading
  paper.room(hand + tallest(sides) * SMALL.leading)
  paper.advance(hand)
  const [first] = sidesOf(label, paper.sheet)
  if (first) paper.rule({ x: first.x, width: Math.min(first.width, ADDRESS.width), strong: true })
  paper.advance(2)
  drawSides(press, sides, SMALL)
  paper.space(types.body.after)
}
