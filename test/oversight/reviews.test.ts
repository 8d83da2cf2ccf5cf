import type { StaffActor } from '../../server/identity/index.js'
import { forget } from '../../server/overview/upkeep.js'
import { daysAfter, utcDay } from '../../server/platform/kernel/days.js'
import { roomOf, type Room } from '../inquiries/room.js'
import { visitorAs } from '../journeys/stations.js'
import { startTestApp } from '../support/app.js'

let room: Room
let officer: StaffActor
let foreign: StaffActor
let clerk: StaffActor
let index: number

const inDays = (days: number) => daysAfter(utcDay(room.app.clock.now()), days)
const history = (actor: StaffActor) => room.app.portal.held.history(actor, index)

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  const amina = await room.resident('resident-ar')
  officer = await room.staff('dpo', 'dpo')
  foreign = await room.staff('dpo-2', 'dpo', room.other)
  clerk = await room.staff('caseworker', 'caseworker')
  index = (await room.accesses(amina, 1, { disclosure: 'case_review' }))[0] ?? -1
  const { held } = room.app.portal
  const remains = { finding: 'remains' } as const
  await held.review(officer, index, { ...remains, seen: 0, reason: 'task', day: inDays(30) })
  await held.review(officer, index, { ...remains, seen: 1, reason: 'secrecy', day: inDays(60) })
}, 60_000)

afterAll(() => room?.close())

describe('the reviews of a held access', () => {
  it('stand on its page, all of them in their order, with an office and no member of staff', async () => {
    const dpo = await visitorAs(room.app, 'dpo')
    const { body } = await dpo.get(`/de/oversight/held/${index}`)
    const [, table = ''] = body.split('Bisherige Prüfungen')
    const [task, secrecy] = ['Die Aufgabe der Stelle', 'Ein Gesetz verlangt']
    expect(table.indexOf(task)).toBeGreaterThan(0)
    expect(table.indexOf(secrecy)).toBeGreaterThan(table.indexOf(task))
    expect(table.split('Ihre Behörde').length).toBeGreaterThanOrEqual(3)
    expect(body).not.toContain(officer.staff)
  })

  it('are read at their office alone, by its officer', async () => {
    const read = await history(officer)
    expect(read.map(({ number, reason, day, office }) => [number, reason, day, office.id])).toEqual(
      [
        [1, 'task', inDays(30), room.office.id],
        [2, 'secrecy', inDays(60), room.office.id],
      ],
    )
    expect(await history(foreign)).toEqual([])
    expect(await history(clerk)).toEqual([])
  })

  it('go with the entry', async () => {
    await room.superuser.query(`alter table overview.review disable trigger no_change;
      update overview.review set expires_on = current_date;
      alter table overview.review enable always trigger no_change`)
    expect(await history(officer)).toEqual([])
    await forget({ ...room.app.installation, ...room.app.portal, clock: room.app.clock })
    const { rows } = await room.superuser.query('select from overview.review')
    expect(rows).toEqual([])
  })
})
