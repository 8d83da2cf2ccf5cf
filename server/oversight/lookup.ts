/** Kinds of numbers under which offices know people. */
export const SCHEMES = ['azr', 'idnr', 'local'] as const
/** Why an officer searches by the number of a person; no free text. */
export const LOOKUP_REASONS = ['complaint', 'access', 'suspicion'] as const
export type LookupReason = (typeof LOOKUP_REASONS)[number]

/** Hours within which whoever searched can open what was found. */
export const LOOKUP_HOURS = 24
/** Accesses that the page of a search shows; the report on the person has all. */
export const LOOKUP_SHOWN = 30

/** A search as lists show it: neither the number nor the person. */
export interface LookupRow {
  readonly reference: string
  readonly office: number
  readonly reason: LookupReason
  readonly askedAt: Date
  /** Whether whoever reads it searched, and can open it. */
  readonly isOpen: boolean
}
