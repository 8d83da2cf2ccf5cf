import { explainsAccess } from '../../appointments/index.js'
import { noteState } from '../../emergencies/index.js'
import type { Around, WatchedAccess } from './access.js'

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
  if (around.cases.some(({ from, to }) => from.getTime() <= at && at <= (to?.getTime() ?? at))) {
    return 'open_case'
  }
  if (around.told.some((told) => isWithin(told, at, CORRECTION_DAYS))) return 'correction'
  if (around.appointments.some((one) => explainsAccess(one, access))) return 'appointment'
  if (around.accesses.some((earlier) => isDealing(earlier, access, duties))) return 'dealings'
  return isNotedEmergency(access) ? 'emergency' : undefined
}

/**
 * Whether the office declared an emergency and told in time that its note is written. It comes last: it is the office's
 * own word, after the access, and counts where nothing else explains.
 */
function isNotedEmergency({ emergency, isManual, occurredAt }: WatchedAccess): boolean {
  if (emergency?.noteToldAt === undefined || !isManual) return false
  const { noteToldAt } = emergency
  return noteState({ occurredAt, noteToldAt }, noteToldAt) === 'noted'
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

/** The office had to do with the person before: somebody else than who looks up a neighbour. */
function isDealing(earlier: WatchedAccess, access: WatchedAccess, duties: Duties): boolean {
  return (
    earlier.index !== access.index &&
    !earlier.ofThePortal &&
    isWithin(earlier.occurredAt, access.occurredAt.getTime(), DEALING_DAYS) &&
    (earlier.citesConsent ? !isSuspicious(earlier) : isDuty(earlier, duties))
  )
}

function isWithin(earlier: Date, at: number, days: number): boolean {
  const past = at - earlier.getTime()
  return past >= 0 && past <= days * DAY_MS
}
