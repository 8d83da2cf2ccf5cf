/** What one file of a paper holds of a chapter: its items from `from` on, up to `until`. */
export interface Share {
  readonly from: number
  readonly until: number
}

/** How many files so many items of all chapters need; one where there are none. */
export function filesFor(counts: readonly number[], most: number): number {
  return Math.max(1, Math.ceil(sum(counts) / most))
}

/**
 * What a file holds of each chapter, whose items follow each other through all files; nothing of those that stand
 * in other files. A chapter without items says so in one file alone.
 */
export function sharesIn(
  counts: readonly number[],
  { part, most }: { readonly part: number; readonly most: number },
): readonly (Share | undefined)[] {
  const begin = (part - 1) * most
  const last = filesFor(counts, most)
  return counts.map((count, place) => {
    const before = sum(counts.slice(0, place))
    const from = Math.max(begin - before, 0)
    const until = Math.min(begin + most - before, count)
    const home = Math.min(Math.floor(before / most) + 1, last)
    const isHere = count === 0 ? home === part : from < until
    return isHere ? { from, until } : undefined
  })
}

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
