import type { Party, Purpose } from '../catalogue/index.js'

/** An access of the office that is held back, as numbers of the catalogue; no person. */
export interface HeldRow {
  readonly index: number
  readonly occurredAt: Date
  readonly recordedAt: Date
  /** First day on which the entry is gone, whoever has seen it by then. */
  readonly expiresOn: string
  readonly source: number
  readonly recipient: number
  readonly purpose: number
  /** Code of the disclosure rule. */
  readonly rule: string
  /** Whether somebody decides; a uniform delay ends by itself. */
  readonly isReviewed: boolean
  readonly reviews: number
  readonly finding: 'remains' | 'ended' | null
  readonly reason: string | null
  readonly day: string | null
  /** Whether the body whose word counts noted the last review itself. */
  readonly alone: boolean | null
  /** What a second person said of the last review. */
  readonly decision: ReviewDecision | null
  /** Whether the word of the own office counts by itself. */
  readonly decidesAlone: boolean
  /** When it is shown by itself, has to be shown, or is to be reviewed; `YYYY-MM-DD`. */
  readonly dueOn: string
}

/** Days after which what is held is looked at first, and in which it is shown once nothing stands against it. */
export interface HeldPeriods {
  readonly firstReview: number
  readonly showing: number
}

/** Where a page of the list begins: behind this row. */
export interface HeldPlace {
  readonly dueOn: string
  readonly index: number
}

/** What a review finds, and why: codes, no free text. */
export const FINDINGS = {
  remains: ['task', 'security', 'secrecy', 'no_consent'],
  ended: ['task_done', 'no_danger', 'consent', 'mistaken'],
} as const
export type Finding = keyof typeof FINDINGS
export type HeldReason = (typeof FINDINGS)[Finding][number]

/** What a second person says of a review that found no obstacle. */
export const REVIEW_DECISIONS = ['confirmed', 'refused'] as const
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number]

/** Whose word counts: the body that the data came from or went to, or the register; a delay has nobody. */
export type Decider = 'register' | 'body' | 'nobody'

/** Reasons that each cannot give: consent is a body's to give, and only that lets it be told (AZRG § 34 (3)). */
const NOT_ITS_REASON: Readonly<Record<Decider, readonly HeldReason[]>> = {
  body: ['task_done', 'no_danger'],
  register: ['consent', 'no_consent'],
  nobody: [],
}

/** The reasons for what was found that fit whoever decides. */
export function reasonsOf(finding: Finding, decider: Decider): readonly HeldReason[] {
  const all: readonly HeldReason[] = FINDINGS[finding]
  return all.filter((reason) => !NOT_ITS_REASON[decider].includes(reason))
}

/**
 * What is held is looked at after three months at the latest: the period is ours, no statute names one. Once nothing
 * stands against it, it has to be shown within two weeks (BDSG § 32 (3); SGB X § 82 (4)).
 */
export const PERIODS = { firstReview: 90, showing: 14 } as const
/** So many days ahead a review can be set at most: half a year, as long as most entries live. */
export const MOST_AHEAD = 183

/** An access of the office of which its person must not know yet. */
export interface HeldAccess extends Omit<HeldRow, 'source' | 'recipient' | 'purpose'> {
  readonly source: Party
  readonly recipient: Party
  readonly purpose: Purpose
  readonly citation: string
  readonly decider: Decider
}

/** A review that was noted; it is never changed, and goes with its entry. */
export interface ReviewRow {
  readonly number: number
  readonly finding: Finding
  readonly reason: HeldReason
  readonly day: string
  /** The office whose officer noted it (catalogue number); staff are shown as their office. */
  readonly office: number
  readonly notedAt: Date
}

/** The same with its office. */
export interface NotedReview extends Omit<ReviewRow, 'office'> {
  readonly office: Party
}

/** What a review found, as it was typed. */
export interface HeldReview {
  /** How many reviews the page showed. */
  readonly seen: number
  readonly finding: Finding
  readonly reason: HeldReason
  readonly day: string
}
