import type { Catalogue, CatalogueTexts, Party } from '../../catalogue/index.js'
import type { Language } from '../../platform/http/languages.js'
import type { Translate } from '../../platform/http/texts.js'
import type { Urls } from '../../platform/http/urls.js'
import type { Option } from '../../platform/kernel/inputs.js'
import { groupsIn } from '../grounds.js'
import type { BlockFacts, BlockRow, Deadline, DeadlineStep, ToldEvent } from '../model.js'

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
  readonly catalogue: Catalogue
}

/** One line of a list of terms, as the partial `rows` prints it. */
export type Row = { readonly term: string } & (
  | { readonly text: string }
  /** What a person wrote, in whatever language. */
  | { readonly words: string }
  | { readonly items: readonly string[] }
  | { readonly code: string }
  | { readonly at: Date }
  | { readonly day: string }
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

/** Codes with their words, as the choices of a form. */
export function optionsOf(
  { t }: Pick<Tongue, 't'>,
  group: string,
  codes: readonly string[],
): readonly Option[] {
  return codes.map((value) => ({ value, text: t(`blocks:${group}.${value}`) }))
}

/** Codes in words. */
export function wordsOf(
  { t }: Pick<Tongue, 't'>,
  group: string,
  codes: readonly string[],
): readonly string[] {
  return codes.map((code) => t(`blocks:${group}.${code}`))
}

/** What was applied for, in the words of the form; the same rows in German are what is filed. */
export function applicationRows(
  tongue: Tongue,
  {
    block,
    field,
    office,
    words,
  }: {
    readonly block: Pick<BlockRow, 'kind' | 'grounds'>
    readonly field?: BlockFacts['field'] | undefined
    readonly office?: Party | undefined
    readonly words?: string | undefined
  },
): readonly Row[] {
  const { t, texts } = tongue
  const term = (name: string) => t(`blocks:term.${name}`)
  return [
    { term: term('kind'), text: t(`blocks:kind.${block.kind}.name`) },
    ...(field === undefined ? [] : [{ term: term('field'), text: texts.field(field.code).label }]),
    ...(office === undefined ? [] : [{ term: term('office'), text: officeName(tongue, office) }]),
    // A draft that was left on its first page has none yet.
    block.grounds.length === 0
      ? { term: term('grounds'), text: t('blocks:check.missing') }
      : { term: term('grounds'), items: wordsOf(tongue, 'ground', block.grounds) },
    ...(words === undefined ? [] : [{ term: term('words'), words }]),
  ]
}

const DAY_MS = 86_400_000

/** When an answer is due, and how that day was found. */
export function clockOf(pen: Pen, { due, steps }: Deadline, today: string): object {
  return {
    due: pen.t('rectification:clock.due', { day: dayName(pen, due) }),
    left: leftOf(pen, due, today),
    steps: steps.map((step) => stepOf(pen, step)),
  }
}

/** Days to a deadline in words. */
export function leftOf({ t }: Pick<Pen, 't'>, due: string, today: string): string {
  const left = (Date.parse(due) - Date.parse(today)) / DAY_MS
  if (left < 0) return t('rectification:clock.over', { count: -left })
  return left === 0
    ? t('rectification:clock.today')
    : t('rectification:clock.left', { count: left })
}

function stepOf(pen: Pen, { step, day, why }: DeadlineStep): string {
  const values = { day: dayName(pen, day) }
  return why === undefined
    ? pen.t(`rectification:clock.step.${step}`, values)
    : pen.t(`rectification:clock.step.${step}`, {
        ...values,
        why: pen.t(`rectification:clock.why.${why}`),
      })
}

/** Events in words, the newest first; `you` is whoever the page is for. */
export function timelineOf(
  pen: Pen,
  events: readonly ToldEvent[],
  person: 'you' | 'person',
): readonly object[] {
  return [...events].reverse().map((event) => ({
    at: event.at,
    title: pen.t(`blocks:event.${event.event}`),
    who: whoOf(pen, event, person),
    note: [
      ...noteOf(pen, event),
      ...(event.until === undefined
        ? []
        : [pen.t('blocks:until', { day: dayName(pen, event.until) })]),
    ].join(' · '),
    words: event.event === 'filed' ? '' : (event.words ?? ''),
  }))
}

function whoOf(pen: Pen, { by, office }: ToldEvent, person: 'you' | 'person'): string {
  if (by === 'portal') return pen.t('blocks:by.portal')
  return office === undefined ? pen.t(`blocks:by.${person}`) : officeName(pen, office)
}

/** What the codes of an event say; those of an application stand on the page anyway. */
export function noteOf(
  pen: Pick<Pen, 't' | 'texts' | 'catalogue'>,
  { event, detail }: Pick<ToldEvent, 'event' | 'detail'>,
): readonly string[] {
  const [first = [], second = [], third = []] = groupsIn(detail)
  const say = (group: string, codes: readonly string[]) => wordsOf(pen, group, codes)
  switch (event) {
    case 'form_met':
      return say('form', first)
    case 'answered':
      return say('answer', first)
    case 'refusal_proposed':
      return say('refusal', first)
    case 'ended':
      return say('ending', first)
    case 'hearing_opened':
      return first[0] === 'transfer'
        ? [...recipientsOf(pen, third), ...say('transfer', second)]
        : say('ending', second)
    case 'transfer_unheard':
      return [...recipientsOf(pen, third), ...say('unheard', first), ...say('transfer', second)]
    case 'transfer_decided':
      return [...say('result', first), ...say('transfer', second)]
    default:
      return []
  }
}

/** Names of recipients; one that left the catalogue since has none. */
function recipientsOf(
  { texts, catalogue }: Pick<Pen, 'texts' | 'catalogue'>,
  codes: readonly string[],
): readonly string[] {
  const { parties } = catalogue
  return codes.map((code) => (parties.byCode(code) ? texts.party(code).name : code))
}
