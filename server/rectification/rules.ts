import { refuse, ok, type Result } from '../platform/kernel/result.js'

/** The states of a request; `proposed` is a decision that a second person still has to confirm. */
export const STATES = [
  'draft',
  'received',
  'in_review',
  'question',
  'proposed',
  'decided',
  'passed_on',
  'withdrawn',
  'closed',
] as const
export type State = (typeof STATES)[number]

/** What can happen to a request; each but the work on a draft is an entry of the log. */
export const EVENTS = [
  'filed',
  'form_met',
  'claimed',
  'assigned',
  'released',
  'opened',
  'asked',
  'answered',
  'extended',
  'proposed',
  'sent_back',
  'confirmed',
  'decided',
  'passed_on',
  'withdrawn',
  'stated',
  'closed',
] as const
export type RequestEvent = (typeof EVENTS)[number]

/**
 * Who may cause an event: the person, the member of staff who works on it, any other of the office, whoever
 * confirms, the portal, a supervisor.
 */
export type Cause = 'resident' | 'assignee' | 'colleague' | 'second' | 'portal' | 'supervision'

interface Transition {
  readonly to: State
  readonly by: readonly Cause[]
}

const OFFICE: readonly Cause[] = ['assignee', 'colleague']
const stays = (state: State, by: readonly Cause[]): Transition => ({ to: state, by })

/** What may happen in which state, and where it leads: guards, buttons and tests read this one table. */
export const TRANSITIONS: Readonly<
  Record<State, Readonly<Partial<Record<RequestEvent, Transition>>>>
> = {
  draft: { filed: { to: 'received', by: ['resident'] } },
  received: {
    form_met: stays('received', OFFICE),
    claimed: { to: 'in_review', by: ['colleague'] },
    assigned: { to: 'in_review', by: ['colleague'] },
    passed_on: { to: 'passed_on', by: OFFICE },
    withdrawn: { to: 'withdrawn', by: ['resident'] },
  },
  passed_on: {
    form_met: stays('passed_on', OFFICE),
    claimed: { to: 'in_review', by: ['colleague'] },
    assigned: { to: 'in_review', by: ['colleague'] },
    passed_on: { to: 'passed_on', by: OFFICE },
    withdrawn: { to: 'withdrawn', by: ['resident'] },
  },
  in_review: {
    form_met: stays('in_review', OFFICE),
    assigned: stays('in_review', OFFICE),
    released: { to: 'received', by: ['assignee'] },
    opened: stays('in_review', ['colleague']),
    asked: { to: 'question', by: ['assignee'] },
    extended: stays('in_review', ['assignee']),
    proposed: { to: 'proposed', by: ['assignee'] },
    decided: { to: 'decided', by: ['assignee'] },
    passed_on: { to: 'passed_on', by: ['assignee'] },
    withdrawn: { to: 'withdrawn', by: ['resident'] },
  },
  question: {
    form_met: stays('question', OFFICE),
    assigned: stays('question', OFFICE),
    opened: stays('question', ['colleague']),
    answered: { to: 'in_review', by: ['resident'] },
    extended: stays('question', ['assignee']),
    proposed: { to: 'proposed', by: ['assignee'] },
    decided: { to: 'decided', by: ['assignee'] },
    withdrawn: { to: 'withdrawn', by: ['resident'] },
  },
  proposed: {
    assigned: stays('proposed', ['assignee', 'colleague', 'second']),
    opened: stays('proposed', ['colleague', 'second']),
    sent_back: { to: 'in_review', by: ['second', 'supervision'] },
    confirmed: { to: 'decided', by: ['second', 'portal'] },
    withdrawn: { to: 'withdrawn', by: ['resident'] },
  },
  decided: {
    opened: stays('decided', ['colleague']),
    stated: stays('decided', ['resident']),
    closed: { to: 'closed', by: ['assignee', 'colleague', 'portal'] },
  },
  withdrawn: { opened: stays('withdrawn', ['colleague']) },
  closed: { opened: stays('closed', ['colleague']) },
}

/** States in which somebody still has to do something about a request. */
export const OPEN_STATES = [
  'received',
  'passed_on',
  'in_review',
  'question',
  'proposed',
] as const satisfies readonly State[]

/** Whether a request waits for an answer. */
export function isOpen(state: State): boolean {
  return (OPEN_STATES as readonly State[]).includes(state)
}

/** Why an event does not happen: the state has moved on, or it is not for them. */
export type StepRefusal = 'NOT_NOW' | 'NOT_YOURS'

/** Where an event leads; refuses what the table does not have. */
export function after(state: State, event: RequestEvent, cause: Cause): Result<State, StepRefusal> {
  const transition = TRANSITIONS[state][event]
  if (transition === undefined) return refuse('NOT_NOW')
  return transition.by.includes(cause) ? ok(transition.to) : refuse('NOT_YOURS')
}

/** What somebody may cause in a state: the buttons of a page. */
export function possible(state: State, cause: Cause): readonly RequestEvent[] {
  return EVENTS.filter((event) => TRANSITIONS[state][event]?.by.includes(cause))
}

/** What is wrong with an entry, in the words of the first question. */
export const KINDS = ['wrong', 'outdated', 'missing', 'not_me', 'same_person', 'delete'] as const
export type Kind = (typeof KINDS)[number]

/**
 * Outcomes of a decision. `restricted` is the AZR's where neither side can be shown, `annotated` that of
 * social data (AZRG-DV § 17 (2); SGB X § 84 (2)); `statement` keeps the entry and adds the person's own.
 */
export const OUTCOMES = [
  'corrected',
  'corrected_in_part',
  'deleted',
  'restricted',
  'annotated',
  'statement',
  'not_proven',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Outcomes after which every recipient is told (GDPR Article 19; AZRG § 38). */
const TOLD: readonly Outcome[] = [
  'corrected',
  'corrected_in_part',
  'deleted',
  'restricted',
  'annotated',
]

/** Whether recipients are told of an outcome. */
export function isTold(outcome: Outcome): boolean {
  return TOLD.includes(outcome)
}

/** What the decision on a field of a register may be. */
export interface Matter {
  /** Register of the field, as the catalogue has it. */
  readonly register: string
  /** Kind of data, as the catalogue has it. */
  readonly category: string
  readonly kind: Kind
}

/** Outcomes that the law of a register knows. */
export function outcomesFor({ register, category, kind }: Matter): readonly Outcome[] {
  const undecided: readonly Outcome[] =
    register === 'azr' && category !== 'identity'
      ? ['restricted']
      : register === 'soc'
        ? ['annotated']
        : []
  const removal: readonly Outcome[] = kind === 'delete' || kind === 'not_me' ? ['deleted'] : []
  return OUTCOMES.filter(
    (outcome) =>
      ['corrected', 'corrected_in_part', 'statement', 'not_proven'].includes(outcome) ||
      undecided.includes(outcome) ||
      removal.includes(outcome),
  )
}

/**
 * Whether the person's own statement counts as correct unless it is disproved: personal details in the
 * Central Register (AZRG-DV § 17 (2)).
 */
export function ownStatementCounts({ register, category }: Omit<Matter, 'kind'>): boolean {
  return register === 'azr' && category === 'identity'
}

/** Whether a correction takes two people: identity, and what follows from it. */
export function needsSecond({ category }: Pick<Matter, 'category'>, outcome: Outcome): boolean {
  return IDENTITY.includes(category) && isTold(outcome)
}

const IDENTITY: readonly string[] = ['identity', 'family', 'photo/biometrics']

/** Whether a change can matter in other proceedings, so that a counsellor should be asked first. */
export function isDelicate({ category }: Pick<Matter, 'category'>): boolean {
  return IDENTITY.includes(category)
}

/** Whether the accuracy of an entry is disputed in writing only: the Central Register (AZRG-DV § 17 (1)). */
export function wantsWriting({ register }: Pick<Matter, 'register'>): boolean {
  return register === 'azr' || register === 'visa'
}

/** Own statements on one decision, and their characters in all: an entry has no room for more. */
export const MOST_STATED = { statements: 10, characters: 6_000 } as const

/** Whether one more own statement finds room beside those that were made. */
export function mayState(made: readonly string[], words: string): boolean {
  const characters = [...made, words].reduce((sum, one) => sum + [...one].length, 0)
  return made.length < MOST_STATED.statements && characters <= MOST_STATED.characters
}

/** How long a proposal waits where no second person can confirm it (milliseconds). */
export const COOLING_MS = 24 * 60 * 60_000
