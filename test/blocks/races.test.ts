import type { StaffActor } from '../../server/identity/index.js'
import { PoolExhausted } from '../../server/platform/db/checkout.js'
import { DatabaseDown } from '../../server/platform/db/faults.js'
import { startTestApp } from '../support/app.js'
import { GRANT, roomOf, type Person, type Room } from './room.js'

let room: Room
let person: Person
let clerks: StaffActor[]

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('amina')
  clerks = [await room.staff('clerk-1', 'caseworker'), await room.staff('clerk-2', 'caseworker')]
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
  const settled = await Promise.allSettled(
    Array.from({ length: count }, (_, at) => patiently(() => work(at))),
  )
  const won = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const lost = settled.flatMap((one) => {
    if (one.status === 'fulfilled') return []
    const { problem, message } = one.reason as { problem?: string; message: string }
    return [problem ?? message]
  })
  return { won, lost }
}

const clerk = (at: number) => clerks[at % 2] as StaffActor

async function drafted(): Promise<string> {
  const { blocks } = room.app.portal
  const id = await blocks.begin(person.actor, 'transmission')
  await blocks.save(person.actor, { id, change: { step: 'grounds', grounds: ['life'] } })
  await blocks.save(person.actor, { id, change: { step: 'office', office: room.office.code } })
  return id
}

describe('at the same time', () => {
  it('thirty clicks on one draft are one application, whose reference all are given', async () => {
    const id = await drafted()
    const { won, lost } = await atOnce(30, () => room.app.portal.blocks.file(person.actor, id))
    expect(lost).toEqual([])
    expect([won.length, new Set(won).size]).toEqual([30, 1])
    expect(await room.events(person, won[0] ?? '')).toEqual(['filed'])
    await room.own(person, won[0] ?? '', { event: 'withdrawn' })
  })

  it('ten drafts of one kind are one application', async () => {
    const ids: string[] = []
    for (let at = 0; at < 10; at++) ids.push(await drafted())
    const { won, lost } = await atOnce(10, (at) =>
      room.app.portal.blocks.file(person.actor, ids[at] ?? ''),
    )
    expect([won.length, new Set(lost)]).toEqual([1, new Set(['TWICE'])])
    await room.own(person, won[0] ?? '', { event: 'withdrawn' })
  })

  it('two officers who decide are one, and the person reads one decision', async () => {
    const { blockDesk } = room.app.portal
    for (let round = 0; round < 5; round++) {
      const reference = await room.applied(person, { signed: true })
      const { version } = await room.row(reference)
      const { won, lost } = await atOnce(10, (at) =>
        blockDesk.step(
          clerk(at),
          { reference, version },
          at % 2 === 0 ? GRANT : { event: 'refusal_proposed', reasons: ['no_danger'] },
        ),
      )
      expect([won.length, new Set(lost)]).toEqual([1, new Set(['STALE'])])
      expect(await room.events(person, reference)).toHaveLength(2)
      const { state } = await room.row(reference)
      expect(['in_force', 'proposed']).toContain(state)
      await room.own(person, reference, { event: state === 'in_force' ? 'lifted' : 'withdrawn' })
    }
  })

  it('a withdrawal and a grant are one of both', async () => {
    for (let round = 0; round < 5; round++) {
      const reference = await room.applied(person, { signed: true })
      const { version } = await room.row(reference)
      const { won } = await atOnce(2, (at) =>
        at === 0
          ? room.own(person, reference, { event: 'withdrawn' })
          : room.app.portal.blockDesk.step(clerk(0), { reference, version }, GRANT),
      )
      expect(won).toHaveLength(1)
      const events = await room.events(person, reference)
      expect(events).toHaveLength(2)
      if (events[1] === 'granted') await room.own(person, reference, { event: 'lifted' })
    }
  })
})
