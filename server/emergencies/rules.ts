import { daysAfter, germanDay } from '../platform/kernel/days.js'

/**
 * Why an access could not wait for its approval. The list is ours: no law lists such grounds. The words of the first
 * are those of AZRG-DV § 7 (2), of the fourth those of AZRG § 15 (1) No. 5; the others rest on no text.
 */
export type Ground =
  'life_or_limb' | 'missing_person' | 'child_at_risk' | 'public_safety' | 'systems_failed'

/** As what whoever wrote the note is in charge; never a name. */
export type Head = 'unit_head' | 'office_head'

/** So long after an access an office can say that it was one in an emergency (milliseconds). The period is ours. */
const DECLARED_WITHIN = 72 * 3_600_000

/**
 * Days after that of the access until which an office tells that the note was written. The period is ours: a week has
 * three working days at least, whatever holidays fall into it. `oversight.settle_emergencies` says the same.
 */
export const NOTE_DAYS = 7

/** Clocks of both sides may differ by so much (milliseconds). */
const TOLERANCE = 5 * 60_000

/** What is known of an access in an emergency; only when something was told decides what was in time. */
export interface Emergency {
  readonly ground: Ground
  readonly declaredAt: Date
  /** When it was told that the note was written; absent where it was not. */
  readonly noteToldAt?: Date
}

/** Where the note of an access stands: told in time or late, still waited for, or missing. */
export type NoteState = 'noted' | 'late' | 'open' | 'missing'

/** The last day, in Germany, on which a note is told in time. */
export function noteDue(occurredAt: Date): string {
  return daysAfter(germanDay(occurredAt), NOTE_DAYS)
}

/** Where the note of an access stands at an instant. */
export function noteState(
  { occurredAt, noteToldAt }: { readonly occurredAt: Date; readonly noteToldAt?: Date | undefined },
  now: Date,
): NoteState {
  const due = noteDue(occurredAt)
  if (noteToldAt !== undefined) return germanDay(noteToldAt) <= due ? 'noted' : 'late'
  return germanDay(now) <= due ? 'open' : 'missing'
}

/** Whether an access can still be declared to have been made in an emergency. */
export function isDeclarable(occurredAt: Date, now: Date): boolean {
  return now.getTime() - occurredAt.getTime() <= DECLARED_WITHIN
}

/** What stands against the time of a note: written before its access, or not yet. */
export function noteFault(
  notedAt: Date,
  { occurredAt, now }: { readonly occurredAt: Date; readonly now: Date },
): 'before_access' | 'in_future' | undefined {
  if (notedAt < occurredAt) return 'before_access'
  return notedAt.getTime() > now.getTime() + TOLERANCE ? 'in_future' : undefined
}
