import { actingOf, nameAgreements } from '../../server/compose/agreements.js'
import { createWatching } from '../../server/oversight/flags/watching.js'
import { germanDay } from '../../server/platform/kernel/days.js'
import { flaggedOffice, type Flagged } from './flagged.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
let flagged: Flagged

beforeAll(async () => {
  flagged = await flaggedOffice()
}, 60_000)

afterAll(() => flagged?.room.close())

/** Offices that have read the whole log, by their catalogue numbers. */
async function upToDate(size: number): Promise<readonly number[]> {
  const { rows } = await flagged.room.superuser.query<{ office: number }>(
    'select office from oversight.watch where below = $1 order by office',
    [size],
  )
  return rows.map(({ office }) => office)
}

describe('a turn of the rules', () => {
  it('ends in time, and the next begins with another office, so that no job and no office waits for ever', async () => {
    const { room } = flagged
    const { portal, installation, clock } = room.app
    await room.accesses(flagged.amina, 1)
    await portal.ledger.tick()
    const { rows } = await room.superuser.query<{ size: number }>('select size from ledger.head')
    const size = Number(rows[0]?.size)
    let time = Math.floor(clock.now().getTime() / (20 * MINUTE)) * 20 * MINUTE
    const turnAt = (begin: number) => {
      time = begin
      // Every step takes three minutes by this clock.
      const slow = { now: () => new Date((time += 3 * MINUTE) - 3 * MINUTE) }
      const logState = () => Promise.resolve({ size, at: clock.now() })
      const { inTransaction } = portal
      const { catalogue } = installation
      const acting = actingOf(installation)
      return createWatching({ inTransaction, catalogue, clock: slow, logState, acting }).work()
    }
    const begin = time
    expect(await upToDate(size)).toEqual([])
    expect(await turnAt(begin)).toBeGreaterThan(0)
    expect(await upToDate(size)).toHaveLength(1)
    await turnAt(begin + 10 * MINUTE)
    expect(await upToDate(size)).toHaveLength(2)
  })
})

describe('an office whose accesses cannot be judged', () => {
  it('keeps no other one from being read and its days from being compared', async () => {
    const { room, amina } = flagged
    const { clock, portal, installation } = room.app
    await flagged.judge()
    await room.superuser.query(`create policy broken on oversight.watch as restrictive for update
      to ${installation.roles.worker} using (true) with check (office <> ${room.other.id})`)
    clock.moveTo(new Date(clock.now().getTime() + 3 * DAY))
    await room.accesses(amina, 1)
    await portal.ledger.tick()
    await expect(portal.watching.work()).rejects.toThrow('some pieces of a job failed')
    const { rows } = await room.superuser.query<{ office: number }>(
      "select office from oversight.watch where coalesce(judged_day, '-infinity') < $1::date - 2",
      [germanDay(clock.now())],
    )
    expect(rows).toEqual([{ office: room.other.id }])
    await room.superuser.query('drop policy broken on oversight.watch')
    await flagged.judge()
  })
})

describe('an agreement that has ended', () => {
  it('keeps no day of any office from being compared', async () => {
    const { room, amina } = flagged
    const { installation, clock, portal } = room.app
    const named = { code: room.office.code, name: 'Dienstvereinbarung (Muster)', day: '2020-01-01' }
    const configured = (serviceAgreements: readonly (typeof named)[]) =>
      nameAgreements({ ...installation, config: { ...installation.config, serviceAgreements } })
    await configured([named])
    for (let other = 0; other < 10; other++) {
      await room.accesses(amina, 1, { operatorRef: `ref-other-${other}` })
    }
    await room.accesses(amina, 14, { operatorRef: 'ref-busy' })
    await flagged.judge()
    const today = germanDay(clock.now())
    const counted = 'select from oversight.actor_day'
    expect((await room.superuser.query(counted)).rowCount).toBeGreaterThan(10)
    await configured([])
    clock.moveTo(new Date(clock.now().getTime() + 3 * DAY))
    // The day of the newest checkpoint says which days are over.
    await room.accesses(amina, 1)
    await portal.ledger.tick()
    await portal.watching.work()
    const { rows } = await room.superuser.query<{ offices: number; behind: number; found: number }>(
      `select count(*)::int as offices, (count(*) filter (where judged_day < $1::date))::int as behind,
          (select count(*)::int from oversight.finding where rule = 'staff_volume') as found
        from oversight.watch`,
      [today],
    )
    expect(rows).toEqual([{ offices: 2, behind: 0, found: 0 }])
  })
})

describe('reminding', () => {
  it('ends, however many answers are overdue, and passes none over', async () => {
    const { room } = flagged
    const many = 450
    await room.superuser.query(
      `insert into oversight.question (question, reference, leaf_index, rule, office, unit, evidence, wants, state,
          asked_at, due_on, steps, changed_at, expires_on)
        select gen_random_uuid(), 'R' || lpad(n::text, 7, '0'), 1000000 + n, 'no_case', $1, 0, '{"unit": 0}', '{case}',
          'open', $2::timestamptz, $2::date - 1, 1, $2::timestamptz, $2::date + 90 from generate_series(1, $3::int) n`,
      [room.office.id, room.app.clock.now(), many],
    )
    const { officeQuestions } = room.app.portal
    expect(await officeQuestions.remind()).toBe(many)
    expect(await officeQuestions.remind()).toBe(0)
  })
})
