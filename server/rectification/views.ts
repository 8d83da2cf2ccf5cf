/** Names that are there in every language. */
export const GIVEN_NAMES = ['today', 'week', 'fresh', 'waiting'] as const
export type GivenName = (typeof GIVEN_NAMES)[number]

/** Longest label of one's own (characters). */
export const MOST_LABEL = 40

/** How a view is called: by a given name, or in the words of whoever saved it. */
export type ViewName = { readonly given: GivenName } | { readonly own: string }

/** A filter and an order of the queue that a member of staff keeps. */
export interface SavedView {
  /** From 1 to 12. */
  readonly place: number
  readonly name: ViewName
  /** As the address of the queue has it. */
  readonly query: string
}
