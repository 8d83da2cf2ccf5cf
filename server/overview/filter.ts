import type { Field, Operation, Party, Purpose } from '../catalogue/index.js'

/** Stretches of time that a list of accesses can be cut to, in days. */
export const SPANS = { month: 30, quarter: 91, year: 365 } as const
export type Span = keyof typeof SPANS

/** What a resident wants to see of the log; absent parts leave it open. */
export interface AccessFilter {
  /** The office that acted; a kind of authority means all of its offices. */
  readonly office?: Party
  readonly purpose?: Purpose
  readonly field?: Field
  readonly operation?: Operation
  /** The last days, or one month as `YYYY-MM`. */
  readonly period?: { readonly span: Span } | { readonly month: string }
  /** Only accesses that break a rule. */
  readonly flagged?: true
}

/** Where a page of the log begins: below or above a leaf index; the newest page without either. */
export interface AccessCursor {
  readonly before?: number
  readonly after?: number
}
