/** What one room keeps of one person, for a copy of everything: read piece by piece, so that size costs no memory. */
export interface Section<Actor> {
  /** Its name in the copy. */
  readonly name: string
  /** Tables whose rows of the person it hands over; a test compares them with the schema. */
  readonly tables: readonly string[]
  /** Plain values that JSON can write; a failure ends the copy, which is then visibly cut off. */
  items(actor: Actor): AsyncIterable<object>
}
