import type { FieldError } from '../platform/kernel/inputs.js'
import { isCalendarDay } from '../platform/kernel/days.js'
import { isUuid } from '../platform/kernel/ids.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import { readWords as readKernelWords } from '../platform/kernel/words.js'
import {
  FINDINGS,
  KINDS,
  MEASURES,
  MOST_WORDS,
  needsMeasure,
  PASS_REASONS,
  REASONS,
  type Question,
} from './rules.js'
import type { DeskQuery, DeskStep } from './desk.js'

type Read<Value> = Result<Value, readonly FieldError[]>

/** A leaf index from an address, or nothing where it cannot be one. */
export function readIndex(raw: string | undefined): number | undefined {
  return raw !== undefined && /^(0|[1-9]\d{0,14})$/.test(raw) ? Number(raw) : undefined
}

/** A question about an access, or what of it cannot be used. */
export function readQuestion(form: URLSearchParams): Read<Question> {
  const kind = KINDS.find((one) => one === form.get('kind'))
  const given = new Set(form.getAll('reasons'))
  const reasons = REASONS.filter((one) => given.has(one))
  const words = readWords(form, 'words')
  const errors = [
    ...(kind ? [] : [problem('kind', 'choose')]),
    ...(reasons.length > 0 ? [] : [problem('reasons', 'choose')]),
    ...(words.ok ? [] : words.refusal),
  ]
  if (kind === undefined || !words.ok || errors.length > 0) return refuse(errors)
  return ok({ kind, reasons, ...(words.value === '' ? {} : { words: words.value }) })
}

/** Steps of an officer by the last part of their address. */
export const DESK_WORDS = ['take', 'answer', 'pass'] as const
export type DeskWord = (typeof DESK_WORDS)[number]

const READERS: Readonly<Record<DeskWord, (form: URLSearchParams) => Read<DeskStep>>> = {
  take: () => ok({ event: 'taken' }),
  answer: readReply,
  pass: (form) => {
    const reason = PASS_REASONS.find((one) => one === form.get('reason'))
    return reason ? ok({ event: 'passed_on', reason }) : refuse([problem('reason', 'choose')])
  },
}

/** Reads the form of a step. */
export function readDeskStep(word: DeskWord, form: URLSearchParams): Read<DeskStep> {
  return READERS[word](form)
}

function readReply(form: URLSearchParams): Read<DeskStep> {
  const finding = FINDINGS.find((one) => one === form.get('finding'))
  const given = new Set(form.getAll('measures'))
  const measures = MEASURES.filter((one) => given.has(one))
  const words = readWords(form, 'words_de')
  const lacks = finding !== undefined && needsMeasure(finding) && measures.length === 0
  const errors = [
    ...(finding ? [] : [problem('finding', 'choose')]),
    ...(lacks ? [problem('measures', 'measure')] : []),
    ...(words.ok ? [] : words.refusal),
  ]
  if (finding === undefined || !words.ok || errors.length > 0) return refuse(errors)
  const reply = { finding, measures, ...(words.value === '' ? {} : { words: words.value }) }
  return ok({ event: 'answered', reply })
}

/** The query of an office's list: what cannot be read is left out, as the list without it shows no less. */
export function readDeskQuery(query: URLSearchParams): DeskQuery {
  const isOpen = query.get('show') !== 'ended'
  const [dueOn = '', inquiry = ''] = (query.get('after') ?? '').split('.')
  return isCalendarDay(dueOn) && isUuid(inquiry)
    ? { isOpen, after: { dueOn, inquiry } }
    : { isOpen }
}

/** The version of what a page showed, so that nobody answers what they have not seen. */
export function readVersion(form: URLSearchParams): number {
  const raw = form.get('version') ?? ''
  return /^[1-9]\d{0,8}$/.test(raw) ? Number(raw) : 0
}

/** Free text, trimmed, in normal form C and without bidi controls; empty where nothing was written. */
function readWords(form: URLSearchParams, name: string): Read<string> {
  const read = readKernelWords(form.get(name), MOST_WORDS)
  return read.ok ? read : refuse([problem(name, read.refusal)])
}

function problem(field: string, key: string): FieldError {
  return { field, key: `inquiries:problem.${key}` }
}
