import { germanDay } from '../../server/platform/kernel/days.js'
import type { StaffActor } from '../../server/identity/index.js'
import { cellOf } from '../../server/platform/kernel/csv.js'
import { rounded } from '../../server/oversight/explorer.js'
import { REFUSED } from '../platform/answers.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { startTestApp } from '../support/app.js'
import { says as saysPast, type Settings } from '../support/past.js'
import type { Visitor } from '../support/visitor.js'
import { visitorAs } from '../journeys/stations.js'

const LIST = '/de/oversight/accesses'

let room: Room
let amina: Person
let bilal: Person
let officer: StaffActor
let dpo: Visitor
/** Accesses of the office: to data of Amina, of Bilal, withheld from Amina, held back from Amina for now. */
let entries: { open: number; others: readonly number[]; withheld: number; pending: number }

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('amina')
  bilal = await room.resident('bilal')
  officer = await room.staff('dpo', 'dpo')
  await room.staff('dpo-2', 'dpo', room.other)
  const [open = 0] = await room.accesses(amina, 1)
  const others = await room.accesses(bilal, 2)
  const [withheld = 0] = await room.accesses(amina, 1, { disclosure: 'withheld' })
  const holdUntil = new Date(room.app.clock.now().getTime() + 20 * 86_400_000)
  const [pending = 0] = await room.accesses(amina, 1, {
    holdUntil: holdUntil.toISOString().slice(0, 10),
  })
  entries = { open, others, withheld, pending }
  await room.app.portal.ledger.tick()
  dpo = await reader('dpo')
}, 60_000)

afterAll(() => room?.close())

const reader = (name: string) => visitorAs(room.app, name)

const linked = (body: string) =>
  [...body.matchAll(/\/oversight\/accesses\/(\d+)"/g)].map(([, index]) => Number(index))
const found = async (query = '') => linked((await dpo.get(`${LIST}${query}`)).body)
/** Entries of a person that the portal itself wrote, seen or not. */
async function looksAt({ actor }: Person): Promise<{ seen: number; sealed: number }> {
  const count = async (table: string) => {
    const { rows } = await room.superuser.query<{ count: number }>(
      `select count(*)::int as count from overview.${table} where stream is null and subject = any($1)`,
      [actor.subjects],
    )
    return rows[0]?.count ?? Number.NaN
  }
  return { seen: await count('access_event'), sealed: await count('sealed_event') }
}

describe('the accesses of an office', () => {
  it('are listed with those that are withheld, and name nobody', async () => {
    const { status, body } = await dpo.get(LIST)
    expect(status).toBe(200)
    const { open, others, withheld, pending } = entries
    expect(linked(body).sort()).toEqual([open, ...others, withheld, pending].sort())
    expect(body).toContain('5 Zugriffe passen. Die Zahl ist genau.')
    for (const secret of [...amina.actor.subjects, ...bilal.actor.subjects, amina.number]) {
      expect(body).not.toContain(secret)
    }
    expect(await looksAt(amina)).toEqual({ seen: 0, sealed: 0 })
  })

  it.each([
    ['shown=withheld', () => [entries.withheld]],
    ['shown=pending', () => [entries.pending]],
    ['shown=yes', () => [entries.open, ...entries.others]],
    ['side=gave', () => []],
    ['side=received&shown=withheld', () => [entries.withheld]],
    ['party=bva&shown=withheld', () => [entries.withheld]],
    ['party=bamf', () => []],
    ['operation=erase', () => []],
    ['flagged=yes&shown=withheld', () => []],
    ['from=2027-01-01', () => []],
    ['until=2020-01-01', () => []],
    ['operation=nothing&shown=withheld', () => [entries.withheld]],
  ] as const)('are chosen by %s', async (query, expected) => {
    expect((await found(`?${query}`)).sort()).toEqual([...expected()].sort())
  })

  it('can be chosen by everything that one of them has', async () => {
    const { purpose, legalBasis, fields, operation } = await room.app.portal.oversight.access(
      officer,
      entries.open,
    )
    const [field] = fields
    const chosen = {
      ...{ purpose: purpose.code, basis: legalBasis.code, field: field?.code ?? '' },
      ...{ kind: field?.category ?? '', operation, shown: 'yes' },
    }
    const query = new URLSearchParams(chosen).toString()
    expect(await found(`?${query}`)).toContain(entries.open)
    const day = germanDay(room.app.clock.now())
    expect(await found(`?${query}&from=2020-01-01&until=${day}`)).toContain(entries.open)
  })

  it('are looked for near the end of the log, whatever an address says', async () => {
    const began = performance.now()
    expect(await found('?before=999999999999999')).toHaveLength(5)
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  it('say what was chosen, and how to choose without it', async () => {
    const { body } = await dpo.get(`${LIST}?shown=withheld&side=received&junk=1&from=2026-02-31`)
    expect(body).toContain('Rolle Ihrer Behörde: Hat Daten erhalten (entfernen)')
    expect(body).toContain('href="/de/oversight/accesses?side&#x3D;received"')
    expect(body).not.toContain('value="2026-02-31"')
  })

  it('are no concern of another office', async () => {
    const other = await reader('dpo-2')
    expect(linked((await other.get(LIST)).body)).toEqual([])
    expect((await other.get(`${LIST}/${entries.open}`)).status).toBe(404)
    expect((await other.get(`${LIST}/${entries.withheld}`)).status).toBe(404)
  })
})

describe('a look at one access', () => {
  it('shows to its person', async () => {
    const before = await looksAt(amina)
    expect((await dpo.get(`${LIST}/${entries.open}`)).status).toBe(200)
    expect(await looksAt(amina)).toEqual({ ...before, seen: before.seen + 1 })
  })

  it('is withheld where the access is', async () => {
    const before = await looksAt(amina)
    const { status, body } = await dpo.get(`${LIST}/${entries.withheld}`)
    expect(status).toBe(200)
    expect(body).toContain('unsichtbar')
    expect(await looksAt(amina)).toEqual({ ...before, sealed: before.sealed + 1 })
    expect(await room.faults()).toEqual([])
  })
})

describe('the accesses as a file', () => {
  it('are asked for in a format, with what is chosen', async () => {
    const { body } = await dpo.get(`${LIST}?shown=withheld`)
    for (const format of ['pdf', 'csv', 'json']) {
      expect(body).toContain(`/oversight/reports/new?shown&#x3D;withheld&amp;format&#x3D;${format}`)
    }
    expect((await dpo.get(`${LIST}.csv`)).status).toBe(404)
  })

  it.each([
    ['=1+1', `"'=1+1"`],
    ['  @sum', `"'  @sum"`],
    ['-2', `"'-2"`],
    ['\tx', `"'\tx"`],
    ['a "b"', '"a ""b"""'],
    ['plain', '"plain"'],
  ])('has no cell that is a formula: %j', (text, cell) => {
    expect(cellOf(text)).toBe(cell)
  })
})

describe('the views of the database', () => {
  const who = ['reporting', 'reporting'] as const
  const says = (settings: Settings, statements: readonly string[]) =>
    saysPast(room, { who, settings }, statements)
  const SEALED = 'select from reporting.sealed_access'

  it('show what is withheld to no one but the officer of the office, whatever a scope says', async () => {
    const own = String(room.office.id)
    const caseworker = await room.staff('worker', 'caseworker')
    const elsewhere = await room.staff('dpo-3', 'dpo', room.other)
    const gone = await room.staff('dpo-4', 'dpo')
    const suspend = `update identity.staff set state = 'suspended' where staff = $1`
    await room.superuser.query(suspend, [gone.staff])
    const seen = async (settings: Settings) => (await says(settings, [SEALED]))[0]
    expect(await seen({ office: own, staff: officer.staff })).not.toBe('0 rows')
    for (const settings of [
      { office: own, sees_sealed: 'yes' },
      { staff: officer.staff },
      { office: String(room.other.id), staff: officer.staff },
      ...[caseworker, elsewhere, gone].map(({ staff }) => ({ office: own, staff })),
    ]) {
      expect([settings, await seen(settings)]).toEqual([settings, '0 rows'])
    }
  })

  it('ask who looks once for a statement, not for each row', async () => {
    const scope = { office: String(room.office.id), staff: officer.staff }
    const client = await room.app.installation.pools.reporting.connect()
    try {
      await client.query(`set role ${room.app.installation.roles.reporting}`)
      for (const [name, value] of Object.entries(scope)) {
        await client.query('select set_config($1, $2, false)', [`mirat.${name}`, value])
      }
      const { rows } = await client.query<Record<string, string>>(`explain ${SEALED}`)
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan).toContain('InitPlan')
      expect(plan).not.toMatch(/Filter:.*is_officer/)
    } finally {
      client.release(true)
    }
  })

  it('are all that reporting reads', async () => {
    const tables = ['overview.access_event', 'overview.sealed_event', 'overview.sealed_flag']
    const settings = { office: String(room.office.id), staff: officer.staff }
    expect(
      await says(
        settings,
        tables.map((table) => `select from ${table}`),
      ),
    ).toEqual(tables.map(() => REFUSED))
  })

  it('let staff write no sealed entry of another office, nor one of a stream', async () => {
    const staff = ['web', 'web_staff'] as const
    const insert = (office: number, stream: string) =>
      `insert into overview.sealed_event (class, expires_on, leaf_index, subject, recorded_at, occurred_at, stream,
        operation, channel, source, recipient, purpose, legal_basis, fields, salt, rule)
        values (101, current_date + 30, 900000, gen_random_uuid(), now(), now(), ${stream}, 2, 1, 1, ${office}, 1, 1,
        '{1}', decode(repeat('00', 32), 'hex'), 1)`
    const settings = { office: String(room.office.id), staff: officer.staff }
    const answers = await saysPast(room, { who: staff, settings }, [
      insert(room.office.id, 'null'),
      insert(room.other.id, 'null'),
      insert(room.office.id, '1'),
      'select from overview.sealed_event',
    ])
    expect(answers).toEqual(['1 rows', REFUSED, REFUSED, REFUSED])
    const { staff: worker } = await room.staff('worker-2', 'caseworker')
    const other = { office: String(room.office.id), staff: worker, sees_sealed: 'yes' }
    expect(
      await saysPast(room, { who: staff, settings: other }, [insert(room.office.id, 'null')]),
    ).toEqual([REFUSED])
  })
})

test.each([
  [7, 7],
  [99.6, 100],
  [123_456, 120_000],
  [1_250, 1_300],
])('an estimate of %d is said as %d', (value, said) => {
  expect(rounded(value)).toBe(said)
})
