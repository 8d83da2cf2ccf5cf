import type { Field, Party, Terms } from '../../catalogue/index.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { isUuid } from '../../platform/kernel/ids.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import {
  OPENING_REASONS,
  QUESTIONS,
  REASONS,
  RETURN_REASONS,
  type DecisionText,
} from '../decision.js'
import { outcomesFor, type Kind } from '../rules.js'
import type { FurtherField } from '../name-fields.js'
import type { Wanted } from '../statement.js'
import type { StaffStep } from '../steps.js'
import { isDay } from '../values/partial-date.js'
import { EXTENSION_REASONS } from '../working.js'
import { readWritten } from './written.js'
import { readWords } from './words.js'

/** What a step on a case is judged by. */
export interface StepTerms {
  readonly field: Field
  readonly kind: Kind
  /** The right entry as the person stated it; a correction writes it unless another is given. */
  readonly wanted: Wanted | undefined
  /** Further fields of the request, with what the person wants there. */
  readonly further: readonly FurtherField[]
  readonly parties: Terms<Party>
}

type Read = Result<StaffStep, readonly FieldError[]>

/** Steps by the last part of their address. */
export const STEP_WORDS = [
  'claim',
  'release',
  'assign',
  'open',
  'form',
  'ask',
  'extend',
  'decide',
  'confirm',
  'return',
  'pass',
  'close',
] as const
export type StepWord = (typeof STEP_WORDS)[number]

const READERS: Readonly<Record<StepWord, (form: URLSearchParams, terms: StepTerms) => Read>> = {
  claim: () => ok({ event: 'claimed' }),
  release: () => ok({ event: 'released' }),
  confirm: () => ok({ event: 'confirmed' }),
  close: () => ok({ event: 'closed' }),
  assign: (form) => {
    const to = form.get('to') ?? ''
    return isUuid(to) ? ok({ event: 'assigned', to }) : refuse([problem('to', 'choose')])
  },
  open: (form) => {
    const reason = OPENING_REASONS.find((one) => one === form.get('reason'))
    return reason ? ok({ event: 'opened', reason }) : refuse([problem('reason', 'choose')])
  },
  form: (form) => {
    const on = form.get('on') ?? ''
    return isDay(on) ? ok({ event: 'form_met', on }) : refuse([problem('on', 'date')])
  },
  ask: (form) => {
    const given = new Set(form.getAll('questions'))
    const questions = QUESTIONS.filter((one) => given.has(one))
    return questions.length > 0
      ? ok({ event: 'asked', questions })
      : refuse([problem('questions', 'choose')])
  },
  extend: (form) => {
    const months = form.get('months') === '2' ? 2 : 1
    const reason = EXTENSION_REASONS.find((one) => one === form.get('why'))
    return reason ? ok({ event: 'extended', months, reason }) : refuse([problem('why', 'choose')])
  },
  decide: readDecision,
  return: (form) => {
    const reason = RETURN_REASONS.find((one) => one === form.get('back'))
    return reason ? ok({ event: 'sent_back', reason }) : refuse([problem('back', 'choose')])
  },
  pass: (form, { parties }) => {
    const to = parties.byCode(form.get('office') ?? '')
    return to?.kind === 'office'
      ? ok({ event: 'passed_on', to })
      : refuse([problem('office', 'choose')])
  },
}

/** Reads the form of a step. */
export function readStaffStep(word: StepWord, form: URLSearchParams, terms: StepTerms): Read {
  return READERS[word](form, terms)
}

/** Outcome and reasons are mandatory (GDPR Article 12 (4)); free words come on top. */
function readDecision(form: URLSearchParams, terms: StepTerms): Read {
  const { field, kind } = terms
  const outcome = outcomesFor({ ...field, kind }).find((one) => one === form.get('outcome'))
  const given = new Set(form.getAll('reasons'))
  const reasons = REASONS.filter((one) => given.has(one))
  const words = readWords(form, 'words')
  const written = readWritten(form, terms, outcome)
  const errors = [
    ...(outcome ? [] : [problem('outcome', 'choose')]),
    ...(reasons.length > 0 ? [] : [problem('reasons', 'choose')]),
    ...(written.ok ? [] : written.refusal),
    ...(words.ok ? [] : words.refusal),
  ]
  if (!outcome || !words.ok || !written.ok || errors.length > 0) return refuse(errors)
  const text: DecisionText = {
    reasons,
    ...(words.value === '' ? {} : { words: words.value }),
    ...written.value,
  }
  return ok({ event: 'decided', outcome, text })
}

function problem(field: string, key: string): FieldError {
  return { field, key: `rectification:problem.${key}` }
}
