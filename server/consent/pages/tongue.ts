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

/** What the pages of an office are written with: the reader's language, all others, addresses. */
export interface DeskPen extends Tongue {
  readonly urls: Urls
  /** Every shipped language, German first. */
  readonly tongues: readonly Tongue[]
}

/** One line of a list of terms, as the partial `rows` prints it. */
export type Row = { readonly term: string } & (
  | { readonly text: string }
  | { readonly items: readonly string[] }
  | { readonly german: string }
  | { readonly code: string }
  | { readonly at: Date }
)

/** The name of an office. */
export function officeName(
  { texts }: Pick<Tongue, 'texts'>,
  { code }: Pick<Party, 'code'>,
): string {
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

const PERIOD = /(\d+)([YMWD])/g

/** A duration in words. */
export function periodName(tongue: Tongue, period: string): string {
  const parts = [...period.matchAll(PERIOD)].map(([, count = '0', unit = 'D']) =>
    tongue.t(`consent-desk:period.${unit}`, { count: Number(count) }),
  )
  return listOf(tongue, parts)
}
