import pg from 'pg'
import type { RuleCode } from '../../server/oversight/flags/rules.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { staffOf } from './cited-consents.js'
import { plantMisuse, type Planted } from './planting.js'

let app: TestApp
let superuser: pg.Client
let planted: Planted

const AMOUNTS = {
  ...{ explained: 3000, walkIns: 40, saturdays: 2, neighbours: 4, known: 1 },
  ...{ visitors: 12, invented: 3 },
  ...{ exports: 2, exportSize: 60, nights: 5, knownNights: 1, withdrawn: 3, prohibited: 2 },
}

beforeAll(async () => {
  app = await startTestApp()
  superuser = new pg.Client(app.adminUrl)
  await superuser.connect()
  const { installation, portal } = app
  const { parties } = installation.catalogue
  for (const code of ['i.pf.abh', 'i.pf.integrationsmanagement']) {
    const office = parties.byCode(code)?.id ?? 0
    await staffOf({ installation, rooms: portal }, { name: `dpo-${code}`, role: 'dpo', office })
  }
  planted = await plantMisuse({ installation, rooms: portal, superuser }, AMOUNTS)
  await portal.ledger.tick()
  await portal.watching.work()
}, 120_000)

afterAll(async () => {
  await superuser?.end()
  await app?.close()
})

async function foundBy(rule: RuleCode): Promise<readonly number[]> {
  const { rows } = await superuser.query<{ leaf_index: string }>(
    'select leaf_index from oversight.finding where rule = $1 order by leaf_index',
    [rule],
  )
  return rows.map(({ leaf_index: index }) => Number(index))
}

/** How many groups of planted leaves a rule found, and how many of its findings are none of them. */
async function hits(rule: RuleCode): Promise<{ found: number; other: number }> {
  const groups = planted.truth.get(rule) ?? []
  const known = new Set(groups.flat())
  const found = await foundBy(rule)
  return {
    found: groups.filter((group) => group.some((leaf) => found.includes(leaf))).length,
    other: found.filter((leaf) => !known.has(leaf)).length,
  }
}

describe('misuse among explained accesses', () => {
  it.each([
    // A neighbour who is a customer as well, and a customer looked up at night, are explained: nothing can tell.
    ['repeated', { found: 3, other: 0 }],
    ['volume', { found: 2, other: 0 }],
    ['off_hours', { found: 4, other: 2 }],
    ['consent_not_valid', { found: 3, other: 0 }],
    ['prohibited', { found: 2, other: 0 }],
    // Whoever walks in has no case either, which is why this rule weighs least.
    ['no_case', { found: 18 + 120 + 4 + 3, other: 42 }],
    ['purpose_mix', { found: 0, other: 0 }],
    ['after_close', { found: 0, other: 0 }],
    ['beyond_purpose', { found: 0, other: 0 }],
  ] as const)('is found by %s', async (rule, expected) => {
    expect(await hits(rule)).toEqual(expected)
  })

  it('leaves what is explained alone, and counts it', async () => {
    const { rows } = await superuser.query<Record<string, number>>(
      `select sum(duty)::int as duty, sum(consent)::int as consent, sum(dealings)::int as dealings,
        sum(appointment)::int as appointment, sum(unexplained)::int as unexplained from oversight.tally`,
    )
    const { explained, prohibited, withdrawn, visitors, invented } = AMOUNTS
    const unexplained = 40 + 2 + 18 + 120 + 4 + prohibited + withdrawn + invented
    expect(rows).toEqual([
      {
        duty: explained * 0.6,
        dealings: explained * 0.4 + 6 + 1,
        consent: withdrawn,
        // Told of before: told of afterwards explains nothing.
        appointment: visitors,
        unexplained,
      },
    ])
    expect(planted.total).toBe(explained + 6 + 1 + withdrawn + visitors + unexplained)
  })

  it('is found once, however often the rules read the log', async () => {
    const before = await superuser.query('select count(*) from oversight.finding')
    expect(await app.portal.watching.work()).toBe(0)
    await superuser.query('update oversight.watch set below = 0, judged_day = null')
    await app.portal.watching.work()
    expect((await superuser.query('select count(*) from oversight.finding')).rows).toEqual(
      before.rows,
    )
  })
})
