/** How fast one stream may send. */
export interface PaceLimits {
  /** Requests in a second, on average. */
  readonly perSecond: number
  /** Requests at once after a pause. */
  readonly burst: number
}

/** What a stream may send when nothing else is configured. */
export const DEFAULT_PACE: PaceLimits = { perSecond: 50, burst: 100 }

/** Lets a request of a stream pass (0), or says after how many whole seconds to try again. */
export type Pace = (stream: number, now: Date) => number

/** A token bucket for each stream, in memory: one noisy authority slows down itself alone. */
export function createPace(limits: PaceLimits): Pace {
  const buckets = new Map<number, { tokens: number; at: number }>()
  return (stream, now) => {
    const at = now.getTime()
    const bucket = buckets.get(stream) ?? { tokens: limits.burst, at }
    // A clock that was set back must not take tokens away.
    const passed = Math.max(0, at - bucket.at) / 1000
    const tokens = Math.min(limits.burst, bucket.tokens + passed * limits.perSecond)
    const left = tokens >= 1 ? tokens - 1 : tokens
    buckets.set(stream, { tokens: left, at })
    return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / limits.perSecond))
  }
}
