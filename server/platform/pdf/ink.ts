import type { Container, Reference } from './container.js'
import { embed, type Used } from './embed.js'
import type { FontName } from './fonts.js'
import type { Line } from './lines.js'
import { outline, points, type Spot } from './outline.js'
import type { Drawn, Shaped } from './shape.js'

/** Draws lines with fonts of which the file keeps what was used. */
export interface Ink {
  /** The fonts as one resource of all pages and forms. */
  readonly fonts: Reference
  /** Marks of one visual stretch of a line that belongs to one piece, from `x` on the base line `y`. */
  strokesOf(line: Line, at: Spot): Stroke[]
  /** Writes the fonts; nothing can be drawn after this. */
  end(): void
}

/** Operators that draw neighbouring items of one piece. */
export interface Stroke {
  readonly piece: number
  readonly operators: string
}

const RESOURCE: Readonly<Record<FontName, string>> = {
  'latin-regular': 'F1',
  'latin-bold': 'F2',
  'arabic-regular': 'F3',
  'arabic-bold': 'F4',
}

/** An ink for one file. */
export function createInk(
  container: Container,
  { listsNumbers }: { readonly listsNumbers: boolean },
): Ink {
  const used = new Map<FontName, Used>()
  const fonts = container.ref({})
  const known = new WeakMap<Shaped, Map<number, string>>()
  const operatorsOf = (shaped: Shaped, size: number) => {
    const sizes = known.get(shaped) ?? new Map<number, string>()
    known.set(shaped, sizes)
    const operators = sizes.get(size) ?? glyphOperators(shaped, size, useOf(used, shaped.font))
    sizes.set(size, operators)
    return operators
  }
  return {
    fonts,
    strokesOf(line, { x, y, size }) {
      return stretches(line, { x, size }).map(({ piece, items }) => {
        const text = items.map(({ item }) => operatorsOf(item.shaped, size)).join(' ')
        const begin = `BT 1 0 0 -1 ${points(items[0]?.x ?? x)} ${points(y)} Tm`
        const marks = items.flatMap(({ item, x: at }) =>
          item.shaped.marks.map((mark) => outline(item.shaped.font, mark, { x: at, y, size })),
        )
        return { piece, operators: [`${begin} ${text} ET`, ...marks].join('\n') }
      })
    },
    end() {
      for (const use of used.values())
        fonts.data[RESOURCE[use.name]] = embed(container, use, listsNumbers)
      fonts.end()
    },
  }
}

/** Items of one piece that follow each other, with where they stand. */
interface Stretch {
  readonly piece: number
  readonly items: { readonly item: Line['items'][number]; readonly x: number }[]
}

/**
 * The items in the order of reading, wherever they stand: what takes text in the order of the file, such as a browser,
 * gets it right. Those that stand side by side in that order are drawn at once.
 */
function stretches({ items }: Line, { x, size }: Pick<Spot, 'x' | 'size'>): Stretch[] {
  let next = x
  const placed = items.map((item, place) => {
    const found = { item, place, x: next }
    next += (item.shaped.width * size) / 1000
    return found
  })
  const found: Stretch[] = []
  let last = -1
  for (const { item, place, x: left } of placed.sort((one, other) => one.item.at - other.item.at)) {
    const open = found.at(-1)
    if (open?.piece === item.piece && place === last + 1) open.items.push({ item, x: left })
    else found.push({ piece: item.piece, items: [{ item, x: left }] })
    last = place
  }
  return found
}

function useOf(used: Map<FontName, Used>, name: FontName): Used {
  const known = used.get(name)
  if (known) return known
  const fresh: Used = { name, numbers: new Map(), drawn: [] }
  used.set(name, fresh)
  return fresh
}

function glyphOperators({ font, glyphs }: Shaped, size: number, use: Used): string {
  const parts: string[] = []
  let hex = ''
  // Where the next glyph would be drawn by itself, and where it belongs.
  let pen = 0
  let place = 0
  const moveTo = (start: number) => {
    const back = pen - start
    pen = start
    if (Math.abs(back) < 0.05) return
    if (hex) parts.push(`<${hex}>`)
    parts.push(points(back))
    hex = ''
  }
  for (const glyph of glyphs) {
    moveTo(place + (glyph.off ?? 0))
    hex += numberOf(glyph, use).toString(16).padStart(4, '0')
    pen += glyph.width
    place += glyph.advance
  }
  moveTo(place)
  if (hex) parts.push(`<${hex}>`)
  return `/${RESOURCE[font]} ${points(size)} Tf [${parts.join(' ')}] TJ`
}

function numberOf(glyph: Drawn, { numbers, drawn }: Used): number {
  const key = `${glyph.id}:${glyph.codePoints.join(',')}`
  const known = numbers.get(key)
  if (known !== undefined) return known
  drawn.push(glyph)
  // Number 0 is the font's sign for a missing glyph, which a file must not show.
  numbers.set(key, drawn.length)
  return drawn.length
}
