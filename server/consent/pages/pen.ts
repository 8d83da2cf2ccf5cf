import type { Party } from '../../catalogue/index.js'
import type { Urls } from '../../platform/http/urls.js'
import { shownIn, type Content, type Shown } from '../template.js'
import { officeName, periodName, type Row, type Tongue } from './tongue.js'

export { officeName, type Row } from './tongue.js'

/** What pages are written with, for whoever reads them. */
export interface Pen extends Tongue {
  readonly urls: Urls
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
    { term: term('duration'), text: periodName(pen, content.duration) },
    { term: term('basis'), text: texts.legalBasis(content.legalBasis).title },
  ]
}
