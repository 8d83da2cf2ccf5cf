import type { Standard } from '../kernel/letter.js'
import { spansOf } from '../kernel/scripts.js'
import type { SheetName } from './measures.js'

/**
 * Words of one language. `value` marks a name, number or date within a sentence: it keeps the
 * direction of its own letters, whatever stands around it (UAX #9, isolates).
 */
export interface Piece {
  readonly text: string
  /** BCP 47 tag. */
  readonly lang: string
  readonly value?: boolean
  /** Belongs to the value before it, of which it is a stretch in another language: both keep together. */
  readonly goesOn?: boolean
}

/** One text; the language of its first piece decides its direction and the side it starts from. */
export type Text = Piece | readonly Piece[]

/** One language, or German and the reader's side by side: German left, the reader's right. */
export type Cells = readonly [Text] | readonly [Text, Text]

/** Rows may come one by one from the database: only those of the page at hand are kept. */
export type Rows = Iterable<readonly Cells[]> | AsyncIterable<readonly Cells[]>

/** A table; a cell with two texts shows them one below the other. `widths` are shares of the line. */
export interface TableBlock {
  readonly kind: 'table'
  readonly head: readonly Cells[]
  readonly widths?: readonly number[]
  /** Smaller type, for many columns. */
  readonly isDense?: boolean
  readonly rows: Rows
}

/** Terms and values; with two languages the value stands between both terms. */
export interface FactsBlock {
  readonly kind: 'facts'
  readonly rows: readonly { readonly term: Cells; readonly value: Text }[]
}

/** A square code that a camera reads (ISO/IEC 18004); `alt` says what it leads to. */
export interface CodeBlock {
  readonly kind: 'code'
  /** The address in it. */
  readonly text: string
  readonly alt: Piece
}

/** Numbers as bars; `alt` says them in words, and a table beside it has them, too. */
export interface BarsBlock {
  readonly kind: 'bars'
  /** Labels are short: a number of the table, or a day. */
  readonly bars: readonly { readonly label: string; readonly amount: number }[]
  readonly alt: Piece
}

/** What a document consists of, as data. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly cells: Cells }
  | { readonly kind: 'paragraph'; readonly cells: Cells }
  | { readonly kind: 'list'; readonly ordered?: boolean; readonly items: readonly Cells[] }
  /** As the first block it stands in the window of the envelope (DIN 5008, form B). */
  | { readonly kind: 'address'; readonly lines: readonly Text[] }
  | { readonly kind: 'signature'; readonly label: Cells }
  | { readonly kind: 'rule' }
  | { readonly kind: 'pageBreak' }
  /** From here on pages lie so; nothing happens where they do already. */
  | { readonly kind: 'sheet'; readonly sheet: SheetName }
  | CodeBlock
  | BarsBlock
  | TableBlock
  | FactsBlock

/** One document. The same letter gives the same bytes. */
export interface Letter {
  readonly title: { readonly text: string; readonly lang: string }
  /** The main language of the document, BCP 47. */
  readonly lang: string
  readonly author: string
  readonly subject?: string
  /** Stands in the file as its creation date, and goes into its identifier. */
  readonly created: Date
  /** PDF/A-2a where nothing else is said. */
  readonly standard?: Standard
  /** Smaller type and less space, for what must stand on one page. */
  readonly isDense?: boolean
  /** How its pages lie until a block says otherwise; portrait where nothing is said. */
  readonly sheet?: SheetName
  readonly blocks: Iterable<Block> | AsyncIterable<Block>
  /** The foot of page `page` of `pages`; called when the last page is known. */
  footer(page: number, pages: number): Cells
}

/** A value in the languages that its letters tell; Latin ones count as `otherwise`. */
export function valueIn(text: string, otherwise: string): readonly Piece[] {
  return spansOf(text, otherwise).map((span, at) => ({
    ...span,
    ...(at === 0 ? { value: true } : { goesOn: true }),
  }))
}

/** The pieces of a text. */
export function piecesOf(text: Text): readonly Piece[] {
  return 'text' in text ? [text] : text
}

const RIGHT_TO_LEFT = new Set(['Arab', 'Hebr', 'Nkoo', 'Syrc', 'Thaa'])
const directions = new Map<string, 'ltr' | 'rtl'>()

/** The direction in which a language is written, from its usual script; RangeError on a tag that is none. */
export function directionOf(lang: string): 'ltr' | 'rtl' {
  const known = directions.get(lang)
  if (known) return known
  const direction = RIGHT_TO_LEFT.has(new Intl.Locale(lang).maximize().script ?? '') ? 'rtl' : 'ltr'
  directions.set(lang, direction)
  return direction
}
