import { createOverview, type Overview } from '../../server/overview/index.js'
import type { ResidentActor } from '../../server/identity/index.js'
import { personOf, PEOPLE } from './events.js'
import { median, quantile, rounded, type Figure } from './figure.js'
import { fillLog, residentOf } from './filled-log.js'
import { ask, inFreshPlace, ledgerOf, serverSettings, type Place } from './place.js'

const ROUNDS = 5
const LOOKS = 200
const ENTRIES = 200_000
const RESIDENTS = 50
const ENTRIES_EACH = 200

/** The two pages that are read most. */
const PAGES = {
  accesses: (overview: Overview, actor: ResidentActor) => overview.accesses(actor, {}, {}),
  home: (overview: Overview, actor: ResidentActor) => overview.home(actor),
} as const
type Page = keyof typeof PAGES

/** How long a resident's own pages take to read in a large log; the figure is the slower page's. */
export const readResident: Figure = {
  name: 'read_resident_p95_ms',
  measure: () =>
    inFreshPlace(async (place) => {
      // Beyond the million, so that nobody else's accesses are theirs.
      const residents = Array.from({ length: RESIDENTS }, (_, at) => personOf(PEOPLE + at))
      await fillLog(place, { entries: ENTRIES, residents, entriesEach: ENTRIES_EACH })
      const times = await read(place, residents.map(residentOf))
      const p95 = (page: Page) => times[page].map((round) => quantile(round, 0.95))
      const slower = median(p95('accesses')) > median(p95('home')) ? 'accesses' : 'home'
      return {
        unit: 'ms',
        isRatio: false,
        rounds: p95(slower),
        detail: {
          figureIs: slower,
          accesses: spread(times.accesses),
          home: spread(times.home),
          ...{ looksPerPageAndRound: LOOKS, entriesPerResident: ENTRIES_EACH },
          ...(await sizes(place)),
          each: 'the use case in its transaction as web_resident, under row-level security; holdings are folded when read, as none are yet',
          ...(await serverSettings(place)),
        },
      }
    }),
}

async function read(
  place: Place,
  actors: readonly ResidentActor[],
): Promise<Record<Page, number[][]>> {
  const { catalogue, clock, config } = place.installation
  const { inTransaction } = place
  const ledger = ledgerOf(place.installation, inTransaction)
  await ledger.tick()
  const keepsHoldings = config.holdings
  const overview = createOverview({ inTransaction, catalogue, ledger, clock, keepsHoldings })
  const times: Record<Page, number[][]> = { accesses: [], home: [] }
  for (let round = 0; round <= ROUNDS; round++) {
    const taken: Record<Page, number[]> = { accesses: [], home: [] }
    for (let look = 0; look < LOOKS; look++) {
      const actor = actors[look % actors.length] as ResidentActor
      for (const page of ['accesses', 'home'] as const) {
        const start = performance.now()
        await PAGES[page](overview, actor)
        taken[page].push(performance.now() - start)
      }
    }
    if (round > 0) for (const page of ['accesses', 'home'] as const) times[page].push(taken[page])
  }
  return times
}

function spread(rounds: readonly (readonly number[])[]): Record<string, number> {
  const at = (share: number) => rounded(median(rounds.map((times) => quantile(times, share))))
  return { p50: at(0.5), p95: at(0.95) }
}

async function sizes({ adminUrl }: Place): Promise<Record<string, number>> {
  const [found] = await ask<Record<string, number>>(
    adminUrl,
    `select (select size from ledger.head) as leaves,
      (select count(*) from overview.access_event) as "visibleEntries",
      (select count(*) from pg_partition_tree('overview.access_event') where isleaf) as partitions`,
  )
  return found ?? {}
}
