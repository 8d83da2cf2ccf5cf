import pg from 'pg'
import { makeRooms } from '../../server/compose/rooms.js'
import { FLAG_RULES, type RuleCode } from '../../server/oversight/flags/rules.js'
import { must } from '../bench/events.js'
import { rounded } from '../bench/figure.js'
import { inFreshPlace } from '../bench/place.js'
import { staffOf } from '../oversight/cited-consents.js'
import { plantMisuse, type Amounts, type Planted } from '../oversight/planting.js'
import type { Audit } from './audit.js'

/** What is planted into so many explained accesses. */
function amountsIn(explained: number): Amounts {
  const of = (share: number, least: number) => Math.max(least, Math.round(explained * share))
  return {
    explained,
    ...{ walkIns: of(0.002, 20), saturdays: of(0.0001, 2) },
    ...{ visitors: of(0.01, 12), invented: of(0.0002, 3) },
    ...{ neighbours: of(0.0002, 4), known: of(0.00004, 1) },
    ...{ exports: 6, exportSize: 300 },
    ...{ nights: of(0.0004, 5), knownNights: of(0.0001, 1) },
    ...{ withdrawn: of(0.0002, 3), prohibited: of(0.0002, 2) },
  }
}

/** What one rule found of what was planted for it, and what else it found. */
interface RuleFigures {
  readonly planted: number
  readonly found: number
  readonly hits: number
  /** Absent where it found nothing, or nothing was planted for it. */
  readonly precision: number | null
  readonly recall: number | null
}

/** Misuse among explained accesses: how much of it each rule finds, and how much else. */
export const misuse: Audit = {
  name: 'misuse',
  count: 1_000_000,
  run: (count) =>
    inFreshPlace(async (place) => {
      const { installation } = place
      const rooms = makeRooms(installation)
      const superuser = new pg.Client(place.adminUrl)
      await superuser.connect()
      try {
        for (const code of ['i.pf.abh', 'i.pf.integrationsmanagement']) {
          const office = must(installation.catalogue.parties.byCode(code)).id
          await staffOf({ installation, rooms }, { name: `dpo-${code}`, role: 'dpo', office })
        }
        await rooms.ledger.tick()
        const filling = performance.now()
        const planted = await plantMisuse({ installation, rooms, superuser }, amountsIn(count))
        await rooms.ledger.tick()
        const began = performance.now()
        // A turn ends in time; one that passes nothing has compared the days.
        while ((await rooms.watching.work()) > 0) continue
        const seconds = (performance.now() - began) / 1000
        const rules = await figuresOf(superuser, planted)
        return {
          // What was flagged when it was recorded is found whole; the rest is judged by its figures.
          isSound: SURE.every((rule) => rules[rule]?.recall === 1 && rules[rule].precision === 1),
          figures: {
            ...{ accesses: planted.total, rules, explained: await explainedShare(superuser) },
            fillSeconds: rounded((began - filling) / 1000),
            judgedPerSecond: rounded(planted.total / seconds),
            peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
          },
        }
      } finally {
        await superuser.end()
      }
    }),
}

const SURE: readonly RuleCode[] = ['prohibited', 'consent_not_valid']

type Asked = Pick<pg.Client, 'query'>

async function figuresOf(
  superuser: Asked,
  { truth }: Planted,
): Promise<Partial<Record<RuleCode, RuleFigures>>> {
  const { rows } = await superuser.query<{ rule: string; leaf: string }>(
    'select rule, leaf_index as leaf from oversight.finding',
  )
  return Object.fromEntries(
    FLAG_RULES.map(({ code }) => {
      const hits = rows.filter(({ rule }) => rule === code).map(({ leaf }) => Number(leaf))
      const found = new Set(hits)
      const groups = truth.get(code) ?? []
      const met = groups.filter((group) => group.some((leaf) => found.has(leaf))).length
      const planted = new Set(groups.flat())
      const right = hits.filter((leaf) => planted.has(leaf)).length
      const precision = share(right, hits.length)
      const recall = share(met, groups.length)
      return [code, { planted: groups.length, found: met, hits: hits.length, precision, recall }]
    }),
  )
}

/** Of nothing there is no share. */
const share = (part: number, whole: number) =>
  whole === 0 ? null : Math.round((1000 * part) / whole) / 1000

async function explainedShare(superuser: Asked): Promise<number> {
  const { rows } = await superuser.query<{ share: string }>(
    `select 1 - sum(unexplained)::numeric
      / sum(duty + consent + open_case + correction + appointment + dealings + emergency + unexplained) as share from oversight.tally`,
  )
  return Math.round(1000 * Number(rows[0]?.share)) / 1000
}
