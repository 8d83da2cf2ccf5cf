import type { Cells } from './blocks.js'
import { GUTTER, PAGE, type Type } from './measures.js'
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

const WHOLE = PAGE.right - PAGE.left
const HALF = (WHOLE - GUTTER) / 2

/** One column over the whole line, or two: German left, the reader's right. */
export function sidesOf(cells: Cells): readonly Side[] {
  return cells.length === 1
    ? [{ x: PAGE.left, width: WHOLE }]
    : [
        { x: PAGE.left, width: HALF },
        { x: PAGE.left + HALF + GUTTER, width: HALF },
      ]
}

/** The texts set in their columns. */
export function setSides(press: Press, cells: Cells, type: Type): SideText[] {
  const sides = sidesOf(cells)
  return cells.map((cell, index) => {
    const side = sides[index] ?? { x: PAGE.left, width: WHOLE }
    return { ...side, text: setText(press, cell, { type, width: side.width }) }
  })
}

/** The lines of the longest text. */
export function tallest(sides: readonly SideText[]): number {
  return Math.max(0, ...sides.map(({ text }) => text.lines.length))
}
