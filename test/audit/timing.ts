import { compose } from '../../server/compose.js'
import { loadPages } from '../../server/compose/serve.js'
import { listen } from '../../server/platform/http/listen.js'
import { median, rounded } from '../bench/figure.js'
import { inFreshPlace } from '../bench/place.js'
import type { Audit } from './audit.js'

const LANES = 4
const WRONG_YEAR = 1950
const RIGHT_YEAR = 1990
/** What security.md allows: nobody can tell the two apart from how long an answer takes. */
const FAIR = { least: 0.45, most: 0.55 }

/** How long the answer to a code takes that exists (with a wrong year), and to one that does not. */
export const timing: Audit = {
  name: 'timing',
  count: 400,
  run: (count) =>
    inFreshPlace(async ({ installation }) => {
      // Each guess comes from a network of its own, or thirty would end the run.
      const config = { ...installation.config, trustedProxies: ['127.0.0.1'] }
      const portal = compose({ ...installation, config }, loadPages(false))
      const server = await listen(portal.app, { host: '127.0.0.1', port: 0 })
      const guess = await guesser(`http://127.0.0.1:${server.port}`)
      const office = installation.catalogue.parties.byCode('i.pf.abh')?.id ?? 0
      const known = await codesOf(count, async (value) => {
        const way = { kind: 'posted', birthYear: RIGHT_YEAR } as const
        const order = { way, recovery: false, language: 'de' } as const
        const number = { scheme: 'azr', value } as const
        const issued = await portal.issuing.issue({ office }, { ...order, number })
        return issued.kind === 'issued' ? issued.code : ''
      })
      const unknown = known.map((code) => [...code].reverse().join(''))
      const times = { known: [] as number[], unknown: [] as number[] }
      // In turns, so that whatever slows the machine down slows both.
      const asked = known.flatMap((code, at) => [
        { kind: 'known' as const, code },
        { kind: 'unknown' as const, code: unknown[at] ?? '' },
      ])
      const lane = async (from: number) => {
        for (let at = from; at < asked.length; at += LANES) {
          const { kind, code } = asked[at] as (typeof asked)[number]
          const start = performance.now()
          await guess(code, at)
          times[kind].push(performance.now() - start)
        }
      }
      await Promise.all(Array.from({ length: LANES }, (_, from) => lane(from)))
      await server.close()
      const auc = areaUnder(times.known, times.unknown)
      return {
        isSound: auc >= FAIR.least && auc <= FAIR.most,
        figures: {
          codes: count,
          auc: Math.round(auc * 1_000) / 1_000,
          knownMs: rounded(median(times.known)),
          unknownMs: rounded(median(times.unknown)),
        },
      }
    }),
}

/** Types codes with a wrong year into the form of the sign-in, as a browser sends it. */
async function guesser(url: string): Promise<(code: string, number: number) => Promise<void>> {
  const address = `${url}/de/activate`
  const form = await fetch(address)
  const csrf = /name="csrf" value="([^"]+)"/.exec(await form.text())?.[1] ?? ''
  const cookie = form.headers.getSetCookie().map((one) => one.split(';')[0])
  return async (code, number) => {
    const answer = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams({ csrf, code, year: String(WRONG_YEAR) }),
      headers: {
        cookie: cookie.join('; '),
        'x-forwarded-for': `192.0.${Math.floor(number / 250)}.${1 + (number % 250)}`,
      },
    })
    await answer.text()
    if (answer.status !== 400) throw new Error(`a wrong code was answered ${answer.status}`)
  }
}

async function codesOf(
  count: number,
  issue: (value: string) => Promise<string>,
): Promise<readonly string[]> {
  const codes: string[] = []
  for (let at = 0; at < count; at++) codes.push(await issue(String(100_000_000_000 + at)))
  return codes
}

/** The chance that one of the first takes longer than one of the second (Mann and Whitney); ties are halves. */
function areaUnder(first: readonly number[], second: readonly number[]): number {
  const wins = first.reduce(
    (sum, one) =>
      sum + second.reduce((won, other) => won + (one > other ? 1 : one === other ? 0.5 : 0), 0),
    0,
  )
  return wins / (first.length * second.length)
}
