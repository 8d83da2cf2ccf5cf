/** The time, given and not taken, so that tests and the demonstration can travel. */
export interface Clock {
  /** Now, as an instant. */
  now(): Date
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands until it is moved. */
export interface TravellingClock extends Clock {
  moveTo(instant: Date): void
}

/** Makes a clock that stands at `start` until it is moved. */
export function travellingClock(start: Date): TravellingClock {
  let current = start.getTime()
  return {
    now: () => new Date(current),
    moveTo: (instant) => {
      current = instant.getTime()
    },
  }
}
