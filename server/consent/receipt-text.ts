/** A text in German, and in the reader's language where that is another. */
export type Said = readonly [string] | readonly [string, string]

/** One part of a receipt on paper, as data. */
export type LetterPart =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly said: Said }
  | { readonly kind: 'paragraph'; readonly said: Said }
  | { readonly kind: 'list'; readonly items: readonly Said[] }
  /** Terms and words in both languages; names of things, numbers and times once. */
  | { readonly kind: 'facts'; readonly rows: readonly LetterRow[] }
  /** What was read, in the one language in which it was. */
  | { readonly kind: 'words'; readonly text: string; readonly lang: string }

/** One line of facts. */
export interface LetterRow {
  readonly term: Said
  readonly value: Said
}

/** A receipt, ready to be drawn. */
export interface LetterText {
  readonly title: string
  /** Tag of the reader's language. */
  readonly reader: string
  /** Stands in the file as its date: the same receipt gives the same bytes. */
  readonly at: Date
  readonly parts: readonly LetterPart[]
  /** The foot of a page, in front of its number. */
  readonly foot: string
}
