import type { Cells } from './blocks.js'
import { GUTTER, lineWidth, type Sheet, type Type } from './measures.js'
import { setText, type Press, type SetText } from './press.js'

/** A column of the page; `x` and `width` in points. */
export interface Side {
  readonly x: number
  readonly width: number
}

/** A text in its column. */
export interface SideText extends Side {
  readonly text: SetText
}

/** One column over the whole line, or two: German left, the reader's right. */
export function sidesOf(cells: Cells, sheet: Sheet): readonly Side[] {
  const whole = { x: sheet.left, width: lineWidth(sheet) }
  if (cells.length === 1) return [whole]
  const width = (whole.width - GUTTER) / 2
  return [
    { x: sheet.left, width },
    { x: sheet.left + width + GUTTER, width },
  ]
}

/** The texts set in their columns, on the page at hand where no other is meant. */
export function setSides(
  press: Press,
  cells: Cells,
  { type, sheet = press.paper.sheet }: { readonly type: Type; readonly sheet?: Sheet },
): SideText[] {
  const sides = sidesOf(cells, sheet)
  return cells.map((cell, index) => {
    const side = sides[index] ?? { x: sheet.left, width: lineWidth(sheet) }
    return { ...side, text: setText(press, cell, { type, width: side.width }) }
  })
}

/** The lines of the longest text. */
export function tallest(sides: readonly SideText[]): number {
  return Math.max(0, ...sides.map(({ text }) => text.lines.length))
}
