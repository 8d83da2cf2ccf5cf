import { daysAfter, germanDay } from '../../platform/kernel/days.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import type { FindingRow } from './finding.js'
import { STAFF_RULES, UNTRIED, type Evidence, type RuleCode } from './rules.js'

/** What an officer can ask a unit; codes alone, because free words could name a member of staff. */
export const QUESTION_WANTS = ['case', 'purpose', 'fields', 'time', 'amount'] as const
export type QuestionWant = (typeof QUESTION_WANTS)[number]

/** What a unit can answer. */
export const ANSWERS = [
  ...(['case_here', 'other_office', 'ordered', 'wrong_purpose'] as const),
  ...(['mistake', 'machine', 'unexplained'] as const),
] as const
export type AnswerCode = (typeof ANSWERS)[number]
/** Answers that a file number of the office can prove. */
const PROVABLE: readonly AnswerCode[] = ['case_here', 'other_office', 'wrong_purpose']

/** Where a question stands: an answer is waited for, was given, or is no longer needed. */
export type QuestionState = 'open' | 'answered' | 'withdrawn'
export type QuestionStepKind = 'asked' | 'reminded' | 'answered' | 'withdrawn'

/** Days that a unit has: the person may be waiting, and a file is found within two weeks. */
export const ANSWER_DAYS = 14

/** A question as officers and units read it; no person, and never who looked. */
export interface QuestionRow {
  readonly question: string
  readonly reference: string
  readonly index: number
  readonly rule: RuleCode
  readonly unit: number
  readonly evidence: Evidence
  readonly wants: readonly QuestionWant[]
  readonly state: QuestionState
  readonly askedAt: Date
  readonly dueOn: string
  readonly answer: AnswerCode | null
  readonly caseRef: string | null
  readonly changedAt: Date
}

/** One step of a question. */
export interface QuestionStepRow {
  readonly number: number
  readonly kind: QuestionStepKind
  readonly at: Date
}

/** An answer of a unit. */
export interface OfficeAnswer {
  readonly answer: AnswerCode
  /** A file number of the office. */
  readonly caseRef?: string
}

/** Why the office cannot be asked about a finding in the portal. */
export type AskObstacle = 'sealed' | 'staff' | 'final' | 'open' | 'nobody'

/** What stands in the way of a question, or nothing: of a withheld access caseworkers must not learn,
 * nor what was found about a colleague. */
export function obstacleOf(
  { isSealed, rule, state }: Pick<FindingRow, 'isSealed' | 'rule' | 'state'>,
  { hasOpen, hasClerk }: { readonly hasOpen: boolean; readonly hasClerk: boolean },
): AskObstacle | undefined {
  if (isSealed) return 'sealed'
  if (STAFF_RULES.includes(rule)) return 'staff'
  if (state === 'confirmed') return 'final'
  if (hasOpen) return 'open'
  return hasClerk ? undefined : 'nobody'
}

/** Whether a question of a rule is about one access, which the unit then opens; else it is about a day or a week. */
export function isAboutAccess(rule: RuleCode): boolean {
  return !UNTRIED.includes(rule)
}

/** What can be asked about a finding of a rule. */
export function wantsOf(rule: RuleCode): readonly QuestionWant[] {
  if (!isAboutAccess(rule)) return ['purpose', 'amount']
  return rule === 'repeated' ? QUESTION_WANTS : ['case', 'purpose', 'fields', 'time']
}

/** Day by which an answer is due, by the German calendar. */
export function answerDue(askedAt: Date): string {
  return daysAfter(germanDay(askedAt), ANSWER_DAYS)
}

/** Whether an answer was due before a day, and is missing. */
export function isOverdue(
  { state, dueOn }: Pick<QuestionRow, 'state' | 'dueOn'>,
  today: string,
): boolean {
  return state === 'open' && dueOn < today
}

const CHOOSE = 'rectification:problem.choose'

/** An answer to a question of a rule, or what is wrong with it; a file number proves some answers alone. */
export function answerOf(
  raw: { readonly answer: string; readonly caseRef: string },
  rule: RuleCode,
  fits: (caseRef: string) => boolean,
): Result<OfficeAnswer, readonly FieldError[]> {
  const answer = ANSWERS.find((one) => one === raw.answer)
  const { caseRef } = raw
  // A file number has a digit; a pattern that takes letters alone would take a name.
  const isWrong = caseRef !== '' && !(fits(caseRef) && /\d/.test(caseRef))
  const isIdle =
    caseRef !== '' && answer !== undefined && !(PROVABLE.includes(answer) && isAboutAccess(rule))
  const errors = [
    ...(answer === undefined ? [{ field: 'answer', key: CHOOSE }] : []),
    ...(isWrong ? [{ field: 'caseRef', key: 'oversight:ask.problem.caseRef' }] : []),
    ...(isIdle && !isWrong ? [{ field: 'caseRef', key: 'oversight:ask.problem.noCase' }] : []),
  ]
  if (answer === undefined || errors.length > 0) return refuse(errors)
  return ok({ answer, ...(caseRef === '' ? {} : { caseRef }) })
}
