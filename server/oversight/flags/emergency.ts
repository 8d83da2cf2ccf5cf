import { NOTE_DAYS, noteState } from '../../emergencies/index.js'
import { daysAfter, germanDay } from '../../platform/kernel/days.js'
import type { WatchedAccess } from './access.js'
import { flagRule, type Finding } from './rules.js'

/**
 * What the rule of emergencies finds: an access that was declared to be one, of which nobody told in time that a note is
 * written. Whatever else explains the access, its approval was skipped, and the note is what stands for it.
 */
export function emergencyFindings(access: WatchedAccess, now: Date): readonly Finding[] {
  const { index, expiresOn, isSealed, occurredAt, unit, purpose, emergency } = access
  if (emergency === undefined) return []
  const state = noteState({ occurredAt, noteToldAt: emergency.noteToldAt }, now)
  if (state === 'noted' || state === 'open') return []
  const rule = 'emergency_without_note'
  const { weight } = flagRule(rule)
  const at = occurredAt.toISOString()
  const evidence = { at, unit, purpose, why: emergency.ground, days: NOTE_DAYS }
  return [{ index, expiresOn, isSealed, rule, weight, evidence }]
}

/** Days of accesses, in Germany, whose notes were due on days up to one. */
export function daysDue(until: string, after?: string): { readonly from?: string; until: string } {
  const last = { until: daysAfter(until, -NOTE_DAYS) }
  return after === undefined ? last : { ...last, from: daysAfter(after, 1 - NOTE_DAYS) }
}

/** The last day that is over at an instant: notes that were due on it cannot come in time any more. */
export function lastDayOver(at: Date): string {
  return daysAfter(germanDay(at), -1)
}
