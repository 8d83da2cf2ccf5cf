import { daysBetween, isCalendarDay } from '../../platform/kernel/days.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import { readIndex } from '../forms.js'
import {
  FINDINGS,
  MOST_AHEAD,
  reasonsOf,
  REVIEW_DECISIONS,
  type Decider,
  type Finding,
  type HeldPlace,
  type HeldReason,
  type HeldReview,
  type ReviewDecision,
} from '../reviewing.js'

/** Where a page of the queue begins; what cannot be a place counts as the beginning. */
export function readHeldPlace(raw: string | null): HeldPlace | undefined {
  const [dueOn = '', rest = ''] = (raw ?? '').split('.')
  const index = readIndex(rest)
  return isCalendarDay(dueOn) && index !== undefined ? { dueOn, index } : undefined
}

const FINDING_NAMES = Object.keys(FINDINGS) as readonly Finding[]

/**
 * What a review found: a reason that fits it and whoever decides, and a day. That of the next look lies ahead, half a year at most; that
 * on which an obstacle ended does not, and is no older than a year.
 */
export function readReview(
  form: URLSearchParams,
  { today, decider }: { readonly today: string; readonly decider: Decider },
): Result<HeldReview, readonly FieldError[]> {
  const finding = FINDING_NAMES.find((one) => one === form.get('finding'))
  const reasons: readonly HeldReason[] = finding === undefined ? [] : reasonsOf(finding, decider)
  const reason = reasons.find((one) => one === form.get('reason'))
  const day = form.get('day') ?? ''
  const errors = [
    ...(finding ? [] : [problem('finding', 'choose')]),
    ...(finding === undefined || reason ? [] : [problem('reason', 'reason')]),
    ...(finding === undefined ? [] : dayProblems(finding, day, today)),
  ]
  if (finding === undefined || reason === undefined || errors.length > 0) return refuse(errors)
  return ok({ seen: seenIn(form.get('seen') ?? '0'), finding, reason, day })
}

/** What a second person says; nothing where the form says neither. */
export function readReviewDecision(form: URLSearchParams): ReviewDecision | undefined {
  return REVIEW_DECISIONS.find((one) => one === form.get('decision'))
}

/** How many reviews the page showed; what no page can have shown matches nothing. */
function seenIn(raw: string): number {
  return /^\d{1,6}$/.test(raw) ? Number(raw) : -1
}

function dayProblems(finding: Finding, day: string, today: string): readonly FieldError[] {
  if (!isCalendarDay(day)) return [problem('day', 'day')]
  const ahead = daysBetween(today, day)
  if (finding === 'remains') {
    return ahead > 0 && ahead <= MOST_AHEAD ? [] : [problem('day', 'dayAhead')]
  }
  return ahead <= 0 && ahead >= -366 ? [] : [problem('day', 'dayPast')]
}

const problem = (field: string, key: string): FieldError => ({
  field,
  key: `oversight:held.problem.${key}`,
})
