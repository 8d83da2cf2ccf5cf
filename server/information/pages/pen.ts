import type { Catalogue, CatalogueTexts, Party } from '../../catalogue/index.js'
import type { Language } from '../../platform/http/languages.js'
import type { Translate } from '../../platform/http/texts.js'

/** What pages are written with. */
export interface Pen {
  readonly t: Translate
  readonly language: Language
  readonly catalogue: Catalogue
  /** The catalogue's texts in the reader's language. */
  readonly texts: CatalogueTexts
  readonly to: (name: string, parts?: Record<string, string>) => string
}

/** A party's names: letters use the German one, so that it stands beside every translation. */
export function namesOf({ texts, language }: Pen, { code, nameDe }: Party) {
  return { name: texts.party(code).name, german: language.tag === 'de' ? null : nameDe }
}

/** Things with a name, as the reader's alphabet orders them. */
export function byName<Item extends { readonly name: string }>(
  { language }: Pen,
  items: readonly Item[],
): readonly Item[] {
  const { compare } = new Intl.Collator(language.intl)
  return [...items].sort((one, other) => compare(one.name, other.name))
}

/** A rule of the catalogue in words, with its place in the law. */
export function ruleOf({ texts, catalogue }: Pen, code: string) {
  const rule = catalogue.rules.byCode(code)
  if (rule === undefined) throw new Error(`the catalogue has no rule ${code}`)
  return { ...texts.rule(code), citation: rule.citation }
}

/** A chapter of a notice: how many paragraphs it has (`1`, `2`, ...), then how many points (`a`, `b`, ...). */
export type Chapter = readonly [name: string, paragraphs: number, points: number]

/** Chapters as keys of their texts. */
export function chaptersOf(page: string, chapters: readonly Chapter[]) {
  return chapters.map(([name, paragraphs, points]) => {
    const key = (place: string) => `information:${page}.${name}.${place}`
    return {
      heading: key('title'),
      texts: Array.from({ length: paragraphs }, (_, place) => key(String(place + 1))),
      items: Array.from({ length: points }, (_, place) => key((place + 10).toString(36))),
    }
  })
}
