import type { Field } from '../catalogue/index.js'

/** A block of the office, by its reference; nobody is in it. */
export interface ListedBlock {
  readonly reference: string
  readonly kind: string
  readonly state: string
  readonly filedAt: Date | null
  readonly dueOn: string | null
  readonly fromAt: Date | null
  readonly endedAt: Date | null
  /** The day that the list is sorted by, `YYYY-MM-DD`. */
  readonly place: string
}

/** A block as it was opened, as the database has it. */
export interface OpenedBlockRow extends Omit<ListedBlock, 'place'> {
  readonly subject: string
  readonly field: number | null
  readonly grounds: readonly string[]
  readonly formMetAt: Date | null
  readonly until: string | null
}

/** A block with what tells whose it is: opening it is a look. */
export interface SeenBlock extends Omit<OpenedBlockRow, 'field'> {
  readonly field?: Field
}

/** States in which somebody waits for an answer. */
export const APPLIED_STATES: readonly string[] = ['applied', 'in_review', 'proposed']
/** States in which it is over. */
export const OVER_STATES: readonly string[] = [
  ...['refused', 'withdrawn', 'lifted', 'ended', 'expired'],
]
