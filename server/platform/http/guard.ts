import { DomainError } from '../kernel/errors.js'
import {
  ASSURANCES,
  type Assurance,
  type Exchange,
  type Look,
  type Principal,
  type RouteSpec,
} from './route.js'

/** Writes a staff member's look into the log of each person seen; throws where it cannot be written. */
export type RecordDisclosure<Actor extends Principal> = (
  actor: Actor,
  looks: readonly Look[],
) => Promise<void>

/** How long a proof that it is really them counts. */
const STEP_UP_MS = 5 * 60_000

/** Roles that are no staff: their own pages show their own data. */
const NOT_STAFF = new Set(['public', 'resident', 'helper', 'authority'])

/** Whether a role's looks at residents' data are to be recorded. */
export function isStaffRole(role: string): boolean {
  return !NOT_STAFF.has(role)
}

/** Lets a request pass or throws: unknown visitors may sign in, a wrong role finds nothing. */
export function admit<Actor extends Principal>(
  route: RouteSpec<Actor>,
  actor: Actor,
  now: Date,
): void {
  if (route.allow === 'everyone') return
  if (!route.allow.includes(actor.role)) {
    throw new DomainError(actor.role === 'public' ? 'SIGN_IN_NEEDED' : 'NOT_FOUND')
  }
  if (actor.role === 'resident' && !reaches(actor.assurance, route.assurance)) {
    throw new DomainError('ASSURANCE')
  }
  if (route.stepUp && !isRecent(actor.steppedUpAt, now)) throw new DomainError('STEP_UP')
}

function isRecent(steppedUpAt: Date | undefined, now: Date): boolean {
  return steppedUpAt !== undefined && now.getTime() - steppedUpAt.getTime() <= STEP_UP_MS
}

/** Whether one assurance is at least another; a route that names none for residents admits none. */
export function reaches(has: Assurance | undefined, needs: Assurance | undefined): boolean {
  if (has === undefined || needs === undefined) return false
  return ASSURANCES.indexOf(has) >= ASSURANCES.indexOf(needs)
}

/** Before staff see anything of a person, that person's log says so; without the record there is no page. */
export async function disclose<Actor extends Principal>(
  route: RouteSpec<Actor>,
  exchange: Exchange<Actor>,
  record: RecordDisclosure<Actor>,
): Promise<void> {
  if (!isStaffRole(exchange.actor.role)) return
  if (route.disclosure === undefined || route.disclosure === 'no-identity') return
  const looks = await route.disclosure(exchange)
  if (looks.length === 0) return
  try {
    await record(exchange.actor, looks)
  } catch (cause) {
    throw cause instanceof DomainError ? cause : new DomainError('UNAVAILABLE', { cause })
  }
}
