import type { Catalogue, CatalogueTexts, Field, Party } from '../../catalogue/index.js'
import type { Language } from '../../platform/http/languages.js'
import type { Translate } from '../../platform/http/texts.js'
import type { Urls } from '../../platform/http/urls.js'
import { distinct } from '../rules.js'
import type { Sight } from '../sight.js'

/** Everything that a page needs to say things: texts, addresses, and how much the session may see. */
export interface Words {
  readonly t: Translate
  readonly catalogue: Catalogue
  /** The catalogue's texts in the reader's language. */
  readonly texts: CatalogueTexts
  readonly urls: Urls
  readonly language: Language
  readonly sight: Sight
}

/** Fields that a sentence names before it says "and 6 more". */
const NAMED = 2
const NOT_A_LETTER = /[^a-z]+/g

/** The name of an office in the reader's language. */
export function officeName({ texts }: Words, party: Party): string {
  return texts.party(party.code).name
}

/** The German name, because letters use it; null where the page is German already. */
export function germanName({ language }: Words, party: Party): string | null {
  return language.tag === 'de' ? null : party.nameDe
}

/** The word for a kind of data: the catalogue's category, never its code. */
export function kindName({ t }: Words, category: string): string {
  return t(`overview:kind.${category.replace(NOT_A_LETTER, '_')}`)
}

/** What fields are called: their labels, or kinds of data where the session sees no more. */
export function fieldNames(words: Words, fields: readonly Field[]): readonly string[] {
  return words.sight === 'kinds'
    ? distinct(fields.map(({ category }) => kindName(words, category)))
    : fields.map(({ code }) => words.texts.field(code).label)
}

/**
 * The same for a sentence: two names, then how many more. Quoted, because names may hold an "and" of
 * their own; a third name is said, because "and 1 more" is no shorter.
 */
export function shortNames(words: Words, fields: readonly Field[]): readonly string[] {
  const names = fieldNames(words, fields)
  const more = names.length - NAMED
  const said = more <= 1 ? names : names.slice(0, NAMED)
  const quoted = said.map((name) => words.t('overview:quoted', { name }))
  return more <= 1 ? quoted : [...quoted, words.t('overview:more', { count: more })]
}

/** Things by their names, as the reader's alphabet orders them. */
export function byText<Item>(
  { language }: Words,
  items: readonly Item[],
  textOf: (item: Item) => string,
): readonly Item[] {
  const { compare } = new Intl.Collator(language.intl)
  return [...items].sort((one, other) => compare(textOf(one), textOf(other)))
}

/** Parties by their names. */
export function byName(words: Words, parties: readonly Party[]): readonly Party[] {
  return byText(words, parties, (party) => officeName(words, party))
}

/** A month (`YYYY-MM`) in words where a partial takes text; `length` as in Intl. */
export function monthName(
  { language }: Words,
  month: string,
  length: 'long' | 'short' = 'long',
): string {
  const parts = {
    month: length,
    timeZone: 'UTC',
    ...(length === 'long' ? { year: 'numeric' } : {}),
  }
  const format = new Intl.DateTimeFormat(language.intl, parts as Intl.DateTimeFormatOptions)
  return format.format(new Date(`${month}-01T00:00:00Z`))
}

/** The line that a letter session reads on every page; null for everybody else. */
export function letterNote({ sight, t }: Words): string | null {
  return sight === 'kinds' ? t('overview:letter') : null
}

/** The line that says a local office's name is an example; null where none is shown. */
export function exampleNote({ t }: Words, parties: readonly Party[]): string | null {
  return parties.some(({ demo }) => demo) ? t('overview:example') : null
}
