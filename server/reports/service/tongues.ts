import type { CatalogueNames } from '../../catalogue/index.js'
import type { Standard } from '../../platform/kernel/letter.js'
import type { Cells, Piece, Text } from '../../platform/pdf/blocks.js'

/** Words of one language. */
export interface Tongue {
  readonly tag: string
  readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string
  readonly texts: CatalogueNames
  /** Whether nobody has compared its words with the German ones: the paper says so. */
  readonly unchecked: boolean
}

/** What a report is written with. */
export interface PaperParts {
  readonly german: Tongue
  /** The language beside German; absent where German stands alone. */
  readonly reader?: Tongue
  /** Address of the page that checks it. */
  readonly checkAddress: string
  readonly standard: Standard
  /** What was chosen, in words: names and values of the filter. */
  readonly chosen: (tongue: Tongue) => readonly { readonly term: string; readonly value: string }[]
  readonly officeCode: string
}

/** Words of a tongue. */
export const plain = ({ tag }: Tongue, text: string): Piece => ({ text, lang: tag })
/** A name, number or date, which keeps the direction of its own letters. */
export const value = ({ tag }: Tongue, text: string): Piece => ({ text, lang: tag, value: true })

/** A text of the locale in German, and beside it in the reader's language. */
export function say(parts: PaperParts, key: string): Cells {
  return pairOf(parts, ({ t }) => t(key))
}

/** What is said in each tongue. */
export function pairOf(parts: PaperParts, textIn: (tongue: Tongue) => string): Cells {
  const { german, reader } = parts
  return pair(parts, textIn(german), reader === undefined ? undefined : textIn(reader))
}

/** German, and beside it the other where there is one. */
export function pair(
  { german, reader }: PaperParts,
  text: string,
  other: string | undefined,
): Cells {
  if (reader === undefined || other === undefined) return [plain(german, text)]
  return [plain(german, text), plain(reader, other)]
}

/** Both in one cell, each keeping its own direction. */
export function both(
  { german, reader }: PaperParts,
  text: string,
  other: string | undefined,
): Text {
  if (reader === undefined || other === undefined || other === text) return value(german, text)
  return [value(german, text), plain(german, ' · '), value(reader, other)]
}
