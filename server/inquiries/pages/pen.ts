import type { CatalogueTexts, Party, Unit } from '../../catalogue/index.js'
import type { AccessEntry } from '../../overview/index.js'
import type { Language } from '../../platform/http/languages.js'
import type { Translate } from '../../platform/http/texts.js'
import type { Urls } from '../../platform/http/urls.js'
import type { Option } from '../../platform/kernel/inputs.js'
import type { Deadline, DeadlineStep, InquiryFacts, ToldEvent } from '../model.js'

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
  | { readonly german: string }
  | { readonly code: string }
  | { readonly at: Date }
)

/** The name of an office. */
export function officeName({ texts }: Pick<Tongue, 'texts'>, { code }: Party): string {
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
  return codes.map((value) => ({ value, text: t(`inquiries:${group}.${value}`) }))
}

/** Codes in words. */
export function wordsOf(
  { t }: Pick<Tongue, 't'>,
  group: string,
  codes: readonly string[],
): readonly string[] {
  return codes.map((code) => t(`inquiries:${group}.${code}`))
}

/** What was asked, in the words of the form; the person is "you" on their own page alone. */
export function questionRows(
  pen: Pen,
  { inquiry, words, isErased }: Pick<InquiryFacts, 'inquiry' | 'words' | 'isErased'>,
  whose: 'one' | 'opened',
): readonly Row[] {
  const { t } = pen
  const term = (name: string) => t(`inquiries:${whose}.${name}`)
  return [
    { term: term('kind'), text: t(`inquiries:kind.${inquiry.kind}`) },
    { term: term('reasons'), items: wordsOf(pen, 'reason', inquiry.reasons) },
    ...(words === undefined ? [] : [{ term: term('words'), words }]),
    ...(isErased ? [{ term: term('words'), text: t('inquiries:one.erased') }] : []),
  ]
}

/** The access that is asked about; never who looked, as offices have no names of people here. */
export function accessRows(
  { t, texts }: Pen,
  access: Omit<AccessEntry, 'subject' | 'expiresOn'> & { readonly unit?: Unit },
): readonly Row[] {
  const term = (name: string) => t(`oversight:columns.${name}`)
  return [
    { term: term('operation'), text: t(`oversight:operation.${access.operation}`) },
    { term: term('time'), at: access.occurredAt },
    { term: term('source'), text: officeName({ texts }, access.source) },
    { term: term('recipient'), text: officeName({ texts }, access.recipient) },
    ...(access.unit === undefined
      ? []
      : [{ term: term('unit'), text: texts.unit(access.unit.code).label }]),
    { term: term('purpose'), text: texts.purpose(access.purpose.code).name },
    { term: term('legalBasis'), german: access.legalBasis.citation },
    { term: term('channel'), text: t(`oversight:channel.${access.channel}`) },
    { term: term('fields'), items: access.fields.map(({ code }) => texts.field(code).label) },
    ...(access.caseRef === undefined ? [] : [{ term: term('caseRef'), code: access.caseRef }]),
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
    title: pen.t(`inquiries:event.${event.event}`),
    who:
      event.office === undefined
        ? pen.t(`inquiries:by.${person}`)
        : pen.t('inquiries:by.officer', { office: officeName(pen, event.office) }),
    note:
      event.event === 'passed_on' && event.detail !== undefined
        ? pen.t(`inquiries:passed.${event.detail}`)
        : '',
    words: '',
  }))
}
