import type { BarsBlock } from './blocks.js'
import { lineWidth, SMALL } from './measures.js'
import { points } from './outline.js'
import { setText, type Press } from './press.js'

/** Room for labels in front of the bars and for numbers behind them, in points. */
const LABEL = 58
const VALUE = 48
const THICK = 8
const STEP = SMALL.leading + 1
/** More bars than stand on one page are a mistake of whoever asks for them. */
const MOST_BARS = 40

/** Draws numbers as bars below each other, a picture that says in words what it shows; bars grow to the right. */
export function drawBars(press: Press, { bars, alt }: BarsBlock): void {
  if (bars.length > MOST_BARS) throw new RangeError(`${bars.length} bars are too many for a page`)
  const { paper, structure, types } = press
  const height = bars.length * STEP
  paper.room(height)
  const { y, sheet } = paper
  const box = [sheet.left, sheet.height - y - height, sheet.right, sheet.height - y]
  const longest = lineWidth(sheet) - LABEL - VALUE
  const element = structure.root.child('Figure', {
    lang: alt.lang,
    picture: { alt: alt.text, box: box.map((value) => Number(points(value))) },
  })
  const most = Math.max(1, ...bars.map(({ amount }) => amount))
  const drawn = bars.flatMap(({ label, amount }, place) => {
    const top = y + place * STEP
    const width = (amount / most) * longest
    const bar = `${points(sheet.left + LABEL)} ${points(top + (STEP - THICK) / 2)} ${points(width)} ${THICK} re`
    return [
      ...wordsAt(press, { text: label, lang: alt.lang, top, right: sheet.left + LABEL - 6 }),
      ...(amount === 0 ? [] : [`q 0.2 0.35 0.36 rg ${bar} f Q`]),
      ...wordsAt(press, {
        ...{ text: String(amount), lang: alt.lang, top },
        left: sheet.left + LABEL + width + 5,
      }),
    ]
  })
  element.mark(drawn.join('\n'))
  element.end()
  paper.advance(height)
  paper.space(types.body.after)
}

/** Words in one line, from the left of a place or up to its right. */
interface Words {
  readonly text: string
  readonly lang: string
  readonly top: number
  readonly left?: number
  readonly right?: number
}

function wordsAt(press: Press, { text, lang, top, left, right = 0 }: Words): readonly string[] {
  const { lines } = setText(press, { text, lang, value: true }, { type: SMALL, width: LABEL })
  return lines.slice(0, 1).flatMap((line) => {
    const x = left ?? right - line.width
    const at = { x, y: top + STEP * 0.72, size: SMALL.size }
    return press.ink.strokesOf(line, at).map(({ operators }) => operators)
  })
}
