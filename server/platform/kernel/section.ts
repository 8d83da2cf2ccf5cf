/**
 * How a value is told to people: `plain` as it stands (own words, numbers, references), `inner` only to programs,
 * a text pattern (`room:group.*`, the star being the value; of several the first that has a text), or the name of a
 * sort of term that the copy explains.
 */
export type Sense = string | readonly string[]

/** By path inside an item, places in lists left out (`events.by`); a path counts for everything below it. */
export type Senses = Readonly<Record<string, Sense>>

/** A column with the paths of its values, and its share of the line. */
export interface Column {
  readonly paths: readonly string[]
  readonly share: number
}

/** What one room keeps of one person, for a copy of everything: read piece by piece, so that size costs no memory. */
export interface Section<Actor> {
  /** Its name in the copy. */
  readonly name: string
  /** Tables whose rows of the person it hands over; a test compares them with the schema. */
  readonly tables: readonly string[]
  /** Plain values that JSON can write; a failure ends the copy, which is then visibly cut off. */
  items(actor: Actor): AsyncIterable<object>
  readonly senses: Senses
  /** Where items are many and alike: the columns of their table on paper. */
  readonly columns?: readonly Column[]
  /** Whether an item belongs on paper; absent where each does. What changes with every visit does not. */
  lasts?(item: object): boolean
  /** Whether it has no chapter on paper. */
  readonly isForPrograms?: true
}
