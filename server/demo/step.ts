import type { ActName } from './acts.js'
import type { CitedConsent } from './consents/story.js'
import type { Place } from './places.js'

/** What makes an act depart from its flow, or be told more carefully. */
export interface Twist {
  /** Offices of this place act, not those of the person's home on the day. */
  readonly place?: Place
  /** The office ends what it stored. */
  readonly erased?: true
  /** A field beyond what the flow allows: the access is flagged. */
  readonly beyond?: string
  /** Cites a consent that nobody gave: the access is flagged. */
  readonly consent?: true
  /** Cites a consent that the person gave; it may be over by then. */
  readonly cites?: CitedConsent
  /** The reporter asks for a review before it is shown (AZRG § 34 (2)). */
  readonly review?: true
  /** The reporter asks to hold it back until this many days from today. */
  readonly heldFor?: number
}

/** An act on one day, or again and again; days count back from today, so that 1 is yesterday. */
export interface Step extends Twist {
  readonly act: ActName
  readonly from: number
  readonly to: number
  readonly every: number
}

/** What happens to a person, in the order in which it is told. */
export type Course = readonly Step[]

/** An act on one day. */
export function on(day: number, act: ActName, twist: Twist = {}): Step {
  return { act, from: day, to: day, every: 1, ...twist }
}

/** An act from one day on, every so many days, until another. */
export function every(days: number, act: ActName, span: { from: number; to: number }): Step {
  return { act, every: days, ...span }
}
