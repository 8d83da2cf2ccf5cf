import { median, quantile, rounded, type Figure } from './figure.js'
import { inFreshPlace, serverSettings } from './place.js'
import { withSenders, type Senders } from './senders.js'

const ROUNDS = 5
const EVENTS = 200
const CROWD = 4

/** How long one access takes from its classification to its commit, alone and among four processes. */
export const appendSingle: Figure = {
  name: 'append_single_p95_ms',
  measure: () =>
    inFreshPlace(async (place) => {
      const { alone, crowd } = await withSenders(place, CROWD, measureBoth)
      return {
        unit: 'ms',
        isRatio: false,
        rounds: alone.map((times) => quantile(times, 0.95)),
        detail: {
          alone: spread(alone),
          fourProcesses: spread(crowd),
          eventsPerProcessAndRound: EVENTS,
          each: 'recorder.prepare and record of one access in a transaction of its own, with its checkpoint',
          ...(await serverSettings(place)),
        },
      }
    }),
}

async function measureBoth(senders: Senders) {
  const task = { side: 'ledger', batches: EVENTS, size: 1 } as const
  const alone: (readonly number[])[] = []
  const crowd: (readonly number[])[] = []
  await senders.run(task, CROWD)
  for (let round = 0; round < ROUNDS; round++) {
    alone.push((await senders.run(task, 1)).milliseconds)
    crowd.push((await senders.run(task, CROWD)).milliseconds)
  }
  return { alone, crowd }
}

/** Median over the rounds of median, 95th and 99th percentile. */
function spread(rounds: readonly (readonly number[])[]): Record<string, number> {
  const at = (share: number) => rounded(median(rounds.map((times) => quantile(times, share))))
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
