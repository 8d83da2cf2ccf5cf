import type { StaffActor } from '../../server/identity/index.js'
import { forget } from '../../server/overview/upkeep.js'
import { daysAfter, utcDay } from '../../server/platform/kernel/days.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { visitorAs } from '../journeys/stations.js'
import { startTestApp } from '../support/app.js'
import { csrfIn } from '../support/visitor.js'

let room: Room
let amina: Person
let officer: StaffActor
let foreign: StaffActor
let clerk: StaffActor
let index: number

const inDays = (days: number) => daysAfter(utcDay(room.app.clock.now()), days)
const history = (actor: StaffActor) => room.app.portal.held.history(actor, index)

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('resident-ar')
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

  it('name today by the German calendar, also before midnight by UTC', async () => {
    const { clock } = room.app
    const now = clock.now()
    const late = new Date(`${utcDay(now)}T23:30:00Z`)
    clock.moveTo(late)
    const today = daysAfter(utcDay(late), 1)
    const one = (await room.accesses(amina, 1, { disclosure: 'case_review' }))[0] ?? -1
    const dpo = await visitorAs(room.app, 'dpo')
    const page = `/de/oversight/held/${one}`
    const review = async (finding: string, reason: string, day: string) => {
      const { body } = await dpo.get(page)
      const seen = /name="seen" value="(\d+)"/.exec(body)?.[1] ?? ''
      const form = { csrf: csrfIn(body), seen, finding, reason, day }
      return (await dpo.post(page, form)).status
    }
    expect(await review('remains', 'task', today)).toBe(400)
    expect(await review('ended', 'task_done', daysAfter(today, 1))).toBe(400)
    expect(await review('ended', 'task_done', today)).toBe(303)
    clock.moveTo(now)
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
