import { ok, refuse, type Result } from '../platform/kernel/result.js'

/** Transmission block (AZRG § 4), information block (BMG § 51), restriction and objection (GDPR Articles 18, 21). */
export const KINDS = ['transmission', 'information', 'restriction', 'objection'] as const
export type Kind = (typeof KINDS)[number]

/** The states of a block; `draft` is nobody's affair but the person's. */
export const STATES = [
  'draft',
  'applied',
  'in_review',
  'proposed',
  'refused',
  'withdrawn',
  'in_force',
  'hearing',
  'heard',
  'lifting',
  'lifted',
  'ended',
  'expired',
] as const
export type State = (typeof STATES)[number]

/** What can happen to a block; each is an entry of the log. */
export const EVENTS = [
  'filed',
  'form_met',
  'taken',
  'granted',
  'refusal_proposed',
  'refusal_confirmed',
  'refusal_returned',
  'withdrawn',
  'came_with',
  'hearing_opened',
  'answered',
  'hearing_over',
  'transfer_decided',
  'transfer_unheard',
  'kept',
  'ended',
  'lifted',
  'lift_asked',
  'lift_agreed',
  'expired',
  'went_with',
] as const
export type BlockEvent = (typeof EVENTS)[number]

/** Who may cause an event: the person, a caseworker, another one than the one who proposed, the portal. */
export type Cause = 'resident' | 'clerk' | 'second' | 'portal'

interface Transition {
  readonly to: State
  readonly by: Cause
}
type Row = Readonly<Partial<Record<BlockEvent, Transition>>>

const WITHDRAW = { withdrawn: { to: 'withdrawn', by: 'resident' } } as const
const DECIDE = {
  granted: { to: 'in_force', by: 'clerk' },
  refusal_proposed: { to: 'proposed', by: 'clerk' },
} as const
const LIFT = {
  lifted: { to: 'lifted', by: 'resident' },
  expired: { to: 'expired', by: 'portal' },
  went_with: { to: 'ended', by: 'portal' },
} as const

/** What may happen in which state, and where it leads: guards, buttons and tests read this one table. */
export const TRANSITIONS: Readonly<Record<State, Row>> = {
  draft: { filed: { to: 'applied', by: 'resident' } },
  applied: {
    form_met: { to: 'applied', by: 'clerk' },
    taken: { to: 'in_review', by: 'clerk' },
    ...DECIDE,
    ...WITHDRAW,
  },
  in_review: { form_met: { to: 'in_review', by: 'clerk' }, ...DECIDE, ...WITHDRAW },
  proposed: {
    refusal_confirmed: { to: 'refused', by: 'second' },
    refusal_returned: { to: 'in_review', by: 'second' },
    ...WITHDRAW,
  },
  in_force: {
    ...LIFT,
    lift_asked: { to: 'lifting', by: 'resident' },
    hearing_opened: { to: 'hearing', by: 'clerk' },
    transfer_unheard: { to: 'in_force', by: 'clerk' },
  },
  hearing: {
    ...LIFT,
    answered: { to: 'heard', by: 'resident' },
    hearing_over: { to: 'heard', by: 'portal' },
    transfer_unheard: { to: 'hearing', by: 'clerk' },
  },
  heard: {
    ...LIFT,
    transfer_decided: { to: 'in_force', by: 'clerk' },
    kept: { to: 'in_force', by: 'clerk' },
    ended: { to: 'ended', by: 'clerk' },
    transfer_unheard: { to: 'heard', by: 'clerk' },
  },
  lifting: {
    expired: { to: 'expired', by: 'portal' },
    went_with: { to: 'ended', by: 'portal' },
    kept: { to: 'in_force', by: 'clerk' },
    lift_agreed: { to: 'lifted', by: 'clerk' },
    transfer_unheard: { to: 'lifting', by: 'clerk' },
  },
  refused: {},
  withdrawn: {},
  lifted: {},
  ended: {},
  expired: {},
}

/** States in which an office still has to decide. */
export const APPLIED_STATES = ['applied', 'in_review', 'proposed'] as const satisfies State[]
/** States in which a block works. */
export const FORCE_STATES = ['in_force', 'hearing', 'heard', 'lifting'] as const satisfies State[]

/** Whether a block works in a state. */
export function isInForce(state: State): boolean {
  return (FORCE_STATES as readonly State[]).includes(state)
}

/** Whether an office still has to decide. */
export function isApplied(state: State): boolean {
  return (APPLIED_STATES as readonly State[]).includes(state)
}

/** Whether nothing can happen any more. */
export function isOver(state: State): boolean {
  return Object.keys(TRANSITIONS[state]).length === 0
}

/** What a step depends on besides the state. */
export interface Standing {
  readonly kind: Kind
  readonly state: State
  /** Whether the signed letter or the record is there, or the law wants none. */
  readonly isFormMet: boolean
  readonly protectsOthers: boolean
  /** Whether it came with an information block, and goes with it alone. */
  readonly isDerived: boolean
  readonly hearing?: Hearing | undefined
}

/** What a person is heard about (AZRG § 4 (3); AZRG-DV § 7 (8); GDPR Article 18 (3)). */
export const HEARINGS = ['transfer', 'ending'] as const
export type Hearing = (typeof HEARINGS)[number]

type Guard = (standing: Standing) => boolean

const isFormMet: Guard = (block) => block.isFormMet
const isTransfer: Guard = ({ kind }) => kind === 'transmission'

/** Conditions beyond the table: the law's exceptions, in one place. */
const GUARDS: Readonly<Partial<Record<BlockEvent, Guard>>> = {
  form_met: (block) => !block.isFormMet,
  granted: isFormMet,
  refusal_proposed: isFormMet,
  // Nobody gives reasons for lifting, but what protects others is not one person's alone (AZRG-DV § 7 (7)).
  lifted: ({ isDerived, protectsOthers }) => !isDerived && !protectsOthers,
  lift_asked: ({ isDerived, protectsOthers }) => !isDerived && protectsOthers,
  transfer_unheard: isTransfer,
  transfer_decided: ({ hearing }) => hearing === 'transfer',
  ended: ({ hearing, isDerived }) => hearing === 'ending' && !isDerived,
  kept: ({ state, hearing }) => state === 'lifting' || hearing === 'ending',
  went_with: ({ isDerived }) => isDerived,
}

/** Why an event does not happen: the state has moved on, or it is not for them. */
export type StepRefusal = 'NOT_NOW' | 'NOT_YOURS'

/** Where an event leads; refuses what table and conditions do not have. */
export function after(
  block: Standing,
  event: BlockEvent,
  cause: Cause,
): Result<State, StepRefusal> {
  const transition = TRANSITIONS[block.state][event]
  if (transition === undefined) return refuse('NOT_NOW')
  if (transition.by !== cause) return refuse('NOT_YOURS')
  return (GUARDS[event]?.(block) ?? true) ? ok(transition.to) : refuse('NOT_NOW')
}

/** What somebody may cause now: the buttons of a page. */
export function possible(block: Standing, cause: Cause): readonly BlockEvent[] {
  return EVENTS.filter((event) => after(block, event, cause).ok)
}

/** What a hearing can be about: a block that came with another one ends with that one alone. */
export function hearingsOf({ kind, isDerived }: Standing): readonly Hearing[] {
  return HEARINGS.filter((one) => (one === 'transfer' ? kind === 'transmission' : !isDerived))
}

/** Whether the law wants the application in writing or on record (AZRG-DV § 7 (1)); the GDPR wants no form. */
export function wantsWriting(kind: Kind): boolean {
  return kind === 'transmission' || kind === 'information'
}

/** Whether a block must have a last day: information blocks are granted for two years (BMG § 51 (4)). */
export function needsEnd(kind: Kind): boolean {
  return kind === 'information'
}
