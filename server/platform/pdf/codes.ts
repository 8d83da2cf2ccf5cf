import qrcode from 'qrcode-generator'
import type { CodeBlock } from './blocks.js'
import { points } from './outline.js'
import type { Press } from './press.js'

/** White on each side, in modules (ISO/IEC 18004, 9.1). */
const QUIET = 4
/** The smallest that holds the text; of its letters 15 % may be unreadable. */
const SMALLEST = 0
const CORRECTION = 'M'

/** Which modules of a code are dark, row by row. */
export function modulesOf(text: string): readonly (readonly boolean[])[] {
  const code = qrcode(SMALLEST, CORRECTION)
  code.addData(text, 'Byte')
  code.make()
  const places = Array.from({ length: code.getModuleCount() }, (_, place) => place)
  return places.map((row) => places.map((column) => code.isDark(row, column)))
}

/** Draws the code as a picture that says in words what it is. */
export function drawCode({ paper, structure, types }: Press, { text, alt }: CodeBlock): void {
  // With the white around it.
  const side = types.code
  const modules = modulesOf(text)
  const unit = side / (modules.length + 2 * QUIET)
  paper.room(side)
  const { y, sheet } = paper
  const bottom = sheet.height - y - side
  const box = [sheet.left, bottom, sheet.left + side, bottom + side].map(rounded)
  const element = structure.root.child('Figure', {
    lang: alt.lang,
    picture: { alt: alt.text, box },
  })
  const bars = modules.flatMap((row, line) =>
    barsOf(row).map(({ start, length }) => {
      const left = sheet.left + (QUIET + start) * unit
      const top = y + (QUIET + line) * unit
      return `${points(left)} ${points(top)} ${points(length * unit)} ${points(unit)} re`
    }),
  )
  element.mark(`q 0 0 0 rg ${bars.join(' ')} f Q`)
  element.end()
  paper.advance(side)
  paper.space(types.body.after)
}

const rounded = (value: number) => Number(points(value))

/** Dark modules that stand side by side, drawn as one: seams between them would confuse a camera. */
function barsOf(row: readonly boolean[]): readonly { start: number; length: number }[] {
  return row.flatMap((isDark, start) => {
    if (!isDark || row[start - 1] === true) return []
    const end = row.indexOf(false, start)
    return [{ start, length: (end < 0 ? row.length : end) - start }]
  })
}
