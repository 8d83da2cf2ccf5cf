/**
 * What a file claims to be: PDF/A-2a (ISO 19005-2), or PDF/A-1b (ISO 19005-1) for archives that take nothing later.
 */
export type Standard = 'PDF/A-2a' | 'PDF/A-1b'

/** A text in German, and in the reader's language where that is another. */
export type Said = readonly [string] | readonly [string, string]

/** One part of a letter, as data. */
export type LetterPart =
  | { readonly kind: 'address'; readonly lines: readonly string[] }
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly said: Said }
  | { readonly kind: 'paragraph'; readonly said: Said }
  | { readonly kind: 'list'; readonly items: readonly Said[] }
  /** What somebody read or wrote; where no language is named its letters tell. */
  | { readonly kind: 'words'; readonly text: string; readonly lang?: string }
  /** Terms in both languages; a value once in its own language, or said in both. */
  | { readonly kind: 'facts'; readonly rows: readonly (LetterRow | SaidRow)[] }
  | { readonly kind: 'signature'; readonly said: Said }

/** One line of facts whose value stands once; `lang` is that of the value, absent where its letters tell. */
export interface LetterRow {
  readonly term: Said
  readonly value: string
  readonly lang?: string
}

/** One line of facts whose value is said in both languages. */
export interface SaidRow {
  readonly term: Said
  readonly value: Said
}

/** Draws a letter; the whole file. */
export type DrawLetter = (letter: LetterText) => Promise<Buffer>

/** A letter, ready to be drawn: the German text counts. */
export interface LetterText {
  readonly title: string
  /** Tag of the reader's language. */
  readonly reader: string
  /** Stands in the file as its date: the same letter gives the same bytes. */
  readonly at: Date
  readonly parts: readonly LetterPart[]
  /** The foot of a page, in front of its number. */
  readonly foot: string
}
