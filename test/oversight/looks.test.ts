import type { StaffActor } from '../../server/identity/index.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { startTestApp } from '../support/app.js'
import { says } from '../support/past.js'
import type { Visitor } from '../support/visitor.js'
import { visitorAs } from '../journeys/stations.js'

const LIST = '/de/oversight/looks'

let room: Room
let amina: Person
let officer: StaffActor
let supervisor: Visitor
let supervisorId: string
/** Leaves of an open and of a withheld access of the office. */
let entries: { open: number; withheld: number }

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('resident-ar')
  officer = await room.staff('dpo', 'dpo')
  await room.staff('dpo-2', 'dpo', room.other)
  await room.staff('caseworker', 'caseworker')
  await room.app.portal.enrolment.createDemoStaff({
    ...{ name: 'supervisor', role: 'supervisor', assurance: 'high' },
  })
  const [open = 0] = await room.accesses(amina, 1)
  const [withheld = 0] = await room.accesses(amina, 1, { disclosure: 'withheld' })
  entries = { open, withheld }
  supervisor = await reader('supervisor')
  const { rows } = await room.superuser.query<{ staff: string }>(
    `select staff from identity.staff where role = 'supervisor'`,
  )
  supervisorId = rows[0]?.staff ?? ''
}, 60_000)

afterAll(() => room?.close())

const reader = (name: string) => visitorAs(room.app, name)

const rowsIn = (body: string) =>
  [...body.matchAll(/<tr>([^]*?)<\/tr>/g)].map(([, row = '']) => row).slice(1)

describe('what data protection officers looked at', () => {
  it('is read by the supervisor, what is withheld as well, and names nobody', async () => {
    expect((await supervisor.get(LIST)).body).toContain('Hier steht noch kein Blick.')
    const dpo = await reader('dpo')
    await dpo.get(`/de/oversight/accesses/${entries.open}`)
    await dpo.get(`/de/oversight/accesses/${entries.withheld}`)
    const { body, status } = await supervisor.get(LIST)
    expect(status).toBe(200)
    const [newest = '', older = '', ...more] = rowsIn(body)
    expect(more).toEqual([])
    expect(newest).toContain('Nein, wegen des angesehenen Zugriffs')
    expect(older).toContain('Ja')
    expect(older).toContain('Jobcenter Stadt Pforzheim')
    for (const secret of [amina.number, ...amina.actor.subjects, officer.staff]) {
      expect(body).not.toContain(secret)
    }
  })

  it('is chosen by office', async () => {
    expect(rowsIn((await supervisor.get(`${LIST}?office=${room.office.code}`)).body)).toHaveLength(
      2,
    )
    expect(rowsIn((await supervisor.get(`${LIST}?office=${room.other.code}`)).body)).toEqual([])
    expect(rowsIn((await supervisor.get(`${LIST}?office=none`)).body)).toHaveLength(2)
  })

  it('is no look of caseworkers, and nobody but supervisors reads it', async () => {
    for (const name of ['dpo', 'dpo-2', 'caseworker']) {
      expect((await (await reader(name)).get(LIST)).status).toBe(404)
    }
  })

  it('is kept by the database from everybody but active supervisors', async () => {
    const as = (staff: string, office = '') => ({
      who: ['reporting', 'reporting'] as const,
      settings: { staff, office },
    })
    const all = ['select from reporting.officer_look']
    expect(await says(room, as(supervisorId), all)).toEqual(['2 rows'])
    expect(await says(room, as(officer.staff, String(room.office.id)), all)).toEqual(['0 rows'])
    expect(await says(room, as(''), all)).toEqual(['0 rows'])
    await room.superuser.query(`update identity.staff set state = 'suspended' where staff = $1`, [
      supervisorId,
    ])
    expect(await says(room, as(supervisorId), all)).toEqual(['0 rows'])
  })
})
