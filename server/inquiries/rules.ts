import { ok, refuse, type Result } from '../platform/kernel/result.js'

/** The states of an inquiry; `passed_on` waits for the supervisory authority. */
export const STATES = [
  'received',
  'in_review',
  'passed_on',
  'answered',
  'withdrawn',
  'closed',
] as const
export type State = (typeof STATES)[number]

/** What can happen to an inquiry; each is an entry of the log. */
export const EVENTS = ['asked', 'taken', 'answered', 'passed_on', 'withdrawn', 'closed'] as const
export type InquiryEvent = (typeof EVENTS)[number]

/** Who may cause an event: the person, or the data protection officer of the office that acted. */
export type Cause = 'resident' | 'officer'

interface Transition {
  readonly to: State
  readonly by: Cause
}

const BY_PERSON = { withdrawn: { to: 'withdrawn', by: 'resident' } } as const
const ANSWER = { answered: { to: 'answered', by: 'officer' } } as const
const PASS = { passed_on: { to: 'passed_on', by: 'officer' } } as const

/** What may happen in which state, and where it leads: guards, buttons and tests read this one table. */
export const TRANSITIONS: Readonly<
  Record<State, Readonly<Partial<Record<InquiryEvent, Transition>>>>
> = {
  received: { taken: { to: 'in_review', by: 'officer' }, ...ANSWER, ...PASS, ...BY_PERSON },
  in_review: { ...ANSWER, ...PASS, ...BY_PERSON },
  passed_on: { ...ANSWER, ...BY_PERSON },
  answered: { closed: { to: 'closed', by: 'resident' } },
  withdrawn: {},
  closed: {},
}

/** Where an inquiry begins. */
export const FIRST: State = 'received'

/** States in which somebody still has to answer. */
export const OPEN_STATES = ['received', 'in_review', 'passed_on'] as const satisfies State[]

/** Whether an inquiry waits for an answer. */
export function isOpen(state: State): boolean {
  return (OPEN_STATES as readonly State[]).includes(state)
}

/** Why an event does not happen: the state has moved on, or it is not for them. */
export type StepRefusal = 'NOT_NOW' | 'NOT_YOURS'

/** Where an event leads; refuses what the table does not have. */
export function after(state: State, event: InquiryEvent, cause: Cause): Result<State, StepRefusal> {
  const transition = TRANSITIONS[state][event]
  if (transition === undefined) return refuse('NOT_NOW')
  return transition.by === cause ? ok(transition.to) : refuse('NOT_YOURS')
}

/** What somebody may cause in a state: the buttons of a page. */
export function possible(state: State, cause: Cause): readonly InquiryEvent[] {
  return EVENTS.filter((event) => TRANSITIONS[state][event]?.by === cause)
}

/** What a person says about an access: why was this, or this surprises me. */
export const KINDS = ['ask', 'surprise'] as const
export type Kind = (typeof KINDS)[number]

/** What is behind it, as codes that exist in every language. */
export const REASONS = [
  'unclear_purpose',
  'unknown_office',
  'no_business',
  'too_many_data',
  'too_often',
  'other',
] as const
export type Reason = (typeof REASONS)[number]

/** What a person asks. */
export interface Question {
  readonly kind: Kind
  /** At least one, in the order of `REASONS`. */
  readonly reasons: readonly Reason[]
  /** In the person's own language; encrypted where it is stored. */
  readonly words?: string
}

/** What the data protection officer found out: blocks that exist in every language. */
export const FINDINGS = ['procedure', 'duty', 'no_reason', 'mistaken', 'too_much'] as const
export type Finding = (typeof FINDINGS)[number]

/** What follows from it. */
export const MEASURES = [
  'examined',
  'management_told',
  'supervisor_told',
  'access_stopped',
  'rules_changed',
] as const
export type Measure = (typeof MEASURES)[number]

/** Findings by which the office did wrong: saying so without doing anything is no answer. */
const WRONG: readonly Finding[] = ['no_reason', 'mistaken', 'too_much']

/** Whether an answer must say what follows. */
export function needsMeasure(finding: Finding): boolean {
  return WRONG.includes(finding)
}

/** The answer to a question. */
export interface Reply {
  readonly finding: Finding
  /** In the order of `MEASURES`. */
  readonly measures: readonly Measure[]
  /** In German, in addition; encrypted where it is stored. */
  readonly words?: string
}

/** Why a question goes to the supervisory authority; an officer does not answer about an own look. */
export const PASS_REASONS = ['unclear', 'own_matter', 'breach'] as const
export type PassReason = (typeof PASS_REASONS)[number]

/** Open inquiries of one person: more would hide the ones that matter. */
export const MOST_OPEN = 20

/** Longest free text, in characters. */
export const MOST_WORDS = 1_000

/** The codes of a question as an event keeps them. */
export function questionDetail({ kind, reasons }: Question): string {
  return `${kind} ${reasons.join(',')}`
}

/** The codes of an answer as an event keeps them. */
export function replyDetail({ finding, measures }: Reply): string {
  return measures.length === 0 ? finding : `${finding} ${measures.join(',')}`
}

/** An answer without its words, as the detail of its event tells; nothing where there is none. */
export function readReply(detail: string | undefined): Reply | undefined {
  const [first, rest = ''] = (detail ?? '').split(' ')
  const finding = FINDINGS.find((one) => one === first)
  const given = rest.split(',')
  const measures = MEASURES.filter((one) => given.includes(one))
  return finding && { finding, measures }
}
