import type { FurtherEntry, Wanted } from './statement.js'

/** Reasons of a decision, as blocks that exist in every language; at least one is mandatory. */
export const REASONS = [
  'evidence_shows',
  'register_error',
  'transcription',
  'own_statement',
  'not_disproved',
  'evidence_lacking',
  'evidence_contradicts',
  'entry_is_right',
  'law_wants_entry',
  'not_our_entry',
] as const
export type Reason = (typeof REASONS)[number]

/** Questions to the person, as blocks that exist in every language. */
export const QUESTIONS = [
  'passport_copy',
  'birth_record',
  'marriage_record',
  'name_order',
  'spelling',
  'original_script',
  'which_date',
  'which_record',
  'come_in',
  'more_time',
] as const
export type Question = (typeof QUESTIONS)[number]

/** Why a member of staff opens a case that is not theirs; the person reads it. */
export const OPENING_REASONS = ['stand_in', 'person_asked', 'supervision', 'handing_over'] as const
export type OpeningReason = (typeof OPENING_REASONS)[number]

/** Why a proposal goes back to whoever made it. */
export const RETURN_REASONS = ['evidence', 'outcome', 'reasons', 'value'] as const
export type ReturnReason = (typeof RETURN_REASONS)[number]

/** What a decision says besides its outcome. */
export interface DecisionText {
  readonly reasons: readonly Reason[]
  /** In German, in addition to the reasons; encrypted where it is stored. */
  readonly words?: string
  /** What stands in the register from now on, where the decision corrects it. */
  readonly value?: Wanted
  /** The same for the further fields of the request; a field without one stays as it is. */
  readonly also?: readonly Pick<FurtherEntry, 'field' | 'wanted'>[]
}
