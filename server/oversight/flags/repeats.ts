import { flagRule, REPEAT_DAYS } from './rules.js'

/** A look at a person: its place in the log and its time. Both orders differ, because deliveries come late. */
export interface PersonLook {
  readonly index: number
  readonly occurredAt: Date
}

const SPAN_MS = REPEAT_DAYS * 86_400_000
/** Of a person looked up more often the latest looks count: each is compared with every other. */
const MOST_LOOKS = 1_000

/**
 * The looks with which somebody has been looked up so often within the days of the rule that it is found, each with
 * how often; again when it is twice as often, and so on. `looks` are those of one person in the order of the log.
 */
export function repeatedLooks(
  looks: readonly PersonLook[],
  every = flagRule('repeated').threshold ?? Infinity,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  const levels: { readonly at: number; readonly level: number }[] = []
  const times: number[] = []
  for (const { index, occurredAt } of looks.slice(-MOST_LOOKS)) {
    const at = occurredAt.getTime()
    insertSorted(times, at)
    const count = mostAround(times, at)
    const level = Math.floor(count / every)
    const known = levels.filter((one) => Math.abs(one.at - at) <= SPAN_MS)
    if (level > known.reduce((most, one) => Math.max(most, one.level), 0)) found.set(index, count)
    levels.push({ at, level })
  }
  return found
}

/** Puts a time into its place among sorted ones: nothing is sorted anew for each look. */
function insertSorted(times: number[], at: number): void {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  times.splice(low, 0, at)
}

/** How many of the sorted times lie within one span with the given one, whichever span holds the most. */
function mostAround(times: readonly number[], at: number): number {
  let most = 0
  let end = 0
  for (let start = 0; start < times.length; start++) {
    const first = times[start] ?? 0
    if (first > at) return most
    if (first < at - SPAN_MS) continue
    while (end < times.length && (times[end] ?? 0) <= first + SPAN_MS) end += 1
    most = Math.max(most, end - start)
  }
  return most
}
