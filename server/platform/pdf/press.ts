import { hasRightToLeft } from './bidi.js'
import { directionOf, type Piece, type Text } from './blocks.js'
import type { Container } from './container.js'
import type { Headings } from './headings.js'
import type { Ink } from './ink.js'
import { cleanPieces, linesOf, type Line } from './lines.js'
import type { Type, Types } from './measures.js'
import type { Paper } from './paper.js'
import type { Element, Facts, Structure } from './structure.js'
import type { Shaper } from './words.js'

/** What every block is drawn with. */
export interface Press {
  readonly container: Container
  readonly paper: Paper
  readonly ink: Ink
  readonly shaper: Shaper
  readonly types: Types
  readonly headings: Headings
  /** Texts that were set before. */
  readonly known: Map<string, SetText>
  readonly structure: Structure
}

/** A text in lines of one width. */
export interface SetText {
  readonly pieces: readonly Piece[]
  readonly lines: readonly Line[]
  readonly lang: string
  /** Whether its lines start at the right. */
  readonly right: boolean
}

/** Sets a text in a type and a width in points. */
export function setText({ shaper, known }: Press, text: Text, { type, width }: Setting): SetText {
  const { size, bold } = type
  const pieces = cleanPieces(text)
  const key = JSON.stringify([size, bold, width, pieces])
  const found = known.get(key)
  if (found) return found
  const lang = pieces[0]?.lang ?? 'und'
  const lines = linesOf(pieces, { size, bold, width, shaper })
  const set = { pieces, lang, lines, right: directionOf(lang) === 'rtl' }
  if (known.size >= MOST_KNOWN) known.clear()
  if (key.length < LONGEST_KNOWN) known.set(key, set)
  return set
}

/** Names of offices, fields and laws come again and again in a table. */
const MOST_KNOWN = 1024
const LONGEST_KNOWN = 300

/** Type and width in points. */
export interface Setting {
  readonly type: Type
  readonly width: number
}

/** Puts operators into the structure, as content of a piece. */
export type Write = (piece: number, operators: string) => void

/** An element and the ways into it, one for each text. */
export interface Tagged {
  readonly element: Element
  readonly writes: readonly Write[]
}

/** Adds an element for texts. With several pieces each gets a span, for its language and its letters. */
export function tag(
  parent: Element,
  { type, texts, scope }: { type: string; texts: readonly SetText[]; scope?: 'Column' | 'Row' },
): Tagged {
  const facts = scope === undefined ? {} : { scope }
  const only = texts.length === 1 ? texts[0] : undefined
  if (only && only.pieces.length === 1) {
    const element = parent.child(type, { ...facts, ...factsOf(only.pieces[0]) })
    return { element, writes: [(_, operators) => element.mark(operators)] }
  }
  const element = parent.child(type, { ...facts, ...(only ? { lang: only.lang } : {}) })
  return { element, writes: texts.map((text) => spans(element, text)) }
}

function spans(parent: Element, { pieces }: SetText): Write {
  const elements = pieces.map((piece) => parent.child('Span', factsOf(piece)))
  return (piece, operators) => elements[piece]?.mark(operators)
}

/** Glyphs of right-to-left text stand in the order of the paper, so the element says how it reads. */
function factsOf(piece: Piece | undefined): Facts {
  if (!piece) return {}
  const { text, lang } = piece
  return hasRightToLeft(text) ? { lang, actual: text } : { lang }
}
