import type { CatalogueTexts, Party } from '../../catalogue/index.js'
import type { Language } from '../../platform/http/languages.js'
import type { Translate } from '../../platform/http/texts.js'
import type { Urls } from '../../platform/http/urls.js'

/** What one language says things with. */
export interface Tongue {
  readonly t: Translate
  /** The catalogue's texts. */
  readonly texts: CatalogueTexts
  readonly language: Language
}

/** What pages are written with: the reader's language, German beside it, addresses. */
export interface Pen extends Tongue {
  readonly german: Tongue
  readonly urls: Urls
}

/** One line of a list of terms, as the partial `rows` prints it. */
export type Row = { readonly term: string } & (
  | { readonly text: string }
  /** What a person wrote, in whatever language. */
  | { readonly words: string }
  | { readonly items: readonly string[] }
  | { readonly code: string }
  | { readonly day: string }
  | { readonly at: Date }
)

/** The name of an office in the reader's language. */
export function officeName({ texts }: Pick<Tongue, 'texts'>, { code }: Party): string {
  return texts.party(code).name
}

/** A calendar day in words, where a sentence takes text. */
export function dayName({ language }: Pick<Tongue, 'language'>, day: string): string {
  const format = new Intl.DateTimeFormat(language.intl, { dateStyle: 'long', timeZone: 'UTC' })
  return format.format(new Date(`${day}T00:00:00Z`))
}

/** A list in words. */
export function listOf({ language }: Pick<Tongue, 'language'>, items: readonly string[]): string {
  return new Intl.ListFormat(language.intl, { type: 'conjunction' }).format(items)
}
