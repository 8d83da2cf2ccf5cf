import type { Party } from '../catalogue/index.js'
import { refuse, type Result } from '../platform/kernel/result.js'
import { daysAfter, germanDay } from '../platform/kernel/days.js'
import type { EventError, EventErrorCode, Refusal, SigningKey } from './delivery.js'

/** Most events in one batch. */
export const MOST_EVENTS = 1000

/** Most errors that one answer names. */
export const MOST_ERRORS = 100

/** Longest life of a signed request, exp - iat (seconds). */
export const ASSERTION_SECONDS = 60

/** How far the clocks of both sides may differ when a signed request is checked (seconds). */
export const CLOCK_TOLERANCE = 5

/** How far ahead an access may lie before it is a fault of its sender's clock (milliseconds). */
export const FUTURE_TOLERANCE = 5 * 60_000

/** Longest hold that a sender may ask for (days). */
export const LONGEST_HOLD = 90

/** A short answer for the reader of a 503 (seconds). */
export const RETRY_SECONDS = 5

/** Times of a signed request, in seconds since 1970 (RFC 7519 section 2, NumericDate). */
export interface Times {
  readonly iat: number
  readonly exp: number
}

/** Whether a signed request is valid now and was not made to live longer than allowed. */
export function isCurrent({ iat, exp }: Times, now: Date): boolean {
  const seconds = now.getTime() / 1000
  const isShort = exp > iat && exp - iat <= ASSERTION_SECONDS
  return isShort && iat <= seconds + CLOCK_TOLERANCE && exp > seconds - CLOCK_TOLERANCE
}

/** Offices take part; so do kinds of authority that have none (api.md). */
export function partyFault(party: Party | undefined): EventErrorCode | undefined {
  if (party === undefined) return 'unknown_code'
  return party.kind === 'authority' && party.hasOffices ? 'office_required' : undefined
}

/** A stream speaks for its own authority, at its own address: whatever else is asked looks the same. */
export function isOwnStream(
  key: SigningKey,
  claim: { readonly authority: Party | undefined; readonly streams: readonly string[] },
): boolean {
  const { stream } = key
  return (
    claim.authority?.id === stream.authority && claim.streams.every((name) => name === stream.name)
  )
}

/** Numbers go on where the stream stopped; nothing may be skipped or sent under a used number. */
export function sequenceFault(lastSeq: number, firstSeq: number): Refusal | undefined {
  if (firstSeq === lastSeq + 1) return undefined
  return { code: 'out_of_sequence', expectedSeq: lastSeq + 1 }
}

/** Whether an access lies further ahead than two clocks may differ. */
export function isInFuture(occurredAt: Date, now: Date): boolean {
  return occurredAt.getTime() > now.getTime() + FUTURE_TOLERANCE
}

/** A hold that still counts, or none where its day has come while the event was on its way. */
export function holdOf(
  day: string | undefined,
  now: Date,
): Result<string | undefined, EventErrorCode> {
  if (day === undefined || day <= germanDay(now)) return { ok: true, value: undefined }
  return day > daysAfter(germanDay(now), LONGEST_HOLD)
    ? refuse('hold_too_long')
    : { ok: true, value: day }
}

/** The refusal of a batch for its events, in the order of their numbers. */
export function badEvents(errors: readonly EventError[]): Refusal {
  const sorted = [...errors].sort((one, other) => one.seq - other.seq)
  return { code: 'bad_events', errors: sorted.slice(0, MOST_ERRORS) }
}
