import type { Catalogue } from '../../server/catalogue/index.js'
import { createCounting } from '../../server/oversight/index.js'
import { REFUSED } from '../platform/answers.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { startTestApp } from '../support/app.js'
import { says as saysPast, type Settings } from '../support/past.js'

let room: Room
let amina: Person
let bilal: Person

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('amina')
  bilal = await room.resident('bilal')
  await room.accesses(amina, 7)
  await room.accesses(bilal, 3)
  await room.accesses(amina, 2, { disclosure: 'withheld' })
  await publish()
}, 60_000)

afterAll(() => room?.close())

const publish = () => room.app.portal.ledger.tick()
const counting = () => room.app.portal.counting

interface Entry {
  readonly index: number
  readonly source: number
  readonly recipient: number
  readonly day: string
  readonly purpose: number
  readonly operation: number
  readonly fields: readonly number[]
  readonly shown: string
  readonly expires: string
  readonly is_flagged: boolean
}

const ENTRIES = ['access', 'sealed']
  .map(
    (table) => `select leaf_index as index, source, recipient, purpose, operation, fields,
      to_char(occurred_at at time zone 'Europe/Berlin', 'YYYY-MM-DD') as day, expires_on as expires,
      '${table}' as shown, exists (select from overview.${table}_flag flag
        where flag.leaf_index = event.leaf_index) as is_flagged
      from overview.${table}_event event`,
  )
  .join(' union all ')

/** The counts that the log makes, by a program that shares nothing with the one under test. */
async function oracle(upTo = Infinity): Promise<Record<string, string>> {
  const { fields }: Catalogue = room.app.installation.catalogue
  const { rows } = await room.superuser.query<Entry>(ENTRIES)
  const counts = new Map<string, [number, number]>()
  for (const entry of rows.filter(({ index }) => index < upTo)) {
    const kinds = new Set(['', ...entry.fields.map((id) => fields.byId(id)?.category ?? '?')])
    const { source, recipient } = entry
    const sides =
      source === recipient
        ? [[recipient, source, 'own']]
        : [
            [recipient, source, 'received'],
            [source, recipient, 'gave'],
          ]
    for (const [office, other, side] of sides) {
      for (const kind of kinds) {
        const { day, purpose, operation, shown, expires } = entry
        const key = [office, kind, day, other, side, purpose, operation, shown, expires].join('|')
        const [amount, flagged] = counts.get(key) ?? [0, 0]
        counts.set(key, [amount + 1, flagged + Number(entry.is_flagged)])
      }
    }
  }
  return Object.fromEntries([...counts].map(([key, pair]) => [key, pair.join('/')]))
}

/** The counts as they stand; who is withheld and who is held back for now is one to the oracle. */
async function figures(): Promise<Record<string, string>> {
  const { rows } = await room.superuser.query<{ key: string; value: string }>(
    `select concat_ws('|', office, kind, to_char(day, 'YYYY-MM-DD'), other, side, purpose, operation,
        case shown when 'yes' then 'access' else 'sealed' end, to_char(expires_on, 'YYYY-MM-DD')) as key,
      amount || '/' || flagged as value from oversight.figure`,
  )
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

/** Leaves of the log, as counting sees them. */
async function published(): Promise<{ size: number; at: Date }> {
  const { rows } = await room.superuser.query<{ size: string; at: Date }>(
    'select size, at from ledger.checkpoint where public order by size desc limit 1',
  )
  return { size: Number(rows[0]?.size), at: rows[0]?.at ?? new Date(0) }
}

describe('the figures', () => {
  it('are what the log makes, however often it is counted', async () => {
    expect(await counting().count()).toBeGreaterThan(0)
    expect(await figures()).toEqual(await oracle())
    expect(Object.keys(await figures()).length).toBeGreaterThan(3)
    expect(await counting().count()).toBe(0)
    expect(await figures()).toEqual(await oracle())
  })

  it('end at the public checkpoint', async () => {
    const { size } = await published()
    await room.accesses(amina, 4)
    await counting().count()
    expect(await figures()).toEqual(await oracle(size))
    await publish()
    await counting().count()
    expect(await figures()).toEqual(await oracle())
  })

  it('miss nothing and double nothing where counting dies between two steps', async () => {
    await room.accesses(bilal, 5)
    await publish()
    const { inTransaction } = room.app.portal
    let steps = 0
    const dying = createCounting({
      clock: room.app.clock,
      logState: published,
      inTransaction: (scope, work) =>
        inTransaction(scope, async (trx) => {
          const value = await work(trx)
          steps += 1
          if (steps === 1) throw new Error('killed before the commit')
          return value
        }),
    })
    const before = await figures()
    await expect(dying.count()).rejects.toThrow('killed')
    expect(await figures()).toEqual(before)
    await dying.count()
    expect(await figures()).toEqual(await oracle())
  })

  it('take up a flag that came after its access was counted, once', async () => {
    const [index = 0] = await room.accesses(amina, 1)
    await publish()
    await counting().count()
    await room.superuser.query(
      `insert into overview.access_flag select leaf_index, rule, subject, '{}', now(), expires_on
        from overview.access_event, unnest(array['flow.unknown', 'consent.not_valid']) rule
        where leaf_index = $1`,
      [index],
    )
    await counting().count()
    await counting().count()
    expect(await figures()).toEqual(await oracle())
    expect(Object.values(await figures()).some((pair) => pair.endsWith('/1'))).toBe(true)
  })

  it('are put right at night where an entry has changed sides', async () => {
    expect(await counting().recount()).toBe(0)
    await room.superuser.query('update oversight.figure set amount = amount + 1, flagged = 0')
    await room.superuser.query('delete from oversight.counted_flag')
    await room.superuser.query(
      `delete from oversight.figure where kind <> '' and operation = (select min(operation) from oversight.figure)`,
    )
    expect(await counting().recount()).toBeGreaterThan(0)
    expect(await figures()).toEqual(await oracle())
    // Read three leaves at a time, nothing is counted twice and nothing is left out.
    const { inTransaction } = room.app.portal
    const inPieces = { inTransaction, clock: room.app.clock, logState: published, slot: 3 }
    expect(await createCounting(inPieces).recount()).toBe(0)
    await room.superuser.query('update oversight.figure set amount = amount + 1, flagged = 0')
    await room.superuser.query('delete from oversight.counted_flag')
    expect(await createCounting(inPieces).recount()).toBeGreaterThan(0)
    expect(await figures()).toEqual(await oracle())
    await counting().count()
    expect(await figures()).toEqual(await oracle())
  })
})

describe('who reads the figures', () => {
  const as = (settings: Settings, statements: readonly string[]) =>
    saysPast(room, { who: ['reporting', 'reporting'], settings }, statements)

  it('reads those of the own office, and what is withheld as a data protection officer alone', async () => {
    const office = String(room.office.id)
    const stranger = String(room.other.id + 1)
    const { staff } = await room.staff('dpo-9', 'dpo')
    for (const table of ['oversight.figure', 'oversight.stretch']) {
      const some = `select from ${table}`
      const withheld = `${some} where shown <> 'yes' limit 1`
      expect(await as({ office, staff }, [withheld])).toEqual(['1 rows'])
      expect(await as({ office }, [withheld, `${some} limit 1`])).toEqual(['0 rows', '1 rows'])
      expect(await as({ office: '' }, [some])).toEqual(['0 rows'])
      expect(await as({ office: stranger, staff }, [some])).toEqual(['0 rows'])
    }
  })

  it.each([
    ['web', 'web_public'],
    ['web', 'web_resident'],
    ['web', 'web_staff'],
    ['ingest', 'ingest'],
  ] as const)('is not %s as %s', async (login, role) => {
    const office = String(room.office.id)
    const asked = [
      'oversight.figure',
      'oversight.stretch',
      'oversight.counted_flag',
      'reporting.counted_access',
    ]
    for (const table of asked) {
      const insider = { who: [login, role] as const, settings: { office } }
      expect(await saysPast(room, insider, [`select from ${table}`])).toEqual([REFUSED])
    }
  })

  it('writes none of them', async () => {
    const office = String(room.office.id)
    for (const statement of [
      'delete from oversight.figure',
      'update oversight.figure set amount = 0',
      'update oversight.figure_fold set size = 0',
      'select from oversight.counted_flag',
      'select from reporting.counted_access',
    ]) {
      expect(await as({ office }, [statement])).toEqual([REFUSED])
    }
  })
})

describe('what is over', () => {
  it('takes its counts with it', async () => {
    await room.superuser.query(
      `update oversight.figure set expires_on = current_date where kind <> ''`,
    )
    expect(await counting().forget()).toBeGreaterThan(0)
    const { rows } = await room.superuser.query(
      `select from oversight.figure where expires_on <= current_date or kind <> ''`,
    )
    expect(rows).toEqual([])
  })
})
