import { ok, refuse, type Result } from '../platform/kernel/result.js'

/** What became of one consent; each is an entry of the consent ledger. */
export const EVENTS = ['given', 'refused', 'withdrawn', 'expired', 'superseded'] as const
export type ConsentEvent = (typeof EVENTS)[number]

/** The state of a consent is its latest event; before the first it has none. */
export type State = ConsentEvent
/** Before an answer there is nothing. */
export type Standing = State | 'none'

/** Who may cause an event: the person, the asking office on their behalf, or the portal when time is over. */
export type Cause = 'resident' | 'office' | 'portal'

const ANYBODY_WHO_HEARD_IT = ['resident', 'office'] as const

/** What may happen in which state and who may cause it: guards, buttons and tests read this one table. */
export const TRANSITIONS: Readonly<
  Record<Standing, Readonly<Partial<Record<ConsentEvent, readonly Cause[]>>>>
> = {
  none: { given: ANYBODY_WHO_HEARD_IT, refused: ANYBODY_WHO_HEARD_IT },
  given: {
    withdrawn: ANYBODY_WHO_HEARD_IT,
    superseded: ANYBODY_WHO_HEARD_IT,
    expired: ['portal'],
  },
  refused: {},
  withdrawn: {},
  expired: {},
  superseded: {},
}

/** Why an event does not happen: the state has moved on, or it is not theirs to cause. */
export type StepRefusal = 'NOT_NOW' | 'NOT_YOURS'

/** The state after an event; refuses what the table does not have. */
export function after(
  standing: Standing,
  event: ConsentEvent,
  cause: Cause,
): Result<State, StepRefusal> {
  const causes = TRANSITIONS[standing][event]
  if (causes === undefined) return refuse('NOT_NOW')
  return causes.includes(cause) ? ok(event) : refuse('NOT_YOURS')
}

/** What the state at an instant is computed from: an entry, without what it says of words and channels. */
export interface Mark {
  readonly event: ConsentEvent
  /** From when on it counts. */
  readonly effectiveAt: Date
  /** When what was given ends by itself; given alone has it. */
  readonly validUntil?: Date | undefined
}

/** The state at an instant, from the entries of one consent in their order and nothing else. */
export function standingAt(marks: readonly Mark[], at: Date): Standing {
  const counted = marks.filter(({ effectiveAt }) => effectiveAt.getTime() <= at.getTime())
  const last = counted.at(-1)
  if (last === undefined) return 'none'
  const isOver = last.validUntil !== undefined && last.validUntil.getTime() <= at.getTime()
  return last.event === 'given' && isOver ? 'expired' : last.event
}

/** Whether somebody may rely on a consent at an instant (GDPR Article 7 (3)). */
export function isValidAt(marks: readonly Mark[], at: Date): boolean {
  return standingAt(marks, at) === 'given'
}

/** How long an answer is awaited before the asking lapses: nobody is asked for ever. */
export const ASK_PERIOD = 'P30D'

/** How long a proof is kept after a consent would have ended (GDPR Article 7 (1); BGB §§ 195, 199). */
export const PROOF_PERIOD = 'P3Y'

/** How long a refusal is kept: it proves no processing, and nobody may build on it. */
export const REFUSAL_PERIOD = 'P3M'

/** The longest time for which anybody may consent ahead. */
export const LONGEST = 'P10Y'

/** The one part of a consent that has no parts. */
export const WHOLE = 'all'

/** Who was present when somebody answered; neither decides. */
export const HELPERS = ['none', 'interpreter', 'helper'] as const
export type Helper = (typeof HELPERS)[number]

/** How an answer came: signed in, on paper, told at a counter, or by the passing of time. */
export const CHANNELS = ['session', 'paper', 'counter', 'portal'] as const
export type AnswerChannel = (typeof CHANNELS)[number]

/** States of telling a party; `failed` is for a person, as `to_print` is. */
export type NoticeState = 'waiting' | 'sent' | 'acknowledged' | 'to_print' | 'printed' | 'failed'
