import { sql } from 'kysely'
import { residentScope, type SubjectId } from '../../server/identity/index.js'
import { foldAll } from '../../server/overview/upkeep.js'
import type { AccessFilter } from '../../server/overview/filter.js'
import {
  access,
  DAY,
  flowLike,
  NOON,
  officeOf,
  openWorld,
  QUERY,
  resident,
  STORE,
  subject,
  WITHHELD,
  type Told,
  type World,
} from './world.js'

let world: World
let anna: SubjectId
let boris: SubjectId

beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.moveTo(NOON)
  anna = subject()
  boris = subject()
})

const tell = (...told: Partial<Told>[]) =>
  world.record(told.map((one) => access(world.catalogue, { subject: anna, ...one })))
const daysAgo = (count: number) => new Date(NOON.getTime() - count * DAY)
const flow = (wanted: Parameters<typeof flowLike>[1]) => flowLike(world.catalogue, wanted)
const listed = async (actor = resident([anna]), filter: AccessFilter = {}) => {
  const { months } = await world.overview.accesses(actor, filter, {})
  return months.flatMap(({ groups }) => groups.flatMap(({ all }) => all))
}

describe('the log of a resident', () => {
  it('holds own entries of every subject of the account, and nobody else’s', async () => {
    const tax = subject()
    await tell({}, { subject: tax }, { subject: boris })
    const own = await listed(resident([anna, tax]))
    expect(own.map((entry) => entry.subject).sort()).toEqual([anna, tax].sort())
    expect(await listed(resident([boris]))).toHaveLength(1)
  })

  it('gives every part of an entry back as it was reported', async () => {
    const told = access(world.catalogue, {
      subject: anna,
      caseRef: 'PF-2027-0815',
      unit: 'residence_titles',
    })
    const [index] = await world.record([told])
    const { entry } = await world.overview.access(resident([anna]), index ?? -1)
    expect(entry).toEqual({
      ...told,
      index,
      recordedAt: NOON,
      expiresOn: expect.stringMatching(/^2027-1\d-\d\d$/) as string,
      flags: [],
    })
  })

  it('never holds what is withheld: no list, count, office, filter or holding changes', async () => {
    const everything = async () => {
      const actor = resident([anna])
      const { home, offices, data, accesses } = world.overview
      return Promise.all([home(actor), offices(actor), data(actor), accesses(actor, {}, {})])
    }
    await tell({})
    const before = await everything()
    await tell(
      { flow: flow(WITHHELD) },
      { flow: flow({ disclosure: 'body_consent', operation: 'store' }) },
    )
    const sealed = await world.admin
      .selectFrom('overview.sealed_event')
      .select('subject')
      .where('subject', '=', anna)
      .execute()
    expect(sealed).toHaveLength(2)
    expect(await everything()).toEqual(before)
  })

  it('does not show an entry from the day on which it expires', async () => {
    await tell({ at: daysAgo(1) })
    const { expiresOn } = (await listed())[0] ?? { expiresOn: '' }
    world.clock.moveTo(new Date(Date.parse(`${expiresOn}T00:00:00Z`) - 1))
    expect(await listed()).toHaveLength(1)
    world.clock.moveTo(new Date(`${expiresOn}T00:00:00Z`))
    expect(await listed()).toEqual([])
  })
})

describe('row-level security', () => {
  it('shows own entries and own flags only, even to a query that asks for all', async () => {
    const beyond = {
      flow: flow({ ...QUERY, recipient: 'jobcenter' }),
      fields: ['azr.fingerprints'],
    }
    await tell({}, { subject: boris }, { subject: boris, ...beyond })
    const rows = await world.inTransaction(residentScope(resident([anna])), async (trx) => [
      ...(await trx.selectFrom('overview.access_event').select('subject').execute()),
      ...(await trx.selectFrom('overview.access_flag').select('subject').execute()),
    ])
    expect(rows).toEqual([{ subject: anna }])
    const flagged = await listed(resident([boris]), { flagged: true })
    expect(flagged.map(({ flags }) => flags.length > 0)).toEqual([true])
  })

  it.each(['overview.sealed_event', 'overview.sealed_flag', 'overview.operator_ref'])(
    'gives residents no right to %s',
    async (table) => {
      const look = world.inTransaction(residentScope(resident([anna])), (trx) =>
        sql`select 1 from ${sql.table(table)}`.execute(trx),
      )
      await expect(look).rejects.toMatchObject({ code: '42501' })
    },
  )
})

describe('a page of the log', () => {
  it('leads through all entries once, to older ones and back to newer ones', async () => {
    const tax = subject()
    const drawn = Array.from({ length: 45 }, (_, place) => ({
      subject: place % 3 === 0 ? tax : anna,
      at: daysAgo(place + 1),
      caseRef: `PF-${place}`,
    }))
    await tell(...drawn)
    const read = async (cursor: object) => {
      const page = await world.overview.accesses(resident([anna, tax]), {}, cursor)
      const all = page.months.flatMap(({ groups }) => groups.flatMap((group) => group.all))
      return { ...page, indices: all.map(({ index }) => index).sort((one, other) => other - one) }
    }
    const first = await read({})
    const second = await read(first.older ?? {})
    const third = await read(second.older ?? {})
    expect([first, second, third].map(({ indices }) => indices.length)).toEqual([20, 20, 5])
    const all = [...first.indices, ...second.indices, ...third.indices]
    expect([...new Set(all)].sort((one, other) => other - one)).toEqual(all)
    expect([first.newer, third.older]).toEqual([undefined, undefined])
    const back = await read(third.newer ?? {})
    expect(back.indices).toEqual(second.indices)
    const top = await read(back.newer ?? {})
    expect([top.indices, top.newer]).toEqual([first.indices, undefined])
  })

  it('follows each filter alone', async () => {
    const { catalogue } = world
    const store = flow(STORE)
    await tell(
      { at: daysAgo(2) },
      { at: daysAgo(50), flow: store, fields: ['azr.given_names'] },
      {
        at: daysAgo(2),
        flow: flow({ ...QUERY, recipient: 'jobcenter' }),
        fields: ['azr.fingerprints'],
      },
    )
    const counted = async (filter: AccessFilter) => (await listed(resident([anna]), filter)).length
    const purpose = catalogue.purposes.byCode(store.purpose)
    const field = catalogue.fields.byCode('azr.fingerprints')
    expect(await counted({})).toBe(3)
    expect(await counted({ office: officeOf(catalogue, 'abh') })).toBe(2)
    expect(await counted({ office: officeOf(catalogue, 'bva') })).toBe(0)
    expect(await counted({ ...(purpose && { purpose }) })).toBe(1)
    expect(await counted({ ...(field && { field }) })).toBe(1)
    expect(await counted({ operation: 'store' })).toBe(1)
    expect(await counted({ period: { span: 'month' } })).toBe(2)
    expect(await counted({ period: { span: 'quarter' } })).toBe(3)
    expect(await counted({ period: { month: '2027-04' } })).toBe(1)
    expect(await counted({ flagged: true })).toBe(1)
  })

  it('offers for choosing what occurs in the own log alone', async () => {
    await tell({ fields: ['azr.given_names'] }, { subject: boris, fields: ['azr.photo'] })
    const { occurring } = await world.overview.accesses(resident([anna]), {}, {})
    expect(occurring.parties).toEqual([officeOf(world.catalogue, 'abh')])
    expect(occurring.fields.map(({ code }) => code)).toEqual(['azr.given_names'])
    expect(occurring.operations).toEqual(['query'])
  })
})

describe('holdings', () => {
  it('are the same before and after the fold job, with entries on both sides of it', async () => {
    const store = flow(STORE)
    const data = () => world.overview.data(resident([anna]))
    await tell(
      { flow: store, fields: store.fields, at: daysAgo(9) },
      { flow: store, subject: boris },
    )
    const unfolded = await data()
    expect(unfolded.map(({ field }) => field.code)).toEqual(store.fields)
    await foldAll(world)
    expect(await data()).toEqual(unfolded)
    await tell({
      flow: store,
      operation: 'erase',
      fields: store.fields.slice(0, 1),
      at: daysAgo(3),
    })
    const tail = await data()
    await foldAll(world)
    expect(await data()).toEqual(tail)
    expect(tail.map(({ field }) => field.code)).toEqual(store.fields.slice(1))
  })

  it('outlive the entries that told of them', async () => {
    await tell({ flow: flow(STORE) })
    await foldAll(world)
    world.clock.moveTo(new Date(NOON.getTime() + 300 * DAY))
    expect(await listed()).toEqual([])
    expect((await world.overview.home(resident([anna]))).holders).toBe(1)
  })

  it('are only those of the own subjects', async () => {
    await tell({ flow: flow(STORE), subject: boris })
    expect(await world.overview.data(resident([anna]))).toEqual([])
    expect(await world.overview.offices(resident([anna]))).toEqual([])
  })
})

describe('figures', () => {
  it('of the last thirty days tell how many accesses break a rule', async () => {
    await tell(
      { at: daysAgo(29), caseRef: 'PF-1' },
      { at: daysAgo(31), caseRef: 'PF-2' },
      {
        at: daysAgo(1),
        flow: flow({ ...QUERY, recipient: 'jobcenter' }),
        fields: ['azr.fingerprints'],
      },
    )
    const { recent, latest, holders } = await world.overview.home(resident([anna]))
    expect(recent).toEqual({ all: 2, flagged: 1 })
    expect(latest).toHaveLength(3)
    expect(holders).toBe(0)
  })

  it('of an office go by months in German time', async () => {
    await tell({ at: new Date('2027-04-30T22:30:00Z') }, { at: new Date('2027-04-30T21:30:00Z') })
    const abh = officeOf(world.catalogue, 'abh')
    const { months, accesses } = await world.overview.office(resident([anna]), abh.code)
    expect(months).toHaveLength(12)
    expect(months.filter(({ count }) => count > 0)).toEqual([
      { month: '2027-04', count: 1 },
      { month: '2027-05', count: 1 },
    ])
    expect(accesses).toBe(2)
  })
})
