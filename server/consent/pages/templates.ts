import type { Catalogue, ConsentKind, Party } from '../../catalogue/index.js'
import { inputsOf, type FieldError, type Typed } from '../../platform/kernel/inputs.js'
import type { Content } from '../template.js'
import type { VersionFacts } from '../templating.js'
import { contentRows, remarksOf, titleOf, wordingView } from './content.js'
import { periodName, type DeskPen, type Row } from './tongue.js'

/** What the catalogue and the own office bring to every page of templates. */
export interface Surroundings {
  readonly office: Party
  readonly catalogue: Catalogue
}

/** How far a version has come. */
export function stateOf({ publishedAt, endedAt }: VersionFacts): 'draft' | 'asked' | 'ended' {
  if (publishedAt === undefined) return 'draft'
  return endedAt === undefined ? 'asked' : 'ended'
}

/** What an office asks consent for, version by version, and what it may begin. */
export function templatesPage(
  pen: DeskPen,
  {
    versions,
    kinds,
    ...typed
  }: Typed & {
    readonly versions: readonly VersionFacts[]
    readonly kinds: readonly ConsentKind[]
  },
): object {
  const { t, urls } = pen
  const { choice, problems } = inputsOf(t, typed, (name) => `consent-desk:templates.${name}`)
  const drafted = versions.filter((one) => stateOf(one) === 'draft').map(codeOf)
  const free = kinds.filter(({ code }) => !drafted.includes(code))
  return {
    title: t('consent-desk:templates.title'),
    lead: t('consent-desk:templates.lead'),
    back: { href: urls.to('consent.desk'), text: t('consent-desk:list.title') },
    problems,
    templates: templatesOf(versions).map((own) => cardOf(pen, own)),
    action: urls.to('consent.template-begin'),
    begin: free.length === 0 ? '' : choice('consent', kindOptions(pen, free)),
    noKind: kinds.length === 0 ? t('consent-desk:templates.noKind') : '',
    submit: t('consent-desk:templates.begin'),
  }
}

function codeOf({ content }: VersionFacts): string {
  return content.code
}

function templatesOf(versions: readonly VersionFacts[]): readonly (readonly VersionFacts[])[] {
  const ids = [...new Set(versions.map(({ template }) => template))]
  return ids.map((id) => versions.filter(({ template }) => template === id))
}

function cardOf(pen: DeskPen, own: readonly VersionFacts[]): object {
  const { t, urls } = pen
  const [latest] = own
  return {
    title: latest === undefined ? '' : titleOf(pen, latest.content),
    versions: own.map((version) => ({
      href: urls.to('consent.template', addressOf(version)),
      text: t('consent-desk:templates.version', { number: version.version }),
      state: t(`consent-desk:state.${stateOf(version)}`),
      at: version.endedAt ?? version.publishedAt ?? version.draftedAt,
    })),
  }
}

function kindOptions({ language }: DeskPen, kinds: readonly ConsentKind[]) {
  // The catalogue has first wordings in German and English alone.
  const lang = language.tag === 'en' ? 'en' : 'de'
  return kinds.map(({ code, wordings }) => ({ value: code, text: wordings[lang].title, lang }))
}

function addressOf({ template, version }: VersionFacts): { template: string; version: number } {
  return { template, version }
}

/** What a page of one version is shown with. */
export interface VersionView {
  readonly version: VersionFacts
  /** Whether another version is being drafted. */
  readonly hasDraft: boolean
  readonly refused: string
}

/** One version: what stands against it, what people will read in each language, and what can be done. */
export function templatePage(
  pen: DeskPen,
  { version, hasDraft, refused }: VersionView,
  around: Surroundings,
): object {
  const { t, urls } = pen
  const { content, faults, digest, isOwnDraft } = version
  const state = stateOf(version)
  const at = addressOf(version)
  const isDraft = state === 'draft'
  return {
    title: t('consent-desk:template.title', { number: version.version }),
    back: { href: urls.to('consent.templates'), text: t('consent-desk:templates.title') },
    ...{ refused, digest },
    name: titleOf(pen, content),
    status: t(`consent-desk:state.${state}`),
    rows: [...contentRows(pen, content, around), ...lifeRows(pen, version)],
    remarks: remarksOf(pen, content),
    faults: isDraft ? faults.map((fault) => t(`consent-desk:fault.${fault}`)) : [],
    edit: isDraft ? urls.to('consent.template-edit', at) : '',
    publish:
      isDraft && faults.length === 0 && !isOwnDraft ? urls.to('consent.template-publish', at) : '',
    own: isDraft && faults.length === 0 && isOwnDraft ? t('consent-desk:template.second') : '',
    end: state === 'asked' ? urls.to('consent.template-end', at) : '',
    again:
      isDraft || hasDraft ? '' : { action: urls.to('consent.template-begin'), code: content.code },
    wordings: pen.tongues
      .filter(({ language }) => content.wordings[language.tag] !== undefined)
      .map((tongue) => wordingView(tongue, content, around)),
  }
}

function lifeRows(
  { t }: DeskPen,
  { draftedAt, publishedAt, endedAt }: VersionFacts,
): readonly Row[] {
  const term = (name: string) => t(`consent-desk:template.${name}`)
  return [
    { term: term('draftedAt'), at: draftedAt },
    ...(publishedAt === undefined ? [] : [{ term: term('publishedAt'), at: publishedAt }]),
    ...(endedAt === undefined ? [] : [{ term: term('endedAt'), at: endedAt }]),
  ]
}

/** Units in which a duration is chosen. */
export const UNITS = ['D', 'W', 'M', 'Y'] as const
/** Empty lines for parts that are not there yet. */
const MORE_PARTS = 2

/** The inputs as they stand before anybody types: what the draft says now. */
export function draftForm(content: Content): URLSearchParams {
  const { duration, parts, wordings } = content
  const [, amount = '', unit = 'M'] = /^P(\d+)([DWMY])$/.exec(duration) ?? []
  const texts = Object.entries(wordings).flatMap(([tag, wording]): [string, string][] => [
    [`title-${tag}`, wording.title],
    [`text-${tag}`, wording.text],
    [`refusal-${tag}`, wording.refusal],
    [`withdrawal-${tag}`, wording.withdrawal],
    ...(wording.reviewed ? [[`reviewed-${tag}`, 'yes'] as [string, string]] : []),
    ...parts.map((part, place): [string, string] => [
      `part-${place}-${tag}`,
      wording.parts[part] ?? '',
    ]),
  ])
  return new URLSearchParams([
    ['amount', amount],
    ['unit', unit],
    ...content.fields.map((code): [string, string] => ['fields', code]),
    ...content.recipients.map((code): [string, string] => ['recipients', code]),
    ['minAge', content.minAge === null ? '' : String(content.minAge)],
    ...(content.decidesOnBenefit ? [['benefit', 'yes'] as [string, string]] : []),
    ...texts,
  ])
}

/** What the form of a draft is shown with. */
export interface DraftView extends Typed {
  readonly version: VersionFacts
  readonly kind: ConsentKind
  /** The digest of what the form was made from. */
  readonly digest: string
}

/** The form of a draft: terms, parts, and the words of each language. */
export function draftPage(pen: DeskPen, view: DraftView, { catalogue }: Surroundings): object {
  const { t, urls, texts } = pen
  const { version, kind, digest } = view
  const { content } = version
  const { input, choice, boxes, box, problems } = inputsOf(t, view, labelOf)
  const units = UNITS.map((value) => ({ value, text: t(`consent-desk:unit.${value}`) }))
  const partyName = (code: string) => texts.party(code).name
  const offered = [...new Set([...kind.recipients, ...content.recipients])].filter(
    (code) => catalogue.parties.byCode(code) !== undefined,
  )
  const others = catalogue.parties.all.filter(({ code }) => !offered.includes(code))
  return {
    title: t('consent-desk:draft.title'),
    back: {
      href: urls.to('consent.template', addressOf(version)),
      text: t('consent-desk:template.title', { number: version.version }),
    },
    lead: t('consent-desk:draft.lead'),
    ...{ problems, digest },
    action: urls.to('consent.template-change', addressOf(version)),
    controls: [
      input('amount', {
        inputmode: 'numeric',
        code: true,
        hint: t('consent-desk:draft.amountHint', { period: periodName(pen, kind.duration) }),
      }),
      choice('unit', units),
      boxes(
        'fields',
        kind.fields.map((code) => ({ value: code, text: texts.field(code).label })),
      ),
      boxes(
        'recipients',
        offered.map((code) => ({ value: code, text: partyName(code) })),
      ),
      choice('more', [
        { value: '', text: t('consent-desk:draft.nobody') },
        ...others
          .map(({ code }) => ({ value: code, text: partyName(code) }))
          .sort((one, other) => one.text.localeCompare(other.text, pen.language.tag)),
      ]),
      input('minAge', {
        ...{ inputmode: 'numeric', code: true, optional: true },
        hint: t('consent-desk:draft.minAgeHint'),
      }),
      box('benefit', t('consent-desk:draft.benefitHint')),
    ],
    groups: pen.tongues.map(({ language }) => ({
      legend: t(`consent-desk:draft.words.${language.tag}`),
      controls: wordingInputs(pen, view, language.tag),
    })),
  }
}

/** Labels of inputs that stand once for each language or part say neither: the group around them does. */
function labelOf(name: string): string {
  const [word = '', ...rest] = name.split('-')
  return rest.length === 0 ? `consent-desk:draft.${word}` : `consent-desk:draft.each.${word}`
}

function wordingInputs(pen: DeskPen, view: DraftView, tag: string): readonly object[] {
  const { t } = pen
  const { input, area, box } = inputsOf(t, view, labelOf)
  const isSource = tag === 'de'
  const lines = view.version.content.parts.length + MORE_PARTS
  return [
    input(`title-${tag}`, { lang: tag, optional: !isSource }),
    ...['text', 'refusal', 'withdrawal'].map((word) =>
      area(`${word}-${tag}`, { lang: tag, optional: !isSource }),
    ),
    ...Array.from({ length: lines }, (_, place) => ({
      ...input(`part-${place}-${tag}`, { lang: tag, optional: true }),
      label: t('consent-desk:draft.each.partNumber', { number: place + 1 }),
    })),
    ...(isSource ? [] : [box(`reviewed-${tag}`, t('consent-desk:draft.reviewedHint'))]),
  ]
}

/** Whether something was typed: a page without it shows what was saved. */
export function isTyped(form: URLSearchParams, errors: readonly FieldError[]): boolean {
  return errors.length > 0 || form.has('amount')
}
