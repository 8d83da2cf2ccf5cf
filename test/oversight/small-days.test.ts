import { officerOf, type Officer } from '../reports/officer.js'
import { othersAtWork } from './staff.js'

const DAY_MS = 86_400_000
const ENV = { SERVICE_AGREEMENTS: 'i.pf.jobcenter=Dienstvereinbarung (Muster), 2020-01-01' }

let officer: Officer
let start: Date

beforeAll(async () => {
  officer = await officerOf(ENV)
  start = officer.room.app.clock.now()
}, 60_000)

afterAll(() => officer?.room.close())

/** Moves to so many days after the start. */
const on = (days: number) =>
  officer.room.app.clock.moveTo(new Date(start.getTime() + days * DAY_MS))

/** An instant so many days before now. */
const back = (days: number) =>
  new Date(officer.room.app.clock.now().getTime() - days * DAY_MS).toISOString()

async function judge(): Promise<void> {
  await officer.room.app.portal.ledger.tick()
  await officer.room.app.portal.watching.work()
}

/** Entries of findings about staff that an officer reads, and of those that wait. */
async function found(table: 'finding' | 'waiting_finding'): Promise<readonly number[]> {
  const { rows } = await officer.room.superuser.query<{ at: number }>(
    `select leaf_index as at from oversight.${table} where rule like 'staff%' order by leaf_index`,
  )
  return rows.map(({ at }) => Number(at))
}

/** One member of staff looks the same person up three times; the entry at which the rule finds it. */
async function repeated(name: string, occurredAt: string): Promise<number> {
  const { room } = officer
  const changes = { occurredAt, operatorRef: `ref-of-${name}` }
  return Math.max(...(await room.accesses(await room.resident(name), 3, changes)))
}

describe('a finding about a member of staff', () => {
  it('is not shown of a day on which few were at work, though ten were on another one', async () => {
    const { room } = officer
    await othersAtWork(room, back(1), 10)
    const few = await repeated('few', back(0))
    const many = await repeated('many', back(1))
    await judge()
    expect(await found('finding')).toEqual([many])
    expect(await found('waiting_finding')).toEqual([few])
    on(3)
    await othersAtWork(room, back(0), 10)
    await judge()
    expect(await found('finding')).toEqual([many])
    expect(await found('waiting_finding')).toEqual([])
    // What comes after its day was compared waits no more.
    await repeated('late', back(3))
    await judge()
    expect(await found('finding')).toEqual([many])
    expect(await found('waiting_finding')).toEqual([])
  })

  it('waits while others of its day are still being told of, and is shown once the day is compared', async () => {
    on(10)
    const before = await found('finding')
    const day = back(0)
    const one = await repeated('waits', day)
    await judge()
    expect(await found('finding')).toEqual(before)
    await othersAtWork(officer.room, day, 9)
    on(11)
    await judge()
    expect(await found('finding')).toEqual(before)
    expect(await found('waiting_finding')).toEqual([one])
    on(13)
    await othersAtWork(officer.room, back(0), 1)
    await judge()
    expect(await found('finding')).toEqual([...before, one])
    expect(await found('waiting_finding')).toEqual([])
    const { rows } = await officer.room.superuser.query(
      'select from oversight.concerned where leaf_index = $1',
      [one],
    )
    expect(rows).toHaveLength(1)
  })

  it('goes where the agreement ends before its day is compared', async () => {
    on(20)
    const before = await found('finding')
    const day = back(0)
    const one = await repeated('ended', day)
    await judge()
    expect(await found('waiting_finding')).toEqual([one])
    await othersAtWork(officer.room, day, 10)
    await officer.room.superuser
      .query(`insert into oversight.service_agreement (office, reference, since, state, noted_at)
      select office, reference, since, 'ended', now() + interval '1 second' from oversight.service_agreement`)
    on(23)
    await othersAtWork(officer.room, back(0), 1)
    await judge()
    expect(await found('finding')).toEqual(before)
    expect(await found('waiting_finding')).toEqual([])
  })
})
