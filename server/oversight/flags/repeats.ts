import { flagRule, REPEAT_DAYS } from './rules.js'

/** A look at a person: its place in the log and its time. Both orders differ, because deliveries come late. */
export interface PersonLook {
  readonly index: number
  readonly occurredAt: Date
}

const SPAN_MS = REPEAT_DAYS * 86_400_000

/**
 * The looks with which somebody has been looked up so often within the days of the rule that it is found, each with
 * how often; again when it is twice as often, and so on. `looks` are those of one person in the order of the log.
 */
export function repeatedLooks(looks: readonly PersonLook[]): ReadonlyMap<number, number> {
  const { threshold: every = Infinity } = flagRule('repeated')
  const found = new Map<number, number>()
  const levels: { readonly at: number; readonly level: number }[] = []
  const times: number[] = []
  for (const { index, occurredAt } of looks) {
    const at = occurredAt.getTime()
    times.push(at)
    const count = mostAround(times, at)
    const level = Math.floor(count / every)
    const known = levels.filter((one) => Math.abs(one.at - at) <= SPAN_MS)
    if (level > known.reduce((most, one) => Math.max(most, one.level), 0)) found.set(index, count)
    levels.push({ at, level })
  }
  return found
}

/** How many of the times lie within one span with the given one, whichever span holds the most. */
function mostAround(times: readonly number[], at: number): number {
  const near = times
    .filter((one) => Math.abs(one - at) <= SPAN_MS)
    .sort((one, other) => one - other)
  const starts = near.filter((one) => one <= at)
  return starts.reduce(
    (most, start) =>
      Math.max(most, near.filter((one) => one >= start && one <= start + SPAN_MS).length),
    0,
  )
}
