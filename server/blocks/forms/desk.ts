import { daysAfter } from '../../platform/kernel/days.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import {
  ENDING_REASONS,
  FORMS,
  LEAST_HEARING_DAYS,
  MOST_HIDDEN_DAYS,
  REFUSALS,
  RESULTS,
  TRANSFER_REASONS,
  UNHEARD_REASONS,
} from '../grounds.js'
import { HEARINGS, needsEnd, type Kind } from '../rules.js'
import type { DeskStep, Transfer } from '../steps.js'
import { readDay, readWords } from './words.js'

type Read<Value> = Result<Value, readonly FieldError[]>

/** What a form of a step is judged by. */
export interface StepTerms {
  readonly kind: Kind
  /** Today in Germany, `YYYY-MM-DD`. */
  readonly today: string
  /** Whether a code is that of a private, foreign or international party. */
  readonly isOutside: (code: string) => boolean
}

/** Steps of a caseworker by the last part of their address. */
export const DESK_WORDS = [
  'form',
  'take',
  'grant',
  'refuse',
  'confirm',
  'return',
  'hear',
  'unheard',
  'transfer',
  'keep',
  'end',
  'agree',
] as const
export type DeskWord = (typeof DESK_WORDS)[number]

type Reader = (form: URLSearchParams, terms: StepTerms) => Read<DeskStep>

const READERS: Readonly<Record<DeskWord, Reader>> = {
  form: (form) => {
    const met = FORMS.find((one) => one === form.get('form'))
    return met ? ok({ event: 'form_met', form: met }) : refuse([problem('form', 'choose')])
  },
  take: () => ok({ event: 'taken' }),
  grant: readGrant,
  refuse: (form) =>
    reasoned(form, REFUSALS, (reasons, words) => ({
      event: 'refusal_proposed',
      reasons,
      ...words,
    })),
  confirm: () => ok({ event: 'refusal_confirmed' }),
  return: () => ok({ event: 'refusal_returned' }),
  hear: readHearing,
  unheard: readUnheard,
  transfer: readDecision,
  keep: (form) => worded(form, (words) => ({ event: 'kept', ...words })),
  end: (form) =>
    reasoned(form, ENDING_REASONS, (reasons, words) => ({ event: 'ended', reasons, ...words })),
  agree: (form) => worded(form, (words) => ({ event: 'lift_agreed', ...words })),
}

/**
 * Reads the form of a step. Several forms stand on one page, so each input carries the word of its form in
 * front of its name: two of one name would be one for a screen reader.
 */
export function readDeskStep(
  word: DeskWord,
  form: URLSearchParams,
  terms: StepTerms,
): Read<DeskStep> {
  const own = new URLSearchParams()
  for (const [name, value] of form) {
    if (name.startsWith(`${word}_`)) own.append(name.slice(word.length + 1), value)
  }
  const read = READERS[word](own, terms)
  if (read.ok) return read
  return refuse(read.refusal.map((error) => ({ ...error, field: `${word}_${error.field}` })))
}

function readGrant(form: URLSearchParams, { kind, today }: StepTerms): Read<DeskStep> {
  const raw = form.get('until') ?? ''
  const until = readDay(raw)
  const isGuarded = kind === 'transmission' && form.get('guarded') === 'yes'
  if (raw === '' && !needsEnd(kind)) return ok({ event: 'granted', isGuarded })
  if (until === undefined || until <= today) return refuse([problem('until', 'laterDay')])
  return ok({ event: 'granted', until, isGuarded })
}

function readHearing(form: URLSearchParams, { today, isOutside }: StepTerms): Read<DeskStep> {
  const about = HEARINGS.find((one) => one === form.get('about'))
  const until = readDay(form.get('hearing_until'))
  const words = wordsIn(form)
  const errors = [
    ...(about ? [] : [problem('about', 'choose')]),
    ...(until !== undefined && until >= daysAfter(today, LEAST_HEARING_DAYS)
      ? []
      : [problem('hearing_until', 'aWeek')]),
    ...(words.ok ? [] : words.refusal),
  ]
  const ending = chosen(form, 'ending', ENDING_REASONS)
  const transfer = readTransfer(form, isOutside)
  if (about === 'ending' && ending.length === 0) errors.push(problem('ending', 'choose'))
  if (about === 'transfer' && !transfer.ok) errors.push(...transfer.refusal)
  if (errors.length > 0 || until === undefined || !words.ok) return refuse(errors)
  const shared = { event: 'hearing_opened', until, ...words.value } as const
  if (about === 'ending') return ok({ ...shared, about, reasons: ending })
  return transfer.ok ? ok({ ...shared, about: 'transfer', transfer: transfer.value }) : transfer
}

function readTransfer(form: URLSearchParams, isOutside: (code: string) => boolean): Read<Transfer> {
  const recipient = form.get('recipient') ?? ''
  const reasons = chosen(form, 'transfer', TRANSFER_REASONS)
  const errors = [
    ...(isOutside(recipient) ? [] : [problem('recipient', 'choose')]),
    ...(reasons.length > 0 ? [] : [problem('transfer', 'choose')]),
  ]
  return errors.length > 0 ? refuse(errors) : ok({ recipient, reasons })
}

function readUnheard(form: URLSearchParams, { today, isOutside }: StepTerms): Read<DeskStep> {
  const transfer = readTransfer(form, isOutside)
  const why = chosen(form, 'why', UNHEARD_REASONS)
  const shownOn = readDay(form.get('shown_on'))
  const isSoon = shownOn !== undefined && shownOn <= daysAfter(today, MOST_HIDDEN_DAYS)
  const errors = [
    ...(transfer.ok ? [] : transfer.refusal),
    ...(why.length > 0 ? [] : [problem('why', 'choose')]),
    ...(isSoon && shownOn > today ? [] : [problem('shown_on', 'halfYear')]),
  ]
  if (!transfer.ok || shownOn === undefined || errors.length > 0) return refuse(errors)
  return ok({ event: 'transfer_unheard', transfer: transfer.value, why, shownOn })
}

function readDecision(form: URLSearchParams): Read<DeskStep> {
  const result = RESULTS.find((one) => one === form.get('result'))
  const reasons = chosen(form, 'transfer', TRANSFER_REASONS)
  const words = wordsIn(form)
  // What goes out in spite of a block needs reasons that are on record (AZRG § 4 (4)).
  const errors = [
    ...(result ? [] : [problem('result', 'choose')]),
    ...(result === 'sent' && reasons.length === 0 ? [problem('transfer', 'choose')] : []),
    ...(words.ok ? [] : words.refusal),
  ]
  if (result === undefined || !words.ok || errors.length > 0) return refuse(errors)
  return ok({ event: 'transfer_decided', result, reasons, ...words.value })
}

type Words = { readonly words?: string }

function wordsIn(form: URLSearchParams): Read<Words> {
  const words = readWords(form, 'words_de')
  if (!words.ok) return words
  return ok(words.value === '' ? {} : { words: words.value })
}

function worded(form: URLSearchParams, make: (words: Words) => DeskStep): Read<DeskStep> {
  const words = wordsIn(form)
  return words.ok ? ok(make(words.value)) : words
}

function reasoned<Code extends string>(
  form: URLSearchParams,
  codes: readonly Code[],
  make: (reasons: readonly Code[], words: Words) => DeskStep,
): Read<DeskStep> {
  const reasons = chosen(form, 'reasons', codes)
  const words = wordsIn(form)
  const errors = [
    ...(reasons.length > 0 ? [] : [problem('reasons', 'choose')]),
    ...(words.ok ? [] : words.refusal),
  ]
  return words.ok && errors.length === 0 ? ok(make(reasons, words.value)) : refuse(errors)
}

function chosen<Code extends string>(
  form: URLSearchParams,
  name: string,
  codes: readonly Code[],
): readonly Code[] {
  const given = form.getAll(name)
  return codes.filter((code) => given.includes(code))
}

function problem(field: string, key: string): FieldError {
  return { field, key: `blocks:problem.${key}` }
}
