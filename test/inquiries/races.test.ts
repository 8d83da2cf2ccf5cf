import type { StaffActor } from '../../server/identity/index.js'
import { PoolExhausted } from '../../server/platform/db/checkout.js'
import { DatabaseDown } from '../../server/platform/db/faults.js'
import { startTestApp } from '../support/app.js'
import { ANSWER, roomOf, WHOLE, type Person, type Room } from './room.js'

let room: Room
let person: Person
let officers: StaffActor[]

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('amina')
  officers = []
  for (let number = 1; number <= 5; number++) {
    officers.push(await room.staff(`officer-${number}`, 'dpo'))
  }
})

afterEach(async () => {
  expect(await room.faults()).toEqual([])
})

afterAll(() => room?.close())

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

const rowsAbout = async (entry: number) => {
  const { rows } = await room.superuser.query<{ events: number }>(
    `select (select count(*)::int from inquiries.inquiry_event e where e.inquiry = i.inquiry) as events
      from inquiries.inquiry i where i.entry = $1`,
    [entry],
  )
  return rows.map(({ events }) => events)
}

describe('at the same time', () => {
  it('fifty questions about one access are one, whose reference all are given', async () => {
    const { inquiries } = room.app.portal
    const [index = 0] = await room.accesses(person, 1)
    const { won, lost } = await atOnce(50, () =>
      inquiries.ask(person.actor, { index, question: WHOLE }),
    )
    expect(lost).toEqual([])
    expect([won.length, new Set(won).size]).toEqual([50, 1])
    expect(await rowsAbout(index)).toEqual([1])
  })

  it('forty questions about as many accesses are twenty', async () => {
    const { inquiries } = room.app.portal
    const other = await room.resident('bilal')
    const entries = await room.accesses(other, 40)
    const { won, lost } = await atOnce(40, (at) =>
      inquiries.ask(other.actor, { index: entries[at] ?? 0, question: WHOLE }),
    )
    expect([new Set(won).size, lost.length, new Set(lost)]).toEqual([20, 20, new Set(['TOO_MANY'])])
    expect(await inquiries.list(other.actor)).toHaveLength(20)
  })

  it('five officers who answer are one, and the person reads one answer', async () => {
    const reference = await room.asked(person)
    const version = await room.version(reference)
    const { inquiryDesk, inquiries } = room.app.portal
    const { won, lost } = await atOnce(20, (at) =>
      inquiryDesk.step(officers[at % 5] as StaffActor, { reference, version }, ANSWER),
    )
    expect([won.length, new Set(lost)]).toEqual([1, new Set(['STALE'])])
    const { events } = await inquiries.inquiry(person.actor, reference)
    expect(events.map(({ event }) => event)).toEqual(['asked', 'answered'])
  })

  it('a withdrawal and an answer are one of both', async () => {
    const { inquiryDesk, inquiries } = room.app.portal
    for (let round = 0; round < 5; round++) {
      const reference = await room.asked(person)
      const version = await room.version(reference)
      const { won } = await atOnce(2, (at) =>
        at === 0
          ? inquiries.withdraw(person.actor, reference)
          : inquiryDesk.step(officers[0] as StaffActor, { reference, version }, ANSWER),
      )
      expect(won).toHaveLength(1)
      const { events } = await inquiries.inquiry(person.actor, reference)
      expect(events).toHaveLength(2)
    }
  })
})
