import { median, rounded, type Finding } from './figure.js'
import type { Side, Step } from './sides.js'

/** How much is written: rounds of batches, after one round that warms everything up. */
export interface Length {
  readonly rounds: number
  readonly batches: number
  readonly size: number
}

/** Two sides that take turns on one server; who begins changes from round to round. */
export interface Contest extends Length {
  readonly one: Side
  readonly other: Side
}

/** The first side's accesses per second divided by the other's, round by round. */
export async function compare(contest: Contest): Promise<Pick<Finding, 'rounds' | 'detail'>> {
  const { rounds, batches, size } = contest
  const rates = { one: [] as number[], other: [] as number[] }
  for (let round = 0; round <= rounds; round++) {
    const order = round % 2 === 0 ? (['one', 'other'] as const) : (['other', 'one'] as const)
    for (const who of order) {
      const steps = await contest[who].ready(batches, size)
      const seconds = await timed(steps)
      if (round > 0) rates[who].push((batches * size) / seconds)
    }
  }
  return {
    rounds: rates.one.map((rate, round) => rate / (rates.other[round] ?? NaN)),
    detail: {
      perSecond: rounded(median(rates.one)),
      plainPerSecond: rounded(median(rates.other)),
      ...{ batchesPerRound: batches, batchSize: size },
    },
  }
}

/** Seconds that the steps take, one after another. */
export async function timed(steps: readonly Step[]): Promise<number> {
  const start = performance.now()
  for (const step of steps) await step()
  return (performance.now() - start) / 1000
}
