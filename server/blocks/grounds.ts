import type { Kind } from './rules.js'

/** Why somebody applies, as codes that exist in every language (AZRG-DV § 7 (2); GDPR Articles 18 (1), 21 (1)). */
export const GROUNDS = {
  transmission: ['life', 'health', 'freedom', 'others', 'other'],
  information: ['life', 'health', 'freedom', 'others', 'other'],
  restriction: ['contested', 'unlawful', 'claims', 'objecting'],
  objection: ['safety', 'family', 'sickness', 'work', 'other'],
} as const satisfies Readonly<Record<Kind, readonly string[]>>
export type Ground = (typeof GROUNDS)[Kind][number]

/** A ground that says nothing by itself: words must. */
export const UNSAID: Ground = 'other'
/** A danger to others as well: then the block is not one person's alone. */
export const OTHERS: Ground = 'others'

/** The form that the law wants, and how it was met. */
export const FORMS = ['letter', 'record'] as const
export type Form = (typeof FORMS)[number]

/** Why an office refuses; every one has remedies. */
export const REFUSALS = [
  'no_danger',
  'evidence_lacking',
  'not_covered',
  'not_held',
  'overriding',
  'law_orders',
] as const
export type RefusalReason = (typeof REFUSALS)[number]

/** Why data are to go out in spite of a block (AZRG § 4 (3)). */
export const TRANSFER_REASONS = ['own_interest', 'others_life', 'duty', 'court'] as const
export type TransferReason = (typeof TRANSFER_REASONS)[number]

/** Why a hearing would defeat the purpose (AZRG § 4 (4)). */
export const UNHEARD_REASONS = ['purpose', 'danger', 'evidence'] as const
export type UnheardReason = (typeof UNHEARD_REASONS)[number]

/** Why an office means to end a block by itself (AZRG-DV § 7 (8)). */
export const ENDING_REASONS = ['danger_over', 'settled', 'claims_over', 'wrongly_granted'] as const
export type EndingReason = (typeof ENDING_REASONS)[number]

/** What comes of a hearing before a transfer. */
export const RESULTS = ['sent', 'not_sent'] as const
export type TransferResult = (typeof RESULTS)[number]

/** What a person says when they are heard. */
export const ANSWERS = ['agrees', 'objects'] as const
export type HearingAnswer = (typeof ANSWERS)[number]

/** Longest free text, in characters. */
export const MOST_WORDS = 1_000
/** Open applications of one person: more would hide the ones that matter. */
export const MOST_OPEN = 10
/** How long a person has to answer, at least and as the form proposes (days). */
export const LEAST_HEARING_DAYS = 7
export const HEARING_DAYS = 14
/** Within how many days what nobody was heard about is shown to the person, at the latest. */
export const MOST_HIDDEN_DAYS = 183
/** Days before its end on which the person hears of it. */
export const ENDS_SOON_DAYS = 30

/** Codes as an event keeps them: groups behind each other, items with commas. */
export function detailOf(...groups: readonly (readonly string[])[]): string {
  return groups.map((items) => items.join(',')).join(' ')
}

/** The groups of a detail. */
export function groupsIn(detail: string | undefined): readonly (readonly string[])[] {
  return (detail ?? '').split(' ').map((items) => (items === '' ? [] : items.split(',')))
}
