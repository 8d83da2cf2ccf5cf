/** Why somebody asks who acted; no free text. */
export const UNMASK_REASONS = ['complaint', 'misuse', 'authority'] as const
export type UnmaskReason = (typeof UNMASK_REASONS)[number]
/** What a second person decides. */
export const UNMASK_DECISIONS = ['released', 'refused'] as const
export type UnmaskDecision = (typeof UNMASK_DECISIONS)[number]
/** So many days a wish waits, and so many days it can be opened once it is released. */
export const UNMASK_DAYS = 14

/** With this begin the pseudonyms that this portal makes; those that authorities deliver may begin so as well. */
export const PORTAL_REF = 'portal.'

/** Where a wish stands. */
export type UnmaskState = 'waiting' | 'released' | 'refused' | 'lapsed' | 'ended'

/** A wish to learn who acted, as it stands; it names no access, no person and no member of staff. */
export interface UnmaskingRow {
  readonly reference: string
  readonly office: number
  readonly reason: UnmaskReason
  readonly askedAt: Date
  readonly isOwn: boolean
  readonly decision: UnmaskDecision | null
  readonly decidedAt: Date | null
  readonly by: 'officer' | 'supervision' | null
  /** When the operator last looked up whose the opened pseudonym is. */
  readonly resolvedAt: Date | null
}

/** A wish with where it stands. */
export interface Unmasking extends UnmaskingRow {
  readonly state: UnmaskState
}

const DAY_MS = 86_400_000

/** What was asked before this has lapsed. */
export function wishesSince(now: Date): Date {
  return new Date(now.getTime() - UNMASK_DAYS * DAY_MS)
}

/** Where a wish stands now. */
export function stateOf({ decision, decidedAt, askedAt }: UnmaskingRow, now: Date): UnmaskState {
  if (decision === 'refused') return 'refused'
  const isPast = (at: Date) => at <= wishesSince(now)
  if (decision === 'released') return isPast(decidedAt ?? askedAt) ? 'ended' : 'released'
  return isPast(askedAt) ? 'lapsed' : 'waiting'
}
