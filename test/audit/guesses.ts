import { compose, type Portal } from '../../server/compose.js'
import { loadPages } from '../../server/compose/serve.js'
import { inFreshPlace } from '../bench/place.js'
import type { Audit } from './audit.js'

const LANES = 8
const YEAR = 1990
/** What one network may try in an hour. */
const FROM_ONE_NETWORK = 30

/** Guesses without end: from one network at any code, and from everywhere at the year of one code. */
export const guesses: Audit = {
  name: 'guesses',
  count: 10_000,
  run: (count) =>
    inFreshPlace(async ({ installation }) => {
      const portal = compose(installation, loadPages(false))
      const office = installation.catalogue.parties.byCode('i.pf.abh')?.id ?? 0
      const code = async (value: string) => {
        const way = { kind: 'posted', birthYear: YEAR } as const
        const number = { scheme: 'azr', value } as const
        const order = { way, number, recovery: false, language: 'de' } as const
        const issued = await portal.issuing.issue({ office }, order)
        return issued.kind === 'issued' ? issued.code : ''
      }
      const [right, besieged] = [await code('100000000001'), await code('100000000002')]
      const from = (client: string) => (typed: string, birthYear: number) =>
        outcome(portal, { code: typed, birthYear, client, shared: false })
      const one = from('192.0.2.1')
      const atAny = await many(count, (at) => one(`${at}`.padStart(16, '0'), YEAR))
      const stillOut = await one(right, YEAR)
      const atYears = await many(count, (at) =>
        from(`2001:db8:${(at >> 8).toString(16)}:${(at & 255).toString(16)}::1`)(
          besieged,
          1900 + (at % YEARS),
        ),
      )
      const spent = await from('192.0.2.2')(besieged, YEAR)
      const untouched = await from('192.0.2.2')(right, YEAR)
      const isSound =
        atAny.in === 0 &&
        atAny.wrong === FROM_ONE_NETWORK &&
        stillOut === 'limited' &&
        atYears.in === 0 &&
        spent === 'wrong' &&
        untouched === 'in'
      return { isSound, figures: { guesses: count, atAny, atYears } }
    }),
}

/** Years before the right one, so that no guess is lucky. */
const YEARS = YEAR - 1900

type Outcome = 'in' | 'wrong' | 'limited'

async function outcome(
  { codes }: Portal,
  typed: Parameters<Portal['codes']['redeem']>[0],
): Promise<Outcome> {
  try {
    return (await codes.redeem(typed)) === undefined ? 'wrong' : 'in'
  } catch (error) {
    if ((error as { code?: unknown }).code === 'RATE_LIMIT') return 'limited'
    throw error
  }
}

async function many(
  count: number,
  guess: (at: number) => Promise<Outcome>,
): Promise<Record<Outcome, number>> {
  const sum = { in: 0, wrong: 0, limited: 0 }
  const lane = async (from: number) => {
    for (let at = from; at < count; at += LANES) sum[await guess(at)] += 1
  }
  await Promise.all(Array.from({ length: LANES }, (_, from) => lane(from)))
  return sum
}
