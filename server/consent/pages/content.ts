import type { Catalogue, Party } from '../../catalogue/index.js'
import { WHOLE } from '../rules.js'
import { shownIn, SOURCE_LANGUAGE, type Content } from '../template.js'
import { listOf, officeName, periodName, type DeskPen, type Row, type Tongue } from './tongue.js'

/** A text in the language that it is written in. */
export interface Spoken {
  readonly text: string
  readonly lang: string
}

/** What a template is called, in the reader's language where it has a wording there, else in German. */
export function titleOf({ t, language }: Tongue, { wordings }: Content): Spoken {
  const own = wordings[language.tag]
  const lang = own === undefined ? SOURCE_LANGUAGE : language.tag
  const text = (own ?? wordings[SOURCE_LANGUAGE])?.title ?? ''
  return text === '' ? { text: t('consent-desk:untitled'), lang: language.tag } : { text, lang }
}

/** What a part is called in a language; the whole has one name for all templates. */
export function partName({ t, language }: Tongue, content: Content, part: string): string {
  if (part === WHOLE) return t('consent-desk:said.whole')
  const { wordings } = content
  return (wordings[language.tag] ?? wordings[SOURCE_LANGUAGE])?.parts[part] || part
}

/** Names of codes that the catalogue knows: what was retired since has none here. */
export function namesOf(
  tongue: Tongue,
  content: Content,
  catalogue: Catalogue,
): { readonly fields: readonly string[]; readonly recipients: readonly string[] } {
  const { fields, parties } = catalogue
  return {
    fields: content.fields
      .filter((code) => fields.byCode(code) !== undefined)
      .map((code) => tongue.texts.field(code).label),
    recipients: content.recipients
      .flatMap((code) => parties.byCode(code) ?? [])
      .map((party) => officeName(tongue, party)),
  }
}

/** What is asked for, by whom and how long: the same lines on every page and letter. */
export function contentRows(
  tongue: Tongue,
  content: Content,
  { office, catalogue }: { readonly office: Party; readonly catalogue: Catalogue },
): readonly Row[] {
  const { t, texts } = tongue
  const term = (name: string) => t(`consent-desk:said.${name}`)
  const { fields, recipients } = namesOf(tongue, content, catalogue)
  const purpose = catalogue.purposes.byCode(content.purpose)
  const basis = catalogue.legalBases.byCode(content.legalBasis)
  return [
    { term: term('controller'), text: officeName(tongue, office) },
    ...(purpose ? [{ term: term('purpose'), text: texts.purpose(purpose.code).name }] : []),
    itemsRow(term('fields'), fields),
    itemsRow(term('recipients'), recipients),
    { term: term('duration'), text: periodName(tongue, content.duration) },
    ...(basis ? [{ term: term('legalBasis'), german: basis.citation }] : []),
  ]
}

/** A draft may have chosen nothing yet. */
function itemsRow(term: string, items: readonly string[]): Row {
  return items.length === 0 ? { term, text: '–' } : { term, items }
}

/** What a page of an office must say of a template before anything else. */
export function remarksOf(pen: DeskPen, content: Content): readonly string[] {
  const { t } = pen
  const unread = pen.tongues.filter(({ language }) => !shownIn(content, language.tag).canAgree)
  return [
    ...(content.decidesOnBenefit ? [t('consent-desk:remark.benefit')] : []),
    ...(unread.length === 0
      ? []
      : [
          t('consent-desk:remark.unreviewed', {
            languages: listOf(
              pen,
              unread.map(({ language }) => t(`consent-desk:language.${language.tag}`)),
            ),
          }),
        ]),
    ...(content.minAge === null ? [] : [t('consent-desk:remark.age', { count: content.minAge })]),
  ]
}

/** What a person reads, in one language: a page of the office shows it before it is published. */
export function wordingView(
  tongue: Tongue,
  content: Content,
  parts: { readonly office: Party; readonly catalogue: Catalogue },
): object {
  const { t, language } = tongue
  const wording = content.wordings[language.tag]
  if (wording === undefined) throw new Error(`there is no wording in ${language.tag}`)
  const { canAgree } = shownIn(content, language.tag)
  return {
    ...{ tag: language.tag, direction: language.direction, ownName: language.ownName },
    ...{ title: wording.title, text: wording.text },
    rows: contentRows(tongue, content, parts),
    voluntary: t('consent-desk:said.voluntary'),
    benefit: content.decidesOnBenefit ? t('consent-desk:said.benefit') : '',
    refusal: { title: t('consent-desk:said.refusal'), text: wording.refusal },
    withdrawal: { title: t('consent-desk:said.withdrawal'), text: wording.withdrawal },
    parts: content.parts.map((part) => wording.parts[part] ?? ''),
    partsTitle: t('consent-desk:said.parts'),
    age: content.minAge === null ? '' : t('consent-desk:said.age', { count: content.minAge }),
    unreviewed: canAgree ? '' : t('consent-desk:said.unreviewed'),
  }
}
