/** What one long run found. */
export interface Found {
  /** Whether everything that must hold has held. */
  readonly isSound: boolean
  readonly figures: Readonly<Record<string, unknown>>
}

/** A long run of `npm run audit`. */
export interface Audit {
  readonly name: string
  /** How often when nothing is said: kills, requests or seconds. */
  readonly count: number
  /** `only` narrows a run to what has one of these words, parted by commas, in its name; runs without parts ignore it. */
  run(count: number, only?: string): Promise<Found>
}
