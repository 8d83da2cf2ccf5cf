import { piecesOf, type Cells } from './blocks.js'
import { clean } from './clean.js'
import type { Bookmark } from './container.js'
import { flow, rowsOf } from './flow.js'
import { tag, type Press } from './press.js'
import { setSides, tallest } from './sides.js'

type Level = 1 | 2 | 3

/** Where the headings stand: the depth of the last one, and the bookmarks that are open. */
export interface Headings {
  depth: number
  readonly open: Bookmark[]
}

/**
 * A heading with its bookmark, held back until what follows has room. One that skips a level moves
 * up, because readers navigate by levels (ISO 14289-1, 7.4.2).
 */
export function drawHeading(
  press: Press,
  { level, cells }: { readonly level: Level; readonly cells: Cells },
): void {
  const { headings, paper, types } = press
  const depth = Math.min(level, headings.depth + 1) as Level
  headings.depth = depth
  const type = types.headings[depth]
  const sides = setSides(press, cells, { type })
  const height = type.before + tallest(sides) * type.leading + type.after
  paper.hold(height, () => {
    paper.space(type.before)
    mark(press, depth, cells)
    const texts = sides.map(({ text }) => text)
    const { element, writes } = tag(press.structure.root, { type: `H${depth}`, texts })
    const columns = sides.map(({ text, ...side }, index) => ({
      ...side,
      rows: rowsOf(text, writes[index]),
    }))
    flow(press, columns, { type })
    element.end()
    paper.space(type.after)
  })
}

function mark({ container, headings, paper }: Press, depth: Level, cells: Cells): void {
  const title = cells.map((cell) =>
    clean(
      piecesOf(cell)
        .map(({ text }) => text)
        .join(''),
    ),
  )
  const { open } = headings
  open.splice(depth - 1)
  const parent = open.at(-1) ?? container.outline
  // PDFKit counts only what stands directly below, and at the root nothing.
  for (const { outlineData } of [container.outline, ...open]) {
    outlineData.Count = (outlineData.Count ?? 0) + 1
  }
  // PDFKit counts `left` from the right edge; without `fit` the place is shown in the reader's size.
  const place = { top: paper.y, left: paper.sheet.width }
  open.push(parent.addItem(title.join(' – ').replaceAll('\n', ' '), place))
}
