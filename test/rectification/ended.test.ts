import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import type { StaffStep } from '../../server/rectification/steps.js'
import { startTestApp } from '../support/app.js'
import { walker, type Walker } from './journey.js'
import { roomOf, type Room } from './room.js'

let room: Room
let resident: ResidentActor
let clerk: StaffActor
let colleague: Walker
let person: Walker
const ended: Record<string, string> = {}

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  resident = await room.resident('resident-ar')
  clerk = await room.clerk('clerk')
  await room.clerk('caseworker')
  colleague = await walker(room.app, 'caseworker')
  person = await walker(room.app, 'resident-ar')
  const text = { reasons: ['entry_is_right'] } as const
  for (const state of ['withdrawn', 'decided', 'closed']) {
    const reference = await room.filed(resident)
    await take(reference, { event: 'claimed' })
    if (state === 'withdrawn') await room.app.portal.rectification.withdraw(resident, reference)
    else await take(reference, { event: 'decided', outcome: 'not_proven', text })
    if (state === 'closed') await take(reference, { event: 'closed' })
    ended[state] = reference
  }
})

afterAll(() => room?.close())

const take = async (reference: string, step: StaffStep) =>
  room.app.portal.casework.step(clerk, { reference, version: await room.version(reference) }, step)

const endOf = async (reference: string) => {
  const { rows } = await room.superuser.query<{ day: string }>(
    'select expires_on::text as day from rectification.request where reference = $1',
    [reference],
  )
  return rows[0]?.day
}

const looks = async () => {
  const { rows } = await room.superuser.query<{ count: number }>(
    'select count(*)::int as count from overview.access_event where subject = $1',
    [resident.subjects[0]],
  )
  return rows[0]?.count
}

describe('a colleague’s case that is over', () => {
  it.each(['withdrawn', 'decided', 'closed'])(
    'opens after a reason alone, which its person reads: %s',
    async (state) => {
      const reference = ended[state] ?? ''
      const at = `/de/work/cases/${reference}`
      const before = await looks()
      const asked = await colleague.open(at)
      expect(asked.body).not.toContain('Yağmur')
      expect(asked.body).toContain('Warum öffnen Sie ihn?')
      expect((await colleague.send(`${at}/told`, { office: 'i.rt.abh' })).body).not.toContain(
        'Yağmur',
      )
      expect(await looks()).toBe(before)
      // Two years later it would be gone all the same: a look makes nothing live longer.
      const day = await endOf(reference)
      const now = room.app.clock.now()
      room.app.clock.moveTo(new Date(now.getTime() + 3 * 86_400_000))
      colleague = await walker(room.app, 'caseworker')
      await colleague.open(at)
      const opened = await colleague.send(`${at}/open`, { reason: 'person_asked' })
      expect(opened.body).toContain('Yağmur')
      expect(await endOf(reference)).toBe(day)
      person = await walker(room.app, 'resident-ar')
      const read = await person.open(`/de/me/requests/${reference}`)
      expect(read.body).toContain('Von einer anderen Person im Amt geöffnet')
      expect(read.body).toContain('Grund: Die Person hat nachgefragt.')
      expect(await room.faults()).toEqual([])
    },
  )
})

describe('a hand-over of what a colleague works on', () => {
  it('is refused at its input without a reason, and nothing moves', async () => {
    const reference = await room.filed(resident)
    await take(reference, { event: 'claimed' })
    const { body } = await colleague.open('/de/work/hand-over')
    const me = (await room.app.portal.casework.colleagues(clerk)).find(
      ({ staff }) => staff !== clerk.staff,
    )
    expect(body).toContain(clerk.staff)
    const hands = { from: clerk.staff, to: me?.staff ?? '' }
    const refused = await colleague.send('/de/work/hand-over', hands)
    expect(refused.status).toBe(400)
    expect(refused.body).toContain('Nennen Sie einen Grund.')
    expect((await room.app.portal.casework.mine(clerk)).length).toBe(1)
    const done = await colleague.send('/de/work/hand-over', { ...hands, reason: 'stand_in' })
    expect(done.status).toBe(200)
    expect(await room.app.portal.casework.mine(clerk)).toEqual([])
    const read = await person.open(`/de/me/requests/${reference}`)
    expect(read.body).toContain('Grund: Vertretung.')
  })
})
