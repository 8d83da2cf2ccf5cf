import type { StaffActor } from '../../server/identity/index.js'
import { roomOf, type Room } from '../inquiries/room.js'
import { startTestApp } from '../support/app.js'
import { says } from '../support/past.js'
import { unguarded } from './searcher.js'

let room: Room
let subject: string
let officer: StaffActor
let colleague: StaffActor
let supervisor: StaffActor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  const amina = await room.resident('amina')
  subject = amina.actor.subjects[0] ?? ''
  officer = await room.staff('dpo', 'dpo')
  colleague = await room.staff('caseworker-2', 'dpo')
  supervisor = await room.staff('supervisor', 'supervisor')
  await room.accesses(amina, 1)
}, 60_000)

afterAll(() => room?.close())

/** Each test has its ten. */
beforeEach(() => unguarded(room, 'delete from oversight.lookup'))

const search = () => room.app.portal.lookups.ask(officer, { subject, reason: 'access' })

describe('searches by the number of a person', () => {
  it('tell what they found to whoever searched, past the application as well, and for a day by any clock', async () => {
    const reference = await search()
    const opened = `select from oversight.found_by('${reference}', '-infinity')`
    const who = ['web', 'web_staff'] as const
    const foundAs = async ({ office = room.office.id, staff }: StaffActor) => {
      const settings = { office: String(office), staff }
      return (await says(room, { who, settings }, [opened])).join()
    }
    const elsewhere = { ...officer, office: room.other.id }
    expect(await foundAs(officer)).toBe('1 rows')
    for (const other of [colleague, supervisor, elsewhere]) {
      expect(await foundAs(other)).toBe('0 rows')
    }
    await unguarded(
      room,
      `update oversight.lookup set counted_at = counted_at - interval '25 hours'`,
    )
    expect(await foundAs(officer)).toBe('0 rows')
  })

  it('are counted and stay written down, whatever time the application gives', async () => {
    const { clock } = room.app
    const now = clock.now()
    for (const [year, count] of [
      [2001, 5],
      [2099, 5],
    ] as const) {
      clock.moveTo(new Date(`${year}-01-01T12:00:00Z`))
      for (let asked = 0; asked < count; asked++) {
        expect(await search()).toMatch(/^[0-9A-Z]{8}$/)
      }
    }
    clock.moveTo(now)
    expect(await room.app.portal.lookups.forget()).toBe(0)
    expect(await search()).toBeUndefined()
    const { rows } = await room.superuser.query(
      'select distinct expires_on - current_date as days from oversight.lookup',
    )
    expect(rows).toEqual([{ days: 365 }])
  })
})
