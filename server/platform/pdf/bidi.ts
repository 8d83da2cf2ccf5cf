import bidiModule from 'bidi-js'
import { directionOf, type Piece } from './blocks.js'

// The package is CommonJS, and Node hands its function over as the default.
const createBidi = bidiModule as unknown as typeof bidiModule.default
const bidi = createBidi()

/** A character with its embedding level (odd: right to left) and the piece that it belongs to. */
export interface Unit {
  readonly char: string
  readonly level: number
  readonly piece: number
}

const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]|[\u{10800}-\u{10fff}]|[\u{1e800}-\u{1efff}]/u
const FIRST_STRONG = '\u2068'
const POP = '\u2069'
const ISOLATE = { ltr: '\u2066', rtl: '\u2067' } as const

/** Whether a text holds letters that are written from right to left. */
export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text)
}

/** Whether a character is a letter that is written from right to left. */
export function isRightToLeft(char: string): boolean {
  return char !== '' && /^(R|AL)$/.test(bidi.getBidiCharTypeName(char))
}

const OF_NUMBERS = new Set(['ES', 'ET', 'CS'])

/** Whether a sign belongs to numbers where it stands next to one: comma, stop, percent, currency. */
export function isOfNumbers(char: string): boolean {
  return char !== '' && OF_NUMBERS.has(bidi.getBidiCharTypeName(char))
}

/**
 * Characters of one paragraph in logical order with their levels (UAX #9). Values, and pieces in
 * another language than the first, are isolated.
 */
export function unitsOf(pieces: readonly Piece[]): Unit[] {
  const lang = pieces[0]?.lang ?? 'und'
  const base = directionOf(lang)
  if (base === 'ltr' && !pieces.some(({ text }) => hasRightToLeft(text))) {
    return pieces.flatMap(({ text }, piece) =>
      Array.from(text, (char) => ({ char, level: 0, piece })),
    )
  }
  const parts = pieces.map((_, index) => isolated(pieces, index))
  const { levels } = bidi.getEmbeddingLevels(parts.map(({ all }) => all).join(''), base)
  return placed(parts, pieces, levels)
}

/** Stretches of one value stand in one isolate, and those that run against it in one of their own. */
function isolated(pieces: readonly Piece[], index: number): { all: string; before: number } {
  const { text = '', lang = 'und', value = false, goesOn = false } = pieces[index] ?? {}
  const ends = pieces[index + 1]?.goesOn === true ? '' : POP
  if (goesOn) {
    const first = pieces.slice(0, index).findLast((piece) => piece.goesOn !== true)
    const runsAgainst = directionOf(first?.lang ?? lang) !== directionOf(lang)
    const own = runsAgainst ? { begin: ISOLATE[directionOf(lang)], end: POP } : NOTHING
    return { all: own.begin + text + own.end + ends, before: own.begin.length }
  }
  if (value) return { all: FIRST_STRONG + text + ends, before: 1 }
  if (lang !== (pieces[0]?.lang ?? 'und')) {
    return { all: ISOLATE[directionOf(lang)] + text + POP, before: 1 }
  }
  return { all: text, before: 0 }
}

const NOTHING = { begin: '', end: '' } as const

function placed(
  parts: readonly { all: string; before: number }[],
  pieces: readonly Piece[],
  levels: Uint8Array,
): Unit[] {
  const units: Unit[] = []
  let start = 0
  parts.forEach(({ all, before }, piece) => {
    let at = start + before
    for (const char of pieces[piece]?.text ?? '') {
      units.push({ char, level: levels[at] ?? 0, piece })
      at += char.length
    }
    start += all.length
  })
  return units
}

/** A line's items in the order in which they stand on paper, from the left (UAX #9, rule L2). */
export function visualOrder<Item extends { readonly level: number }>(
  items: readonly Item[],
): Item[] {
  const highest = items.reduce((most, { level }) => Math.max(most, level), 0)
  const lowestOdd = items.reduce(
    (least, { level }) => (level % 2 ? Math.min(least, level) : least),
    255,
  )
  let ordered = [...items]
  for (let level = highest; level >= lowestOdd; level -= 1) ordered = reversedFrom(ordered, level)
  return ordered
}

function reversedFrom<Item extends { readonly level: number }>(
  items: Item[],
  level: number,
): Item[] {
  const out: Item[] = []
  let run: Item[] = []
  for (const item of items) {
    if (item.level >= level) run.push(item)
    else {
      out.push(...run.reverse(), item)
      run = []
    }
  }
  return [...out, ...run.reverse()]
}

/** The bracket or sign that is drawn for one that stands in a right-to-left run, else the sign itself. */
export function mirrored(char: string): string {
  return bidi.getMirroredCharacter(char) ?? char
}
