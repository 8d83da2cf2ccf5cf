import type { State } from './rules.js'

/** Filters of the queue, in the order of their form. */
export const QUEUE_FIELDS = ['state', 'category', 'language', 'who', 'due'] as const
export type QueueField = (typeof QUEUE_FIELDS)[number]

/** Whose cases. */
export const WHO = ['me', 'nobody'] as const

/** How soon cases are due. */
export const DUE = ['over', 'week'] as const

/** Which cases of an office are asked for. */
export interface QueueFilter {
  readonly states?: readonly State[]
  /** Catalogue numbers. */
  readonly fields?: readonly number[]
  readonly language?: string
  readonly assignee?: 'nobody' | { readonly staff: string }
  /** Due before this day, `YYYY-MM-DD`. */
  readonly dueBefore?: string
}

/** Where a page of the queue begins: behind this case, in order of the day it is due. */
export interface QueuePlace {
  /** `YYYY-MM-DD`, or the word for those whose clock does not run. */
  readonly dueOn: string
  readonly request: string
}
