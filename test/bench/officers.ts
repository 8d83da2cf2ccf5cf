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

/** What is asked of a filled office, and how the figure says so. */
interface Reading {
  readonly each: string
  readonly actsOf: (filled: FilledOffice) => readonly Act[]
}

const LIST: Reading = {
  each: 'the first page of each question and one behind the middle of the log',
  actsOf: ({ oversight, actor, size }) =>
    Object.values(QUESTIONS).flatMap((chosen) => [
      () => oversight.accesses(actor, { chosen }),
      () => oversight.accesses(actor, { chosen, before: Math.floor(size / 2) }),
    ]),
}

const CROSSING: Reading = {
  each: 'the cross-table and flows of 30, 90 and 365 days',
  actsOf: ({ figures, actor }) => [30, 90, 365].map((days) => () => figures.crossing(actor, days)),
}

/** How long a page of the list takes at ten million accesses of one office, its count included. */
export const explorerP95: Figure = {
  name: 'explorer_p95_ms',
  measure: async () => (await measured()).list,
}

/** How long the overview and the cross-table take at ten million accesses of one office. */
export const heatmapP95: Figure = {
  name: 'heatmap_p95_ms',
  measure: async () => (await measured()).crossing,
}

type Act = () => Promise<unknown>

let both: Promise<{ list: Finding; crossing: Finding }> | undefined

/** Both figures are read from the same log: filling and counting it takes most of an hour. */
function measured() {
  both ??= measure()
  return both
}

async function measure() {
  let settings = {}
  const found = await atEachSize(async (filled) => {
    settings = await serverSettings(filled.place)
    return {
      list: await read(LIST, filled),
      crossing: await read(CROSSING, filled),
    }
  })
  return {
    list: findingOf(
      LIST,
      found.map(({ list }) => list),
      settings,
    ),
    crossing: findingOf(
      CROSSING,
      found.map(({ crossing }) => crossing),
      settings,
    ),
  }
}

async function read({ actsOf }: Reading, filled: FilledOffice) {
  const times = await takeRounds(actsOf(filled))
  return { times, about: await about(filled, times) }
}

type Read = Awaited<ReturnType<typeof read>>

function findingOf({ each }: Reading, found: readonly Read[], settings: object): Finding {
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
