import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import type { StaffStep } from '../../server/rectification/steps.js'
import { DatabaseDown } from '../../server/platform/db/faults.js'
import { PoolExhausted } from '../../server/platform/db/checkout.js'
import { startTestApp } from '../support/app.js'
import { roomOf, WHOLE, type Room } from './room.js'

let room: Room
let resident: ResidentActor
let clerks: StaffActor[]

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  resident = await room.resident('amina')
  clerks = []
  for (let number = 1; number <= 10; number++) clerks.push(await room.clerk(`clerk-${number}`))
})

afterEach(async () => {
  expect(await room.faults()).toEqual([])
})

afterAll(() => room?.close())

const clerk = (at: number) => clerks[at % clerks.length] as StaffActor

/** Tries until a connection is free: 100 ms of a pool at work are no refusal of the room. */
async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      const isBusy = error instanceof PoolExhausted || error instanceof DatabaseDown
      if (!isBusy) throw error
    }
  }
}

/** Does something many times at once; what each attempt gave, or why it was refused. */
async function atOnce<Value>(count: number, work: (at: number) => Promise<Value>) {
  const all = await Promise.allSettled(
    Array.from({ length: count }, (_, at) => patiently(() => work(at))),
  )
  const won = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const lost = all.flatMap((one) => {
    if (one.status === 'fulfilled') return []
    const { problem, message } = one.reason as { problem?: string; message: string }
    return [problem ?? message]
  })
  return { won, lost }
}

async function take(actor: StaffActor, reference: string, step: StaffStep): Promise<void> {
  const version = await room.version(reference)
  await room.app.portal.casework.step(actor, { reference, version }, step)
}

/** Waits until as many transactions have read what they write and stand before a row. */
async function waitingForALock(count: number): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const { rowCount } = await room.superuser.query(
      "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    )
    if (rowCount === count) return
  }
  throw new Error('nobody waits for a lock')
}

const eventsOf = async (reference: string) => {
  const { events } = await room.app.portal.rectification.request(resident, reference)
  return events.map(({ event }) => event)
}

describe('at the same time', () => {
  it('fifty claims are won by one', async () => {
    const { casework } = room.app.portal
    const reference = await room.filed(resident)
    const version = await room.version(reference)
    const { won, lost } = await atOnce(50, (at) =>
      casework.step(clerk(at), { reference, version }, { event: 'claimed' }),
    )
    expect([won.length, new Set(lost)]).toEqual([1, new Set(['STALE'])])
    expect(await eventsOf(reference)).toEqual(['filed', 'claimed'])
  })

  it('twenty clicks on "send" file one request, whose reference all are given', async () => {
    const { rectification } = room.app.portal
    const before = (await rectification.requests(resident)).length
    const draft = await room.draft(resident)
    const { won, lost } = await atOnce(20, () => rectification.file(resident, draft))
    expect(lost).toEqual([])
    expect(new Set(won).size).toBe(1)
    expect(await rectification.requests(resident)).toHaveLength(before + 1)
    expect(await eventsOf(won[0] ?? '')).toEqual(['filed'])
  })

  it('clicks on "send" that have all read the draft give one reference', async () => {
    const { rectification } = room.app.portal
    const draft = await room.draft(resident)
    await room.superuser.query('begin')
    await room.superuser.query('select from rectification.request where request = $1 for update', [
      draft,
    ])
    const clicks = Promise.all([1, 2, 3].map(() => rectification.file(resident, draft)))
    await waitingForALock(3)
    await room.superuser.query('commit')
    expect(new Set(await clicks).size).toBe(1)
  })

  it('a confirmation and a sending back are one of both', async () => {
    const { casework } = room.app.portal
    const reference = await room.filed(resident)
    await take(clerk(0), reference, { event: 'claimed' })
    await take(clerk(0), reference, {
      event: 'decided',
      outcome: 'corrected',
      text: { reasons: ['evidence_shows'] },
    })
    const version = await room.version(reference)
    const { won, lost } = await atOnce(20, (at) =>
      casework.step(
        clerk(1 + (at % 9)),
        { reference, version },
        at % 2 === 0 ? { event: 'confirmed' } : { event: 'sent_back', reason: 'evidence' },
      ),
    )
    expect([won.length, new Set(lost)]).toEqual([1, new Set(['STALE'])])
    expect(await eventsOf(reference)).toHaveLength(4)
  })

  it('a withdrawal and a decision are one of both', async () => {
    const { rectification } = room.app.portal
    for (let round = 0; round < 5; round++) {
      const reference = await room.filed(resident)
      await take(clerk(0), reference, { event: 'claimed' })
      const text = { reasons: ['entry_is_right'] as const }
      const { won } = await atOnce(2, (at) =>
        at === 0
          ? rectification.withdraw(resident, reference)
          : take(clerk(0), reference, { event: 'decided', outcome: 'not_proven', text }),
      )
      expect(won).toHaveLength(1)
      expect(await eventsOf(reference)).toHaveLength(3)
    }
  })

  it('of two devices that save, one is told that the other was quicker', async () => {
    const { rectification } = room.app.portal
    const id = await room.draft(resident)
    const { version } = await rectification.draft(resident, id)
    const { won, lost } = await atOnce(2, (at) =>
      rectification.save(resident, { id, version }, { words: `device ${at}` }),
    )
    expect([won.length, lost]).toEqual([1, ['STALE']])
    const saved = await rectification.draft(resident, id)
    expect(saved.version).toBe(version + 1)
    expect(saved.statement).toEqual({ ...WHOLE, words: won[0]?.words })
  })

  it('a draft that is sent and saved is filed as it was, or not at all', async () => {
    const { rectification } = room.app.portal
    for (let round = 0; round < 5; round++) {
      const id = await room.draft(resident)
      const { version } = await rectification.draft(resident, id)
      const [filed, saved] = await Promise.allSettled([
        rectification.file(resident, id),
        rectification.save(resident, { id, version }, { words: 'später' }),
      ])
      if (filed.status === 'fulfilled') {
        const { statement } = await rectification.request(resident, filed.value)
        expect(statement?.words).toBe(saved.status === 'fulfilled' ? 'später' : WHOLE.words)
      } else {
        expect(filed.reason).toMatchObject({ problem: 'STALE' })
        expect((await rectification.draft(resident, id)).statement.words).toBe('später')
        await rectification.drop(resident, id)
      }
    }
  })
})
