import { cpus, loadavg } from 'node:os'

/** What one measurement found: a ratio of two sides of one run, or a value with its unit. */
export interface Finding {
  readonly unit: string
  /** One number per round; the figure is their median. */
  readonly rounds: readonly number[]
  /** Whether the numbers compare two sides. */
  readonly isRatio: boolean
  /** Everything that a reader needs to judge the number. */
  readonly detail: Readonly<Record<string, unknown>>
}

/** A figure that `npm run bench` prints. */
export interface Figure {
  readonly name: string
  measure(): Promise<Finding>
}

/** The line of a figure: its median, the range of its rounds, and how busy the machine was. */
export function lineOf(name: string, { unit, rounds, isRatio, detail }: Finding): string {
  const value = rounded(median(rounds))
  return JSON.stringify({
    figure: name,
    ...(isRatio ? { ratio: value } : { value }),
    unit,
    n: rounds.length,
    min: rounded(Math.min(...rounds)),
    max: rounded(Math.max(...rounds)),
    detail: { ...detail, cores: cpus().length, load: rounded(loadavg()[0] ?? 0) },
  })
}

/** The middle of the numbers; between the two middle ones where their count is even. */
export function median(numbers: readonly number[]): number {
  return (quantile(numbers, 0.5) + quantile(numbers, 0.5, 'above')) / 2
}

/** The smallest number that this share of them does not exceed (nearest rank). */
export function quantile(
  numbers: readonly number[],
  share: number,
  side: 'below' | 'above' = 'below',
): number {
  const sorted = [...numbers].sort((one, other) => one - other)
  const rank = share * sorted.length
  const at = side === 'below' ? Math.ceil(rank) - 1 : Math.floor(rank)
  const found = sorted[Math.min(Math.max(at, 0), sorted.length - 1)]
  if (found === undefined) throw new Error('nothing was measured')
  return found
}

/** A number as it is printed: four significant digits. */
export function rounded(number: number): number {
  return Number(number.toPrecision(4))
}
