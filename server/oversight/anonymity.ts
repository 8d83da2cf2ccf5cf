/** A count, and how many people are behind it. */
export interface Tally {
  readonly key: string
  readonly amount: number
  readonly people: number
}

/** What is published: rounded, or nothing where too few people are behind it. */
export interface Shown {
  readonly key: string
  readonly amount?: number
}

/** A published number; no amount where too few people are behind it. */
export interface PublishedRow {
  readonly period: string
  readonly what: string
  readonly key: string
  readonly amount: number | null
}

/** Counts of fewer people, and counts below it, are published nowhere. */
export const FEWEST = 10
/** Published counts are multiples of it. */
export const UNIT = 10

/** A total and its parts as they are published. */
export interface PublishedTable {
  readonly total: Shown
  readonly parts: readonly Shown[]
}

/**
 * A total and its parts as they may be published: what is small is left out, and so many others with it that
 * every missing part could be any small number, by all that stands beside it. What is left out is decided by
 * what would be published alone, so the choice tells nothing more.
 */
export function published(total: Tally, parts: readonly Tally[]): PublishedTable {
  if (isSmall(total)) return { total: { key: total.key }, parts: parts.map(({ key }) => ({ key })) }
  const left = new Set(parts.filter(isSmall).map(({ key }) => key))
  const others = parts
    .filter(({ key }) => !left.has(key))
    .sort((one, other) => one.amount - other.amount || (one.key < other.key ? -1 : 1))
  for (;;) {
    const table = {
      total: shown(total),
      parts: parts.map((part) => (left.has(part.key) ? { key: part.key } : shown(part))),
    }
    if (isSafe(table)) return table
    const next = others.shift()
    if (next === undefined) return { ...table, total: { key: total.key } }
    left.add(next.key)
  }
}

/** Whether a missing part could be as small as nothing and as large as the largest small number. */
function isSafe({ total, parts }: PublishedTable): boolean {
  const known = parts.flatMap(({ amount }) => (amount === undefined ? [] : [amount]))
  const missing = parts.length - known.length
  if (missing === 0 || total.amount === undefined) return true
  if (missing === 1) return false
  const most = UNIT - 1
  const least = known.reduce((sum, amount) => sum + amount, 0)
  // A part that was left out for the sake of another is no larger than the smallest that stands.
  const bound = Math.min(total.amount + most, ...known.map((amount) => amount + most))
  const restOfMost = total.amount + most - least - (FEWEST - 1)
  const restOfNone = total.amount - least - known.length * most
  return restOfMost >= 0 && restOfNone <= (missing - 1) * bound
}

function isSmall({ amount, people }: Tally): boolean {
  return amount < FEWEST || people < FEWEST
}

/** Rounded down, so that parts never add up to more than their total. */
function shown({ key, amount }: Tally): Shown {
  return { key, amount: Math.floor(amount / UNIT) * UNIT }
}
