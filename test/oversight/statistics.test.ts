import { FEWEST, UNIT } from '../../server/oversight/anonymity.js'
import { monthsOn, quartersOn } from '../../server/oversight/edition.js'
import { daysAfter, germanDay } from '../../server/platform/kernel/days.js'
import { countMonth } from '../../server/oversight/store/statistics.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { REFUSED } from '../platform/answers.js'
import { startTestApp } from '../support/app.js'
import { commits, says } from '../support/past.js'

let room: Room
/** The newest month that is due: the database counts no other, by its own clock. */
let month: string

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  month = monthsOn(germanDay(room.app.clock.now())).at(-1)?.first ?? ''
  for (let number = 0; number < 12; number++) await accesses(stranger(number), 2)
  await accesses(stranger(0), 3, { operation: 'query' })
}, 90_000)

afterAll(() => room?.close())

/** Somebody without an account, whom offices know. */
const stranger = (number: number) => ({ number: String(333_333_333_000 + number) }) as Person

/** Accesses in the middle of the month. */
const accesses = (person: Person, count: number, changes: object = {}) =>
  room.accesses(person, count, {
    ...{ occurredAt: `${daysAfter(month, 14)}T09:00:00.000Z`, ...changes },
  })

const WORKER = { login: 'worker', role: 'worker' } as const
/** Whoever has the login of the worker, and no application before them. */
const INSIDER = { who: ['worker', 'worker'] as const, settings: {} }

/** Everything of the month that is counted. */
const counts = () => room.app.portal.inTransaction(WORKER, (trx) => countMonth(trx, month))

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
  it('say that nothing is published before it is', async () => {
    expect(await fetched('/statistics/accesses.csv')).not.toContain(`${month.slice(0, 7)},`)
    expect(await fetched('/de/statistics')).toContain('Zahlen für alle')
  })

  it('do not change by what is withheld', async () => {
    const before = await counts()
    await accesses(stranger(1), 5, { disclosure: 'withheld' })
    await accesses(stranger(20), 30, { disclosure: 'withheld' })
    expect(await counts()).toEqual(before)
  })

  it('count the numbers of one person once', async () => {
    const before = await counts()
    const { enrolment } = room.app.portal
    const numbers = [30, 31].map((one) => ({ scheme: 'azr', value: stranger(one).number }) as const)
    for (const { value } of numbers) await accesses({ number: value } as Person, 1)
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
    const windowOf = (leaves: number) =>
      room.superuser.query(
        `create or replace function overview.month_window() returns bigint language sql immutable as 'select ${leaves}::bigint'`,
      )
    await windowOf(3)
    expect((await counts()).filter(({ amount }) => amount > 0)).toEqual(all)
    // Nothing is told of a part: with these windows there would be a dozen of them.
    const begun = `select oversight.begin_month('${month}')`
    const told = 'select from overview.month_in_counts()'
    for (const steps of [[begun], [begun, 'select overview.read_month()']]) {
      expect(await commits(room, INSIDER, [...steps, told])).toBe(REFUSED)
    }
    await windowOf(16_384)
    // A step for the leaves, and one for each part of the people; the last but one is not enough.
    const steps = Array.from({ length: 65 }, () => 'select overview.read_month()')
    expect(await commits(room, INSIDER, [begun, ...steps.slice(1), told])).toBe(REFUSED)
    expect(await commits(room, INSIDER, [begun, ...steps, told])).toBe('done')
  })

  it('are made of months and quarters that are due, and of no other days', async () => {
    const today = germanDay(room.app.clock.now())
    const [quarter] = quartersOn(today)
    const next = daysAfter(month, 32).slice(0, 8) + '01'
    const tooOld = `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`
    for (const day of [daysAfter(month, 1), next, `${today.slice(0, 8)}01`, tooOld]) {
      const begun = `select oversight.begin_month('${day}')`
      expect([day, await commits(room, INSIDER, [begun])]).toEqual([day, REFUSED])
    }
    const quarterly = (day: string) => `select from oversight.quarter_in_counts('${day}')`
    expect(await commits(room, INSIDER, [quarterly(quarter?.first ?? '')])).toBe('done')
    for (const day of [daysAfter(quarter?.first ?? '', 1), today, tooOld]) {
      expect([day, await commits(room, INSIDER, [quarterly(day)])]).toEqual([day, REFUSED])
    }
    for (const past of [
      `overview.begin_month('${month}')`,
      'rectification.quarter_in_counts(null)',
    ]) {
      expect(await says(room, INSIDER, [`select ${past}`])).toEqual([REFUSED])
    }
  })

  it('show the worker counts alone: nobody whom they were made of', async () => {
    const { owner } = room.app.installation.roles
    const read = 'select overview.read_month()'
    const begun = `select oversight.begin_month('${month}')`
    const planted = [
      'create temporary table month_course (bottom timestamptz, top timestamptz, leaf bigint, size bigint, part int, marks bigint[])',
      `insert into month_course values ('-infinity', 'infinity', 0, 3, 64)`,
      'create temporary table month_person (person uuid primary key, marks bigint)',
      'create temporary table month_count (bit int, what text, key text, amount bigint, people bigint)',
      `grant all on month_course, month_person, month_count to ${owner}`,
    ]
    for (const table of ['month_course', 'month_person', 'month_count']) {
      for (const verb of ['select from', 'delete from', 'drop table']) {
        expect(await commits(room, INSIDER, [begun, `${verb} pg_temp.${table}`])).toBe(REFUSED)
      }
    }
    for (const last of [read, 'select from overview.month_in_counts()']) {
      expect(await commits(room, INSIDER, [...planted, last])).toBe(REFUSED)
      expect(await commits(room, INSIDER, [last])).toBe(REFUSED)
    }
  })

  it('are published once, rounded, and small numbers stand nowhere', async () => {
    const { portal } = room.app
    await room.superuser.query('alter function overview.read_month() rename to broken_for_now')
    const quarters =
      "select count(*)::int as count from oversight.published where period like '%Q%'"
    await expect(portal.statistics.publish()).rejects.toThrow('some pieces of a job failed')
    expect(
      (await room.superuser.query<{ count: number }>(quarters)).rows[0]?.count,
    ).toBeGreaterThan(0)
    await room.superuser.query('alter function overview.broken_for_now() rename to read_month')
    expect(await portal.statistics.publish()).toBeGreaterThan(0)
    const first = await fetched('/statistics/accesses.csv')
    expect(first).toContain(`\r\n${month.slice(0, 7)},accesses,"",20\r\n`)
    expect(first).toContain(`${month.slice(0, 7)},kind,"health",\r\n`)
    for (const [, amount] of first.matchAll(/,(\d+)\r\n/g)) {
      expect(Number(amount) % UNIT).toBe(0)
      expect(Number(amount)).toBeGreaterThanOrEqual(FEWEST)
    }
    expect(await portal.statistics.publish()).toBe(0)
    const again = `select oversight.begin_month('${month}')`
    expect(await commits(room, INSIDER, [again])).toBe(REFUSED)
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
    const asked = [
      'select from oversight.figure',
      `select oversight.begin_month('${month}')`,
      'select from overview.month_in_counts()',
      `select from oversight.quarter_in_counts('${month}')`,
      'insert into oversight.published default values',
    ]
    for (const statement of asked) {
      expect(await says(room, everybody, [statement])).toEqual([REFUSED])
    }
    expect(await says(room, INSIDER, ['update oversight.published set amount = 1'])).toEqual([
      REFUSED,
    ])
    await expect(room.superuser.query('update oversight.published set amount = 1')).rejects.toThrow(
      'append-only',
    )
  })
})
