import { refuse, ok, type Result } from '../../platform/kernel/result.js'
import { STAFF_RULES, type RuleCode } from './rules.js'

/** What becomes of a finding. */
export const FINDING_STATES = ['new', 'asked', 'explained', 'confirmed', 'dismissed'] as const
export type FindingState = (typeof FINDING_STATES)[number]
/** What an officer can make of one. */
export type FindingStep = Exclude<FindingState, 'new'>
export const FINDING_STEPS = ['asked', 'explained', 'dismissed', 'confirmed'] as const

/** What of the work list is shown: what is still to do, or what stands in one state. */
export const SHOWN_STATES = ['open', ...FINDING_STATES] as const
export type ShownStates = (typeof SHOWN_STATES)[number]

/** What may become what; what is confirmed stays so, because its person may have been told. */
export const FINDING_TRANSITIONS: Readonly<Record<FindingState, readonly FindingStep[]>> = {
  new: FINDING_STEPS,
  asked: ['explained', 'dismissed', 'confirmed'],
  explained: ['asked', 'confirmed'],
  dismissed: ['asked', 'confirmed'],
  confirmed: [],
}

/** Why, in building blocks: a free note could name a member of staff. */
export const FINDING_REASONS: Readonly<Record<FindingStep, readonly string[]>> = {
  asked: ['unit', 'head'],
  explained: ['paper_file', 'appointment', 'other_system', 'duty_at_night', 'shared_task'],
  dismissed: ['wrong_report', 'test', 'rule_too_strict'],
  confirmed: ['no_reason', 'private', 'too_much', 'after_end', 'forbidden'],
}

/** A step of an officer, with its reason. */
export interface FindingAct {
  readonly step: FindingStep
  readonly reason: string
}

/** What can be made of a finding; nobody else at the office is asked about a single member of staff. */
export function stepsOf(state: FindingState, rule: RuleCode): readonly FindingStep[] {
  const asks = !STAFF_RULES.includes(rule)
  return FINDING_TRANSITIONS[state].filter((step) => asks || step !== 'asked')
}

/** Takes a step, or says that it cannot be taken now. */
export function afterStep(
  { state, rule }: { readonly state: FindingState; readonly rule: RuleCode },
  { step }: FindingAct,
): Result<FindingState, 'NOT_NOW'> {
  return stepsOf(state, rule).includes(step) ? ok(step) : refuse('NOT_NOW')
}

/** The act of a choice as forms write it, `state.reason`. */
export function actOf(choice: string): FindingAct | undefined {
  const [name = '', reason = '', ...more] = choice.split('.')
  const step = FINDING_STEPS.find((one) => one === name && more.length === 0)
  return step !== undefined && FINDING_REASONS[step].includes(reason) ? { step, reason } : undefined
}
