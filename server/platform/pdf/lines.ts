import type { Unit } from './bidi.js'
import { directionOf, piecesOf, type Piece, type Text } from './blocks.js'
import { clean } from './clean.js'
import { ordered, type Placed } from './order.js'
import { itemsOf, wordsOf, type Face, type Item, type Word } from './words.js'

/** One line, its items from the left. */
export interface Line {
  readonly items: readonly Placed[]
  /** In points. */
  readonly width: number
}

/** Size and width in points. */
export interface Measure extends Face {
  readonly size: number
  readonly width: number
}

/** The pieces of a text, clean; a text without a character keeps one empty piece for its language. */
export function cleanPieces(text: Text): Piece[] {
  return piecesOf(text).map((piece) => ({ ...piece, text: clean(piece.text) }))
}

/** Breaks clean pieces into lines that fit; a word longer than a line is cut between its characters. */
export function linesOf(pieces: readonly Piece[], measure: Measure): Line[] {
  return paragraphsOf(pieces).flatMap((paragraph) => {
    const lines = brokenLines(fittingWords(paragraph, measure), measure)
    const base = directionOf(paragraph[0]?.lang ?? 'und')
    return (lines.length > 0 ? lines : [[]]).map((items) => ({
      items: ordered(items, base),
      width: (widthOf(items) * measure.size) / 1000,
    }))
  })
}

/** The pieces between two line ends; every paragraph has all pieces, so that their numbers hold. */
function paragraphsOf(pieces: readonly Piece[]): Piece[][] {
  const paragraphs: Piece[][] = [[]]
  pieces.forEach((piece, index) => {
    const [first = '', ...rest] = piece.text.split('\n')
    paragraphs.at(-1)?.push({ ...piece, text: first })
    for (const text of rest) {
      const before = pieces.slice(0, index).map((other) => ({ ...other, text: '' }))
      paragraphs.push([...before, { ...piece, text }])
    }
  })
  return paragraphs
}

function fittingWords(pieces: readonly Piece[], measure: Measure): Word[] {
  const limit = (measure.width * 1000) / measure.size
  return wordsOf(pieces, measure).flatMap((word) =>
    widthOf(word.items) <= limit ? [word] : cut(word, { pieces, measure, limit }),
  )
}

function widthOf(items: readonly Item[]): number {
  return items.reduce((sum, { shaped }) => sum + shaped.width, 0)
}

interface Cut {
  readonly pieces: readonly Piece[]
  readonly measure: Measure
  /** In thousandths of the font size. */
  readonly limit: number
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The parts of a word that is longer than a line. What a reader takes for one character stays whole. */
function cut(word: Word, { pieces, measure, limit }: Cut): Word[] {
  const parts: Word[] = []
  let part: Unit[] = []
  let width = 0
  for (const cluster of clustersOf(word.items.flatMap(({ units }) => units))) {
    const more = widthOf(itemsOf(cluster, pieces, measure))
    if (part.length > 0 && width + more > limit) {
      parts.push({ items: itemsOf(part, pieces, measure) })
      part = []
      width = 0
    }
    part.push(...cluster)
    width += more
  }
  const { gap } = word
  return [...parts, { items: itemsOf(part, pieces, measure), ...(gap ? { gap } : {}) }]
}

function clustersOf(units: readonly Unit[]): Unit[][] {
  const text = units.map(({ char }) => char).join('')
  let at = 0
  return Array.from(graphemes.segment(text), ({ segment }) => {
    const start = at
    at += Array.from(segment).length
    return units.slice(start, at)
  })
}

/** Fills lines in logical order; the space at a line's end is left out (UAX #9, rule L1). */
function brokenLines(words: readonly Word[], { size, width }: Measure): Item[][] {
  const limit = (width * 1000) / size
  const lines: Item[][] = []
  let items: Item[] = []
  let used = 0
  let gap: Item | undefined
  for (const word of words) {
    const more = widthOf(word.items)
    if (items.length > 0 && used + (gap?.shaped.width ?? 0) + more > limit) {
      lines.push(items)
      items = []
      used = 0
      gap = undefined
    }
    if (gap) items.push(gap)
    items.push(...word.items)
    used += (gap?.shaped.width ?? 0) + more
    gap = word.gap
  }
  return items.length > 0 ? [...lines, items] : lines
}
