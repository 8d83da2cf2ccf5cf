import { explainsAccess } from '../../appointments/index.js'
import { noteState, type Emergency } from '../../emergencies/index.js'
import type { Appointment, Around, CaseSpan, WatchedAccess } from './access.js'

/** What can explain an access, in the order in which it is looked for. */
export const EXPLANATIONS = [
  'consent',
  'duty',
  'open_case',
  'correction',
  'appointment',
  'dealings',
  'emergency',
] as const
export type Explanation = (typeof EXPLANATIONS)[number]

const DAY_MS = 86_400_000
/** For so long an office may act on a correction that it was told of. */
export const CORRECTION_DAYS = 30
/** For so long earlier dealings of an office with a person explain that somebody looks again. */
export const DEALING_DAYS = 90

/** What an explanation rests on besides the access: purposes that the law orders, and those of the portal's desks. */
export interface Duties {
  /** Whether the law orders the purpose (catalogue number). */
  isMandatory(purpose: number): boolean
  /** Whether a look of the portal itself was casework, which needs a case. */
  isCasework(purpose: number): boolean
}

/**
 * What explains an access, or nothing. Whatever broke a rule when it was recorded is explained by nothing: a case at
 * the office makes no forbidden access right.
 */
export function explanationOf(
  access: WatchedAccess,
  around: Around,
  duties: Duties,
): Explanation | undefined {
  if (isSuspicious(access)) return undefined
  if (access.citesConsent) return 'consent'
  if (isDuty(access, duties)) return 'duty'
  const at = access.occurredAt.getTime()
  if (around.cases.some((one) => spans(one, at))) return 'open_case'
  if (around.told.some((told) => isWithin(told, at, CORRECTION_DAYS))) return 'correction'
  if (around.appointments.some((one) => explainsAccess(one, access))) return 'appointment'
  if (isDealtWith(dealingsIn(around.accesses, duties), at)) return 'dealings'
  return isNotedEmergency(access) ? 'emergency' : undefined
}

/**
 * Whether the office declared an emergency and told in time that its note is written. It comes last: it is the office's
 * own word, after the access, and counts where nothing else explains.
 */
function isNotedEmergency(
  access: WatchedAccess,
): access is WatchedAccess & { readonly emergency: Emergency } {
  const { emergency, isManual, occurredAt } = access
  if (emergency?.noteToldAt === undefined || !isManual) return false
  const { noteToldAt } = emergency
  return noteState({ occurredAt, noteToldAt }, noteToldAt) === 'noted'
}

/** An explanation with what it rests on: days and units, and no person. */
export type Reason =
  | { readonly kind: 'consent' | 'duty' }
  | ({ readonly kind: 'open_case' } & CaseSpan)
  | { readonly kind: 'correction' | 'dealings'; readonly at: Date }
  | ({ readonly kind: 'appointment' } & Appointment)
  | ({ readonly kind: 'emergency' } & Emergency)

/** So many cases, and so many appointments, are named at most, the latest ones. */
const MOST_NAMED = 3

/** Everything that explains an access, in the order in which it is looked for: the first one is its explanation. */
export function reasonsOf(
  access: WatchedAccess,
  around: Around,
  duties: Duties,
): readonly Reason[] {
  if (isSuspicious(access)) return []
  const at = access.occurredAt.getTime()
  const latest = <Item>(items: readonly Item[]) => items.slice(-MOST_NAMED)
  const cases = around.cases.filter((one) => spans(one, at))
  const told = around.told.filter((day) => isWithin(day, at, CORRECTION_DAYS)).at(-1)
  const appointments = around.appointments.filter((one) => explainsAccess(one, access))
  const [dealing] = around.accesses
    .filter((one) => one.index !== access.index && isDealing(one, duties))
    .filter(({ occurredAt }) => isWithin(occurredAt, at, DEALING_DAYS))
    .sort((one, other) => other.occurredAt.getTime() - one.occurredAt.getTime())
  return [
    ...(access.citesConsent ? [{ kind: 'consent' } as const] : []),
    ...(isDuty(access, duties) ? [{ kind: 'duty' } as const] : []),
    ...latest(cases).map((one) => ({ kind: 'open_case', ...one }) as const),
    ...(told ? [{ kind: 'correction', at: told } as const] : []),
    ...latest(appointments).map((one) => ({ kind: 'appointment', ...one }) as const),
    ...(dealing ? [{ kind: 'dealings', at: dealing.occurredAt } as const] : []),
    ...(isNotedEmergency(access) ? [{ kind: 'emergency', ...access.emergency } as const] : []),
  ]
}

/** Whether an access broke a rule already when it was recorded. */
export function isSuspicious({ broken }: WatchedAccess): boolean {
  return Object.keys(broken).length > 0
}

/**
 * Whether an access needs nothing of its surroundings: a program or a report that the law orders. What somebody looks
 * up by hand is ordered by nobody, so it needs more.
 */
export function isDuty(access: WatchedAccess, duties: Duties): boolean {
  if (isSuspicious(access) || !duties.isMandatory(access.purpose)) return false
  if (access.ofThePortal) return !duties.isCasework(access.purpose)
  return !access.isManual || !access.isQuery
}

/**
 * When the office had to do with the person, in order: somebody else than who looks up a neighbour. Found once for all
 * accesses of a person, because a sender can deliver any number of them.
 */
function dealingsIn(accesses: readonly WatchedAccess[], duties: Duties): readonly number[] {
  const known = dealings.get(accesses)
  if (known?.duties === duties) return known.times
  const times = accesses
    .filter((one) => isDealing(one, duties))
    .map(({ occurredAt }) => occurredAt.getTime())
    .sort((one, other) => one - other)
  dealings.set(accesses, { duties, times })
  return times
}

const dealings = new WeakMap<
  readonly WatchedAccess[],
  { readonly duties: Duties; readonly times: readonly number[] }
>()

/** What is asked about is none itself: it would be explained by its consent, or by the law. */
function isDealing(access: WatchedAccess, duties: Duties): boolean {
  if (access.ofThePortal) return false
  return access.citesConsent ? !isSuspicious(access) : isDuty(access, duties)
}

/** Whether the latest of the times up to an instant is near enough. */
function isDealtWith(times: readonly number[], at: number): boolean {
  let [from, until] = [0, times.length]
  while (from < until) {
    const middle = (from + until) >> 1
    if ((times[middle] ?? Infinity) <= at) from = middle + 1
    else until = middle
  }
  return at - (times[from - 1] ?? -Infinity) <= DEALING_DAYS * DAY_MS
}

function spans({ from, to }: CaseSpan, at: number): boolean {
  return from.getTime() <= at && at <= (to?.getTime() ?? at)
}

function isWithin(earlier: Date, at: number, days: number): boolean {
  const past = at - earlier.getTime()
  return past >= 0 && past <= days * DAY_MS
}
