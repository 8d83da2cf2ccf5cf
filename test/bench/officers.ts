import type { Chosen } from '../../server/oversight/index.js'
import { median, quantile, rounded, type Figure, type Finding } from './figure.js'
import { atEachSize, SIZES, type FilledOffice } from './filled-office.js'
import { ask, serverSettings } from './place.js'

const ROUNDS = 5
const LOOKS = 4

/** What officers ask the list of accesses for: everything, each sort of filter, and what hardly anything has. */
const QUESTIONS: Readonly<Record<string, Chosen>> = {
  everything: {},
  received: { side: 'received' },
  party: { party: 'abh' },
  kind: { kind: 'identity' },
  flagged: { flagged: 'yes' },
  withheld: { shown: 'withheld' },
  erased: { operation: 'erase' },
  lastWeek: { from: new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10) },
}

/** How long a page of the list takes at ten million accesses of one office, its count included. */
export const explorerP95: Figure = {
  name: 'explorer_p95_ms',
  measure: () =>
    measured('the first page of each question and one behind the middle of the log', (filled) => {
      const { oversight, actor, size } = filled
      return Object.values(QUESTIONS).flatMap((chosen) => [
        () => oversight.accesses(actor, { chosen }),
        () => oversight.accesses(actor, { chosen, before: Math.floor(size / 2) }),
      ])
    }),
}

/** How long the overview and the cross-table take at ten million accesses of one office. */
export const heatmapP95: Figure = {
  name: 'heatmap_p95_ms',
  measure: () =>
    measured('the cross-table and flows of 30, 90 and 365 days', ({ figures, actor }) =>
      [30, 90, 365].map((days) => () => figures.crossing(actor, days)),
    ),
}

type Act = () => Promise<unknown>

async function measured(
  each: string,
  actsOf: (filled: FilledOffice) => readonly Act[],
): Promise<Finding> {
  let settings = {}
  const found = await atEachSize(async (filled) => {
    settings = await serverSettings(filled.place)
    const times = await takeRounds(actsOf(filled))
    return { times, about: await about(filled, times) }
  })
  const p95 = found.map(({ times }) => times.map((round) => quantile(round, 0.95)))
  const [small = [], large = []] = p95
  return {
    unit: 'ms',
    isRatio: false,
    rounds: large,
    detail: {
      ...{ each, looksPerRound: LOOKS },
      tenfold: rounded(median(large) / median(small)),
      sizes: Object.fromEntries(found.map(({ about }, at) => [SIZES[at], about])),
      filled: 'copies of recorded accesses of one register, all of them of the asking office',
      ...settings,
    },
  }
}

async function takeRounds(acts: readonly Act[]): Promise<number[][]> {
  const rounds: number[][] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const times: number[] = []
    for (let look = 0; look < LOOKS; look++) {
      for (const act of acts) {
        const start = performance.now()
        await act()
        times.push(performance.now() - start)
      }
    }
    if (round > 0) rounds.push(times)
  }
  return rounds
}

async function about({ place, countSeconds }: FilledOffice, rounds: readonly number[][]) {
  const at = (share: number) => rounded(median(rounds.map((times) => quantile(times, share))))
  const [rows] = await ask<{ counts: number }>(
    place.adminUrl,
    'select count(*)::int as counts from oversight.figure',
  )
  return { p50: at(0.5), p95: at(0.95), countSeconds: rounded(countSeconds), ...rows }
}
