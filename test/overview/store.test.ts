import { sql } from 'kysely'
import { residentScope } from '../../server/identity/index.js'
import { foldAll } from '../../server/overview/jobs.js'
import {
  access,
  ANNA,
  ANNA_TAX,
  BORIS,
  DAY,
  flowLike,
  NOON,
  officeOf,
  openWorld,
  QUERY,
  resident,
  STORE,
  WITHHELD,
  type Told,
  type World,
} from './world.js'

let world: World
const tell = (...told: Told[]) => world.record(told.map((one) => access(world.catalogue, one)))
const anna = resident([ANNA])
const daysAgo = (count: number) => new Date(NOON.getTime() - count * DAY)

beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const entriesOf = async (actor = anna) => {
  const { months } = await world.overview.accesses(actor, {}, {})
  return months.flatMap(({ groups }) => groups.flatMap(({ all }) => all))
}

describe('the log of a resident', () => {
  it('holds own entries of every subject of the account, and nobody else’s', async () => {
    await tell({ subject: ANNA }, { subject: ANNA_TAX }, { subject: BORIS })
    expect(
      (await entriesOf(resident([ANNA, ANNA_TAX]))).map(({ subject }) => subject).sort(),
    ).toEqual([ANNA, ANNA_TAX])
    expect(await entriesOf(resident([BORIS]))).toHaveLength(1)
  })

  it('gives every part of an entry back as it was reported', async () => {
    const told = access(world.catalogue, { caseRef: 'PF-2027-0815', unit: 'residence_titles' })
    const [index] = await world.record([told])
    const { entry } = await world.overview.access(anna, index ?? -1)
    const { subject, occurredAt, operation, channel, source, recipient } = told
    expect(entry).toEqual({
      index,
      subject,
      occurredAt,
      operation,
      channel,
      source,
      recipient,
      purpose: told.purpose,
      legalBasis: told.legalBasis,
      fields: told.fields,
      unit: told.unit,
      caseRef: 'PF-2027-0815',
      recordedAt: NOON,
      expiresOn: expect.stringMatching(/^2027-1\d-\d\d$/) as string,
      flags: [],
    })
  })

  it('never holds what is withheld, in no list, count, office or filter', async () => {
    await tell({})
    const before = await everything()
    await tell({ flow: flowLike(world.catalogue, WITHHELD) })
    await tell({
      flow: flowLike(world.catalogue, { disclosure: 'body_consent', operation: 'store' }),
    })
    const { count } = await world.admin
      .selectFrom('overview.sealed_event')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    expect(count).toBe(2)
    expect(await everything()).toEqual(before)
  })

  it('does not show an entry from the day on which it expires', async () => {
    await tell({ at: daysAgo(1) })
    const { expiresOn } = (await entriesOf())[0] ?? { expiresOn: '' }
    world.clock.moveTo(new Date(`${expiresOn}T00:00:00Z`))
    expect(await entriesOf()).toEqual([])
    expect((await world.overview.home(anna)).recent).toEqual({ all: 0, flagged: 0 })
  })

  async function everything() {
    const { overview } = world
    return {
      home: await overview.home(anna),
      offices: await overview.offices(anna),
      data: await overview.data(anna),
      accesses: await overview.accesses(anna, {}, {}),
    }
  }
})

describe('row-level security', () => {
  it('shows own rows only, even to a query that asks for all', async () => {
    await tell(
      { subject: ANNA },
      { subject: BORIS },
      { subject: BORIS, fields: ['azr.fingerprints'] },
    )
    const subjects = await world.inTransaction(residentScope(anna), (trx) =>
      trx.selectFrom('overview.access_event').select('subject').execute(),
    )
    expect(subjects).toEqual([{ subject: ANNA }])
    const flags = await world.inTransaction(residentScope(anna), (trx) =>
      trx.selectFrom('overview.access_flag').selectAll().execute(),
    )
    expect(flags).toEqual([])
  })

  it.each(['overview.sealed_event', 'overview.sealed_flag', 'overview.operator_ref'])(
    'gives residents no right to %s',
    async (table) => {
      const look = world.inTransaction(residentScope(anna), (trx) =>
        sql`select 1 from ${sql.table(table)}`.execute(trx),
      )
      await expect(look).rejects.toMatchObject({ code: '42501' })
    },
  )
})

describe('pages of the log', () => {
  it('lead through all entries once, to older ones and back to newer ones', async () => {
    await world.record(
      Array.from({ length: 45 }, (_, place) =>
        access(world.catalogue, {
          subject: place % 3 === 0 ? ANNA_TAX : ANNA,
          at: daysAgo(place + 1),
          caseRef: `PF-${place}`,
        }),
      ),
    )
    const actor = resident([ANNA, ANNA_TAX])
    const read = async (cursor: object) => {
      const page = await world.overview.accesses(actor, {}, cursor)
      const all = page.months.flatMap(({ groups }) => groups.flatMap((group) => group.all))
      return { ...page, indices: all.map(({ index }) => index).sort((one, other) => other - one) }
    }
    const first = await read({})
    const second = await read(first.older ?? {})
    const third = await read(second.older ?? {})
    expect([first, second, third].map(({ indices }) => indices.length)).toEqual([20, 20, 5])
    const all = [...first.indices, ...second.indices, ...third.indices]
    expect([...all].sort((one, other) => other - one)).toEqual(all)
    expect(new Set(all).size).toBe(45)
    expect([first.newer, third.older]).toEqual([undefined, undefined])
    const back = await read(third.newer ?? {})
    expect(back.indices).toEqual(second.indices)
    expect((await read(back.newer ?? {})).indices).toEqual(first.indices)
    expect((await read(back.newer ?? {})).newer).toBeUndefined()
  })

  it('follow each filter alone', async () => {
    const { catalogue, overview } = world
    const store = flowLike(catalogue, STORE)
    await tell(
      { at: daysAgo(2) },
      { at: daysAgo(50), flow: store, fields: ['azr.given_names'] },
      {
        at: daysAgo(2),
        fields: ['azr.fingerprints', 'azr.conviction'],
        flow: flowLike(catalogue, { ...QUERY, recipient: 'jobcenter' }),
      },
    )
    const counted = async (filter: object) => {
      const { months } = await overview.accesses(anna, filter, {})
      return months.flatMap(({ groups }) => groups.flatMap(({ all }) => all)).length
    }
    expect(await counted({})).toBe(3)
    expect(await counted({ office: officeOf(catalogue, 'abh') })).toBe(2)
    expect(await counted({ office: officeOf(catalogue, 'bva') })).toBe(0)
    expect(await counted({ purpose: catalogue.purposes.byCode(store.purpose) })).toBe(1)
    expect(await counted({ field: catalogue.fields.byCode('azr.conviction') })).toBe(1)
    expect(await counted({ operation: 'store' })).toBe(1)
    expect(await counted({ period: { span: 'month' } })).toBe(2)
    expect(await counted({ period: { span: 'quarter' } })).toBe(3)
    expect(await counted({ period: { month: '2027-04' } })).toBe(1)
    expect(await counted({ flagged: true })).toBe(1)
  })

  it('offer for choosing what occurs in the own log alone', async () => {
    const { catalogue, overview } = world
    await tell({ fields: ['azr.given_names'] }, { subject: BORIS, fields: ['azr.photo'] })
    const { occurring } = await overview.accesses(anna, {}, {})
    expect(occurring.parties).toEqual([officeOf(catalogue, 'abh')])
    expect(occurring.fields.map(({ code }) => code)).toEqual(['azr.given_names'])
    expect(occurring.operations).toEqual(['query'])
  })
})

describe('holdings', () => {
  it('are the same before and after the fold job, with entries on both sides of it', async () => {
    const store = flowLike(world.catalogue, STORE)
    await tell({ flow: store, at: daysAgo(9) }, { flow: store, subject: BORIS })
    const unfolded = await world.overview.data(anna)
    await foldAll(world)
    expect(await world.overview.data(anna)).toEqual(unfolded)
    await tell({
      flow: store,
      operation: 'erase',
      fields: store.fields.slice(0, 1),
      at: daysAgo(3),
    })
    const tail = await world.overview.data(anna)
    await foldAll(world)
    expect(await world.overview.data(anna)).toEqual(tail)
    expect(unfolded.length - tail.length).toBe(1)
  })

  it('outlive the entries that told of them', async () => {
    await tell({ flow: flowLike(world.catalogue, STORE) })
    await foldAll(world)
    world.clock.moveTo(new Date(NOON.getTime() + 300 * DAY))
    expect(await entriesOf()).toEqual([])
    expect((await world.overview.home(anna)).holders).toBe(1)
  })
})

describe('counts', () => {
  it('of the last thirty days tell how many accesses break a rule', async () => {
    await tell(
      { at: daysAgo(29) },
      { at: daysAgo(31) },
      { at: daysAgo(1), fields: ['azr.conviction', 'azr.wanted_alert'] },
    )
    const { recent, latest } = await world.overview.home(anna)
    expect(recent.all).toBeGreaterThanOrEqual(1)
    expect(recent.flagged).toBeLessThanOrEqual(recent.all)
    expect(latest.length).toBeLessThanOrEqual(3)
  })

  it('of an office go by months in German time', async () => {
    const { catalogue, overview } = world
    await tell({ at: new Date('2027-04-30T22:30:00Z') }, { at: new Date('2027-04-30T21:30:00Z') })
    const facts = await overview.office(anna, officeOf(catalogue, 'abh').code)
    expect(facts.months).toHaveLength(12)
    expect(facts.months.filter(({ count }) => count > 0)).toEqual([
      { month: '2027-04', count: 1 },
      { month: '2027-05', count: 1 },
    ])
    expect(facts.activity?.count).toBe(2)
  })
})
