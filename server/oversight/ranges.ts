/** So many leaves are described together. */
export const STRETCH = 16_384

/** How many leaves one request looks through at most, and how many stretches it counts in. */
export const REACH = { leaves: 16 * STRETCH, counted: 4 } as const

/** Leaves from `bottom` on, below `top`. */
export interface Range {
  readonly bottom: number
  readonly top: number
  /** At most so many accesses of the office are in it. */
  readonly amount: number
}

/** What is appended while somebody looks belongs to the newest range. */
const OPEN = Number.MAX_SAFE_INTEGER

/**
 * Where accesses can be, newest first: what is not described yet, cut into stretches of which nothing is known,
 * then the described stretches that can hold what is asked for.
 */
export function rangesBelow(
  from: { readonly top: number; readonly isNewest: boolean },
  described: number,
  stretches: readonly { readonly number: number; readonly amount: number }[],
): readonly Range[] {
  const ranges: Range[] = from.isNewest ? [{ bottom: from.top, top: OPEN, amount: 0 }] : []
  for (let end = from.top; end > described;) {
    const bottom = Math.max(described, (Math.ceil(end / STRETCH) - 1) * STRETCH)
    ranges.push({ bottom, top: end, amount: end - bottom })
    end = bottom
  }
  const known = Math.min(from.top, described)
  for (const { number, amount } of stretches) {
    const bottom = number * STRETCH
    const top = Math.min(known, bottom + STRETCH)
    if (bottom < top) ranges.push({ bottom, top, amount: Math.min(amount, top - bottom) })
  }
  return ranges
}

/** The newest ranges that hold at least so many accesses together, as far as so many leaves go; at least one. */
export function firstOf(
  ranges: readonly Range[],
  amount: number,
  leaves: number,
): readonly Range[] {
  const taken: Range[] = []
  for (const range of ranges) {
    const isEnough = amountOf(taken) >= amount || leavesOf([...taken, range]) > leaves
    if (taken.length > 0 && isEnough) break
    taken.push(range)
  }
  return taken
}

/** How many accesses of the office they hold at most. */
export function amountOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { amount }) => sum + amount, 0)
}

/** How many leaves they have; what is appended meanwhile counts as none. */
export function leavesOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { bottom, top }) => sum + (top === OPEN ? 0 : top - bottom), 0)
}

/** Some of them, spread evenly from the first to the last. */
export function spreadOver(ranges: readonly Range[], most: number): readonly Range[] {
  if (ranges.length <= most) return ranges
  const step = (ranges.length - 1) / (most - 1)
  const places = Array.from({ length: most }, (_, at) => Math.round(at * step))
  return ranges.filter((_, at) => places.includes(at))
}
