import { isUuid } from '../platform/kernel/ids.js'
import type { FieldError } from '../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import type { DeskQuery } from './desk.js'
import type { Change, Step } from './questions.js'
import { ANSWERS, GROUNDS, UNSAID } from './grounds.js'
import { readWords } from './forms/words.js'
import { KINDS, type Kind } from './rules.js'
import type { OwnStep } from './service.js'

export { DESK_WORDS, readDeskStep, type DeskWord, type StepTerms } from './forms/desk.js'

type Read<Value> = Result<Value, readonly FieldError[]>

/** Which form is begun. */
export function readKind(raw: string | null): Kind | undefined {
  return KINDS.find((one) => one === raw)
}

/** One page of a form, or what of it cannot be used. */
export function readChange(kind: Kind, step: Step, form: URLSearchParams): Read<Change> {
  switch (step) {
    case 'grounds':
      return readGrounds(kind, form)
    case 'office':
    case 'field': {
      const code = form.get(step) ?? ''
      if (code === '') return refuse([problem(step, 'choose')])
      return ok(step === 'office' ? { step, office: code } : { step, field: code })
    }
    default:
      return ok({ step: 'limits' })
  }
}

function readGrounds(kind: Kind, form: URLSearchParams): Read<Change> {
  const given = new Set(form.getAll('grounds'))
  const known: readonly string[] = GROUNDS[kind]
  const grounds = known.filter((one) => given.has(one))
  const words = readWords(form, 'words')
  const lacksWords = grounds.includes(UNSAID) && words.ok && words.value === ''
  const errors = [
    ...(grounds.length > 0 ? [] : [problem('grounds', 'choose')]),
    ...(words.ok ? [] : words.refusal),
    ...(lacksWords ? [problem('words', 'say')] : []),
  ]
  if (!words.ok || errors.length > 0) return refuse(errors)
  return ok({ step: 'grounds', grounds, ...(words.value === '' ? {} : { words: words.value }) })
}

/** Steps of a person by the last part of their address. */
export const OWN_WORDS = ['withdraw', 'lift', 'ask-lift', 'answer'] as const
export type OwnWord = (typeof OWN_WORDS)[number]

/** What a person does about a block of theirs. */
export function readOwnStep(word: OwnWord, form: URLSearchParams): Read<OwnStep> {
  switch (word) {
    case 'withdraw':
      return ok({ event: 'withdrawn' })
    case 'lift':
      return ok({ event: 'lifted' })
    case 'ask-lift':
      return ok({ event: 'lift_asked' })
    case 'answer':
      return readAnswer(form)
  }
}

function readAnswer(form: URLSearchParams): Read<OwnStep> {
  const answer = ANSWERS.find((one) => one === form.get('answer'))
  const words = readWords(form, 'words')
  const errors = [
    ...(answer ? [] : [problem('answer', 'choose')]),
    ...(words.ok ? [] : words.refusal),
  ]
  if (answer === undefined || !words.ok) return refuse(errors)
  const said = words.value === '' ? {} : { words: words.value }
  return ok({ event: 'answered', answer, ...said })
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** The query of an office's list: what cannot be read is left out, as the list without it shows no less. */
export function readDeskQuery(query: URLSearchParams): DeskQuery {
  const isOver = query.get('show') === 'over'
  const [savedAt = '', block = ''] = (query.get('after') ?? '').split('_')
  const at = new Date(savedAt)
  const isPlace = INSTANT.test(savedAt) && !Number.isNaN(at.getTime()) && isUuid(block)
  return isPlace ? { isOver, after: { savedAt: at, block } } : { isOver }
}

/** The version of what a page showed, so that nobody answers what they have not seen. */
export function readVersion(form: URLSearchParams): number {
  const raw = form.get('version') ?? ''
  return /^[1-9]\d{0,8}$/.test(raw) ? Number(raw) : 0
}

function problem(field: string, key: string): FieldError {
  return { field, key: `blocks:problem.${key}` }
}
