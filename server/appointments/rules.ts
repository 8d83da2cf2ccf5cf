import { daysBetween, germanDay } from '../platform/kernel/days.js'

/**
 * Days around an appointment in which an office works on it: files are prepared on the working days before, a weekend
 * between them, and written up in the two weeks after. No law names them; they are ours.
 */
export const WINDOW = { before: 3, after: 14 } as const

/** How far ahead an appointment may lie (days): so that no entry lives longer than the year of its class. */
export const MOST_AHEAD = 150

/** An office that reports once a night tells of both together; later it is told in hindsight (milliseconds). */
const LATEST = 86_400_000

/** So many appointments of a person may stand on one day at one office: nobody has more, but a sender gone wrong. */
export const MOST_ON_DAY = 5

/** So many things an office may say of a person's appointments while they are kept; it may call off what stands always. */
export const MOST_TOLD = 200

/** What an office says of an appointment. */
export type Status = 'booked' | 'cancelled'

/** An appointment as it stood in the log for a time. */
export interface Standing {
  /** Day in Germany, `YYYY-MM-DD`. */
  readonly day: string
  /** Kind of unit (catalogue number); absent where the office named none. */
  readonly unit?: number
  /** When the office told of it. */
  readonly toldAt: Date
  /** Leaf index of the entry that says so. */
  readonly from: number
  /** Leaf index of the entry that changed or cancelled it; absent while it stands. */
  readonly to?: number
}

/** What of an access decides whether an appointment at its office explains it. */
export interface Looked {
  /** Leaf index. */
  readonly index: number
  readonly occurredAt: Date
  /** Kind of unit (catalogue number); 0 where none was reported. */
  readonly unit: number
}

/**
 * Whether an appointment explains an access of the same office to data of the same person. It must have stood in the
 * log before the access did, and been told a day after it at the latest: nobody explains in hindsight. An office that
 * holds back an access can still do so within that day, and only for a day that was not over when it looked. One that
 * is told later than the day after its own explains nothing at all.
 */
export function explainsAccess(appointment: Standing, access: Looked): boolean {
  const { day, unit, toldAt, from, to = Infinity } = appointment
  if (from > access.index || access.index > to) return false
  if (toldAt.getTime() > access.occurredAt.getTime() + LATEST) return false
  if (unit !== undefined && unit !== access.unit) return false
  const past = daysBetween(day, dayOf(access.occurredAt))
  if (daysBetween(day, dayOf(toldAt)) > 1) return false
  if (toldAt > access.occurredAt && past > 0) return false
  return past >= -WINDOW.before && past <= WINDOW.after
}

/** Each is compared with each: reckoning a German day is what takes long. */
function dayOf(instant: Date): string {
  const day = days.get(instant) ?? germanDay(instant)
  days.set(instant, day)
  return day
}

const days = new WeakMap<Date, string>()

/** What stands against the day of an appointment: too far ahead, or so long past that it can explain nothing. */
export function dayFault(day: string, now: Date): 'too_far_ahead' | 'too_old' | undefined {
  const ahead = daysBetween(germanDay(now), day)
  if (ahead > MOST_AHEAD) return 'too_far_ahead'
  return ahead < -WINDOW.after ? 'too_old' : undefined
}
