/** A text in German, and in the reader's language where that is another. */
export type Said = readonly [string] | readonly [string, string]

/** One part of the application as a letter, as data. */
export type LetterPart =
  | { readonly kind: 'address'; readonly lines: readonly string[] }
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly said: Said }
  | { readonly kind: 'paragraph'; readonly said: Said }
  | { readonly kind: 'list'; readonly items: readonly Said[] }
  | { readonly kind: 'facts'; readonly rows: readonly LetterRow[] }
  | { readonly kind: 'signature'; readonly said: Said }

/** One line of facts; `lang` is that of the value. */
export interface LetterRow {
  readonly term: Said
  readonly value: string
  readonly lang: string
}

/** A letter, ready to be drawn: the German text counts. */
export interface LetterText {
  readonly title: string
  readonly reader: string
  readonly at: Date
  readonly parts: readonly LetterPart[]
  readonly foot: string
}

/** Draws a letter as tagged PDF. */
export type DrawLetter = (letter: LetterText) => Promise<Buffer>
