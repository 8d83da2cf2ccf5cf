import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import { wantsOf, type QuestionState, type QuestionWant } from '../flags/questions.js'
import type { RuleCode } from '../flags/rules.js'
import { readPlace } from '../forms.js'

/** What an officer asks a unit about a finding of a rule, and the version of the finding that the page showed. */
export function readAsk(
  form: URLSearchParams,
  rule: RuleCode,
): Result<
  { readonly wants: readonly QuestionWant[]; readonly version: number },
  readonly FieldError[]
> {
  const given = form.getAll('wants')
  const wants = wantsOf(rule).filter((want) => given.includes(want))
  if (wants.length === 0) return refuse([{ field: 'wants', key: 'oversight:ask.problem.wants' }])
  const version = form.get('version') ?? ''
  return ok({ wants, version: /^\d{1,6}$/.test(version) ? Number(version) : -1 })
}

const SHOWN: Readonly<Record<'open' | 'ended', readonly QuestionState[]>> = {
  open: ['open'],
  ended: ['answered', 'withdrawn'],
}

/** Which questions are listed: those that wait, or those that are over; what cannot be read is left out. */
export function readQuestionQuery(query: URLSearchParams) {
  const isOpen = query.get('show') !== 'ended'
  const after = readPlace(query.get('after'), 'day')
  const states = SHOWN[isOpen ? 'open' : 'ended']
  return { isOpen, states, ...(after === undefined ? {} : { after }) }
}

/** What was typed as an answer: blanks around and inside a file number are no part of it. */
export function readAnswer(form: URLSearchParams): {
  readonly answer: string
  readonly caseRef: string
} {
  const caseRef = (form.get('caseRef') ?? '').trim().replace(/\s+/g, ' ')
  return { answer: form.get('answer') ?? '', caseRef }
}
