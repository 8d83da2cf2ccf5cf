import type { State } from './rules.js'

/** Filters of the queue, in the order of their form. */
export const QUEUE_FIELDS = ['state', 'category', 'language', 'who', 'due', 'evidence'] as const
export type QueueField = (typeof QUEUE_FIELDS)[number]

/** Whose cases; `gone` are those of people who no longer work at the office. */
export const WHO = ['me', 'nobody', 'gone'] as const

/** How soon cases are due. */
export const DUE = ['over', 'week'] as const

/** Whether a person named evidence. */
export const EVIDENCE_NAMED = ['with', 'without'] as const

/** Orders of the queue, the usual one first: due day, day of filing, kind of data. */
export const ORDERS = ['due', 'filed', 'kind'] as const
export type Order = (typeof ORDERS)[number]

/** Which cases of an office are asked for. */
export interface QueueFilter {
  readonly states?: readonly State[]
  /** Catalogue numbers. */
  readonly fields?: readonly number[]
  readonly language?: string
  readonly assignee?: 'nobody' | 'gone' | { readonly staff: string }
  /** Due before this day, `YYYY-MM-DD`. */
  readonly dueBefore?: string
  readonly hasEvidence?: boolean
}

/** Where a page of the queue begins: behind this case, in one of the orders. */
export type QueuePlace = { readonly request: string } & (
  | { readonly order: 'due'; readonly dueOn: string }
  | { readonly order: 'filed'; readonly filedAt: Date }
  | { readonly order: 'kind'; readonly field: number; readonly dueOn: string }
)

/** Stands for the day of cases whose clock does not run yet: they come last. */
export const NEVER = '9999-12-31'

/** The queue as an address asks for it: what was understood, for the form, and what it means. */
export interface QueueQuery {
  readonly given: Readonly<Partial<Record<QueueField, string>>>
  readonly filter: QueueFilter
  readonly order: Order
  readonly after?: QueuePlace
}

/** A place as an address has it. */
export function placeText(place: QueuePlace): string {
  switch (place.order) {
    case 'due':
      return `${place.dueOn}.${place.request}`
    case 'filed':
      return `${place.filedAt.getTime()}.${place.request}`
    case 'kind':
      return `${place.field}.${place.dueOn}.${place.request}`
  }
}

/** What an address needs to ask the same again: the filters, and an order that is not the usual one. */
export function askedAgain({
  given,
  order,
}: Pick<QueueQuery, 'given' | 'order'>): Record<string, string> {
  return { ...given, ...(order === 'due' ? {} : { order }) }
}
