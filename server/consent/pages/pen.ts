import type { CatalogueTexts, Party } from '../../catalogue/index.js'
import type { Language } from '../../platform/http/languages.js'
import type { Translate } from '../../platform/http/texts.js'
import type { Urls } from '../../platform/http/urls.js'
import { shownIn, type Content, type Shown } from '../template.js'

/** What pages are written with, for whoever reads them. */
export interface Pen {
  readonly t: Translate
  readonly texts: CatalogueTexts
  readonly language: Language
  readonly urls: Urls
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
export function officeName({ texts }: Pick<Pen, 'texts'>, { code }: Pick<Party, 'code'>): string {
  return texts.party(code).name
}

/** The wording for this reader, and where it is German on another page. */
export function wordingFor(pen: Pen, content: Content): Shown & { readonly isForeign: boolean } {
  const shown = shownIn(content, pen.language.tag)
  return { ...shown, isForeign: shown.language !== pen.language.tag }
}

/** What a part is called; nothing where the consent is one whole. */
export function partName({ wording }: Pick<Shown, 'wording'>, part: string): string {
  return wording.parts[part] ?? ''
}

/** Years, months, weeks and days of an ISO 8601 duration, in words. */
export function durationName({ t }: Pick<Pen, 't'>, duration: string): string {
  const [, amount = '0', unit = 'D'] = /^P(\d+)([YMWD])$/.exec(duration) ?? []
  return t(`consent:duration.${UNITS[unit] ?? 'days'}`, { count: Number(amount) })
}

const UNITS: Readonly<Record<string, string>> = { Y: 'years', M: 'months', W: 'weeks', D: 'days' }

/** What is asked: who gets which data, for what and on which basis, and for how long. */
export function termsOf(pen: Pen, content: Content, office: Party): readonly Row[] {
  const { t, texts } = pen
  const term = (name: string) => t(`consent:term.${name}`)
  return [
    { term: term('office'), text: officeName(pen, office) },
    { term: term('purpose'), text: texts.purpose(content.purpose).name },
    { term: term('fields'), items: content.fields.map((code) => texts.field(code).label) },
    {
      term: term('recipients'),
      items: content.recipients.map((code) => texts.party(code).name),
    },
    { term: term('duration'), text: durationName(pen, content.duration) },
    { term: term('basis'), text: texts.legalBasis(content.legalBasis).title },
  ]
}
