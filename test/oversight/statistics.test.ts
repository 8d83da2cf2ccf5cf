import fc from 'fast-check'
import { FEWEST, published, UNIT, type Tally } from '../../server/oversight/anonymity.js'
import { monthsOn, quartersOn } from '../../server/oversight/edition.js'
import { countMonth } from '../../server/oversight/store/statistics.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { REFUSED } from '../platform/answers.js'
import { startTestApp } from '../support/app.js'
import { commits, says } from '../support/past.js'

let room: Room
let month: string

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  for (let number = 0; number < 12; number++) await room.accesses(stranger(number), 2)
  await room.accesses(stranger(0), 3, { operation: 'query' })
  // German, as the portal counts: in the last hour of a month it is the next one already.
  const { rows } = await room.superuser.query<{ month: string }>(
    `select to_char(max(occurred_at) at time zone 'Europe/Berlin', 'YYYY-MM-01') as month from overview.access_event`,
  )
  month = rows[0]?.month ?? ''
}, 90_000)

afterAll(() => room?.close())

/** Somebody without an account, whom offices know. */
const stranger = (number: number) => ({ number: String(333_333_333_000 + number) }) as Person

const WORKER = { login: 'worker', role: 'worker' } as const

/** Everything of a month that is counted, read in windows of so many leaves. */
const counts = (window?: number) => {
  const { fields } = room.app.installation.catalogue
  const wanted = [
    { what: 'accesses', key: '' },
    ...['1', '2', '3', '4'].map((key) => ({ what: 'operation', key })),
    ...[...new Set(fields.all.map(({ category }) => category))].map((key) => ({
      ...{ what: 'kind', key },
    })),
  ]
  const how = { wanted, ...(window === undefined ? {} : { window }) }
  return room.app.portal.inTransaction(WORKER, (trx) => countMonth(trx, month, how))
}

/** The same in one statement over the whole log, as it was counted before. */
async function atOnce(): Promise<readonly object[]> {
  const { rows } = await room.superuser.query<{ what: string; key: string }>(
    `with known as (
        select subject, min(account::text) as account from identity.account_subject group by subject
      ), kinds as (
        select id, definition ->> 'category' as kind from catalogue.term where kind = 'field'
      ), entry as materialized (
        select leaf_index, operation, coalesce(known.account, event.subject::text) as person, fields
          from overview.access_event event left join known using (subject)
          where occurred_at >= ($1::date + interval '0') at time zone 'Europe/Berlin'
            and occurred_at < ($1::date + interval '1 month') at time zone 'Europe/Berlin'
      )
      select 'accesses' as what, '' as key, count(*)::int as amount, count(distinct person)::int as people from entry
      union all
      select 'operation', operation::text, count(*)::int, count(distinct person)::int from entry group by operation
      union all
      select 'kind', kinds.kind, count(distinct leaf_index)::int, count(distinct person)::int
        from entry cross join lateral unnest(entry.fields) field (id) join kinds on kinds.id = field.id
        group by kinds.kind`,
    [month],
  )
  return rows
}
const fetched = async (path: string) => (await fetch(`${room.app.url}${path}`)).text()

describe('statistics for everybody', () => {
  it('say that nothing is published before a period is over', async () => {
    expect(await room.app.portal.statistics.publish()).toBeGreaterThanOrEqual(0)
    expect(await fetched('/statistics/accesses.csv')).not.toContain(`${month.slice(0, 7)},`)
    expect(await fetched('/de/statistics')).toContain('Zahlen für alle')
  })

  it('do not change by what is withheld', async () => {
    const before = await counts()
    await room.accesses(stranger(1), 5, { disclosure: 'withheld' })
    await room.accesses(stranger(20), 30, { disclosure: 'withheld' })
    expect(await counts()).toEqual(before)
  })

  it('count the numbers of one person once', async () => {
    const before = await counts()
    const { enrolment } = room.app.portal
    const numbers = [30, 31].map((one) => ({ scheme: 'azr', value: stranger(one).number }) as const)
    for (const { value } of numbers) await room.accesses({ number: value } as Person, 1)
    const people = async () =>
      Number((await counts()).find(({ what }) => what === 'accesses')?.people)
    const [{ people: first = 0 } = {}] = before
    expect(await people()).toBe(first + 2)
    await enrolment.createDemoAccount({ name: 'of-two', language: 'ar', numbers })
    expect(await people()).toBe(first + 1)
  })

  it('are the same, however small the windows are in which a month is read', async () => {
    const all = (await counts()).filter(({ amount }) => amount > 0)
    expect(all.length).toBeGreaterThan(2)
    expect(new Set(all)).toEqual(new Set(await atOnce()))
    expect(await counts(3)).toEqual(await counts())
  })

  it('show the worker counts alone: nobody whom they were made of', async () => {
    const worker = { who: ['worker', 'worker'] as const, settings: {} }
    const { owner } = room.app.installation.roles
    const read = `select overview.read_month('${month}', 0, 9)`
    const planted = [
      'create temporary table month_entry (person uuid, operation smallint, fields smallint[])',
      'create temporary table month_person (subject uuid, account uuid)',
      `grant all on month_entry, month_person to ${owner}`,
      read,
    ]
    expect(await commits(room, worker, ['select overview.begin_month()', read])).toBe('done')
    for (const table of ['month_entry', 'month_person']) {
      const asked = ['select overview.begin_month()', `select from pg_temp.${table}`]
      expect(await commits(room, worker, asked)).toBe(REFUSED)
    }
    for (const statements of [planted, [read]]) {
      expect(await commits(room, worker, statements)).toBe(REFUSED)
    }
  })

  it('are published once, rounded, and small numbers stand nowhere', async () => {
    const { clock, portal } = room.app
    clock.moveTo(new Date(clock.now().getTime() + 45 * 86_400_000))
    await room.superuser.query(
      'alter function overview.read_month(date, bigint, bigint) rename to broken_for_now',
    )
    const quarters =
      "select count(*)::int as count from oversight.published where period like '%Q%'"
    await expect(portal.statistics.publish()).rejects.toThrow('some pieces of a job failed')
    expect(
      (await room.superuser.query<{ count: number }>(quarters)).rows[0]?.count,
    ).toBeGreaterThan(0)
    await room.superuser.query(
      'alter function overview.broken_for_now(date, bigint, bigint) rename to read_month',
    )
    expect(await portal.statistics.publish()).toBeGreaterThan(0)
    const first = await fetched('/statistics/accesses.csv')
    expect(first).toContain(`\r\n${month.slice(0, 7)},accesses,"",20\r\n`)
    expect(first).toContain(`${month.slice(0, 7)},kind,"health",\r\n`)
    for (const [, amount] of first.matchAll(/,(\d+)\r\n/g)) {
      expect(Number(amount) % UNIT).toBe(0)
      expect(Number(amount)).toBeGreaterThanOrEqual(FEWEST)
    }
    expect(await portal.statistics.publish()).toBe(0)
    expect(await fetched('/statistics/accesses.csv')).toBe(first)
    expect(await fetched('/de/statistics')).toContain('Zu wenige')
  })

  it('are described for portals of open data', async () => {
    const { default: jsonld } = (await import('jsonld')) as unknown as {
      default: { expand(document: object): Promise<Record<string, unknown>[]> }
    }
    const answer = await fetch(`${room.app.url}/statistics/catalog.jsonld`)
    expect(answer.headers.get('content-type')).toContain('application/ld+json')
    const [catalog] = await jsonld.expand((await answer.json()) as object)
    expect(catalog?.['@type']).toEqual(['http://www.w3.org/ns/dcat#Catalog'])
    const sets = catalog?.['http://www.w3.org/ns/dcat#dataset'] as Record<string, unknown>[]
    expect(sets).toHaveLength(2)
    for (const [, address = ''] of JSON.stringify(sets).matchAll(
      /"(http:\/\/localhost[^"]+\.csv)"/g,
    )) {
      expect((await fetch(address)).status).toBe(200)
    }
  })

  it('are all that the public reads, and nobody changes them', async () => {
    const everybody = { who: ['web', 'web_public'] as const, settings: {} }
    const worker = { who: ['worker', 'worker'] as const, settings: {} }
    const asked = [
      'select from oversight.figure',
      'select overview.begin_month()',
      `select from overview.month_in_counts('accesses', '')`,
      `select from rectification.quarter_in_counts('${month}')`,
      'insert into oversight.published default values',
    ]
    for (const statement of asked) {
      expect(await says(room, everybody, [statement])).toEqual([REFUSED])
    }
    expect(await says(room, worker, ['update oversight.published set amount = 1'])).toEqual([
      REFUSED,
    ])
    await expect(room.superuser.query('update oversight.published set amount = 1')).rejects.toThrow(
      'append-only',
    )
  })
})

describe('periods', () => {
  it('are published ten days after their end', () => {
    expect(monthsOn('2027-01-10').map(({ period }) => period)).toEqual([
      '2026-09',
      '2026-10',
      '2026-11',
    ])
    expect(monthsOn('2027-01-11').map(({ period }) => period)).toEqual([
      '2026-10',
      '2026-11',
      '2026-12',
    ])
    expect(quartersOn('2027-01-10')).toEqual([{ period: '2026-Q3', first: '2026-07-01' }])
    expect(quartersOn('2027-01-11')).toEqual([{ period: '2026-Q4', first: '2026-10-01' }])
  })
})

/** The same with every large part as low as its rounding hides, or as high. */
const hiddenIn = (table: readonly Tally[], above: number): readonly Tally[] =>
  table.map((part) => {
    const low = Math.floor(part.amount / UNIT) * UNIT
    const amount = part.amount < FEWEST ? part.amount : low + above
    return { ...part, amount, people: amount }
  })

/** Parts whose people are as many as they are, and their total. */
const TABLES = fc
  .array(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 6 })
  .map((amounts) =>
    amounts.map((amount, at): Tally => ({ key: String(at), amount, people: amount })),
  )

const totalOf = (parts: readonly Tally[]): Tally => {
  const amount = parts.reduce((sum, part) => sum + part.amount, 0)
  return { key: '', amount, people: amount }
}

const AMOUNTS = Array.from({ length: 70 }, (_unused, amount) => amount)

/**
 * How many small values a part could have: for each of them some table that nobody can tell from this one, found by changing
 * it and one or two other parts, all large ones as they stand, as low or as high as rounding hides, with nothing of the rule
 * under test but its outcome. There may be more.
 */
function possible(parts: readonly Tally[], at: number): number {
  const seen = JSON.stringify(published(totalOf(parts), parts))
  const changed = (table: readonly Tally[], place: number, amount: number): readonly Tally[] =>
    table.map((part, index) => (index === place ? { ...part, amount, people: amount } : part))
  const isTwin = (table: readonly Tally[]) =>
    JSON.stringify(published(totalOf(table), table)) === seen
  const hasTwin = (table: readonly Tally[], from: number, others: number): boolean =>
    isTwin(table) ||
    (others > 0 &&
      table.some(
        (_part, place) =>
          place >= from &&
          place !== at &&
          AMOUNTS.some((amount) => hasTwin(changed(table, place, amount), place + 1, others - 1)),
      ))
  const values = (others: number) =>
    AMOUNTS.slice(0, FEWEST).filter((value) => {
      const table = changed(parts, at, value)
      const tables = [table, hiddenIn(table, 0), hiddenIn(table, UNIT - 1)]
      return tables.some((one) => hasTwin(one, 0, others))
    }).length
  // Two others are tried where one is not enough: seldom, because it takes a thousand times as long.
  const quick = values(1)
  return quick >= FEWEST / 2 ? quick : values(2)
}

describe('what is published', () => {
  it('never lets anybody compute a small number from the total and the others', () => {
    fc.assert(
      fc.property(TABLES, (parts) => {
        const safe = published(totalOf(parts), parts)
        const missing = safe.parts.filter(({ amount }) => amount === undefined).length
        expect(safe.total.amount !== undefined && missing === 1).toBe(false)
        safe.parts.forEach(({ amount }, at) => {
          if ((parts[at]?.amount ?? 0) >= FEWEST) return
          expect(amount).toBeUndefined()
          expect(possible(parts, at)).toBeGreaterThanOrEqual(FEWEST / 2)
        })
      }),
      { numRuns: 2_000 },
    )
  })

  it('is the same whether one person more or less is behind a small number', () => {
    const rest: Tally[] = [
      { key: 'a', amount: 400, people: 90 },
      { key: 'b', amount: 120, people: 40 },
    ]
    const table = (amount: number) =>
      published({ key: '', amount: 524, people: 100 }, [
        ...rest,
        { key: 'c', amount, people: amount },
      ])
    expect(table(4)).toEqual(table(3))
    expect(table(0)).toEqual(table(9))
  })

  it('counts people, not accesses: a hundred about one of them are too few', () => {
    const part = { key: 'a', amount: 100, people: 1 }
    expect(published({ key: '', amount: 400, people: 80 }, [part]).parts).toEqual([{ key: 'a' }])
  })
})
