import type { StaffActor } from '../../server/identity/index.js'
import { REFUSED } from '../platform/answers.js'
import { says } from '../support/past.js'
import { openInsider } from '../ledger/insider.js'
import { roomOf, type Room } from '../inquiries/room.js'
import { startTestApp } from '../support/app.js'
import { csrfIn, visitor, type Visitor } from '../support/visitor.js'

const OVERVIEW = '/de/oversight'

let room: Room
let dpo: Visitor
let officer: StaffActor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  const amina = await room.resident('amina')
  officer = await room.staff('dpo', 'dpo')
  await room.accesses(amina, 400)
  await room.app.portal.ledger.tick()
  dpo = visitor(room.app)
  await dpo.signIn('dpo')
}, 60_000)

afterAll(() => room?.close())

const ask = async () => {
  const { body } = await dpo.get(OVERVIEW)
  return dpo.post(`${OVERVIEW}/check`, { csrf: csrfIn(body) })
}
const work = () => room.app.portal.checking.work()
/** Time passes, and the officer signs in again. */
const later = async (minutes: number) => {
  const { clock } = room.app
  clock.moveTo(new Date(clock.now().getTime() + minutes * 60_000))
  await dpo.signIn('dpo')
}
const page = async () => (await dpo.get(OVERVIEW)).body

describe('a check of the log on demand', () => {
  it('is asked for by a button, made by a job, and its result stands on the page', async () => {
    expect(await page()).toContain('Jetzt prüfen')
    expect((await ask()).status).toBe(303)
    expect(await page()).toContain('Die Prüfung beginnt in einer Minute.')
    expect(await page()).not.toContain('Jetzt prüfen')
    expect(await work()).toBe(1)
    expect(await work()).toBe(0)
    expect(await page()).toContain('Das Protokoll ist unverändert. Geprüft sind alle Einträge')
  })

  it('is one at a time, and ten minutes apart', async () => {
    const asked = async () =>
      (await room.superuser.query('select from oversight.log_check')).rows.length
    const before = await asked()
    await later(9)
    await ask()
    expect(await asked()).toBe(before)
    await later(2)
    expect(await page()).toContain('Jetzt prüfen')
    await ask()
    await later(20)
    await ask()
    expect(await asked()).toBe(before + 1)
    await work()
  })

  it.each([
    [
      'ledger.tile',
      `update ledger.tile set data = set_byte(data, 76, 255 - get_byte(data, 76)) where level = 0`,
    ],
    [
      'ledger.bundle',
      `update ledger.bundle set data = set_byte(data, 76, 255 - get_byte(data, 76)) where idx = 0`,
    ],
    ['ledger.head', `update ledger.head set edge = set_byte(edge, 39, 255 - get_byte(edge, 39))`],
    [
      'ledger.checkpoint',
      `update ledger.checkpoint set note = replace(note, '—', '-') where public`,
    ],
  ])('finds what an insider altered in %s', async (table, statement) => {
    const insider = await openInsider(room.app.adminUrl, [table])
    await later(11)
    await ask()
    await insider.whileAltered(table, statement, work)
    await insider.close()
    expect(await page()).toContain('Das Protokoll hat Fehler')
    await later(11)
    await ask()
    await work()
    expect(await page()).toContain('Das Protokoll ist unverändert.')
  })

  it('that its process did not live to end is made again', async () => {
    await later(11)
    await ask()
    await room.superuser.query(
      `update oversight.log_check set state = 'working', worked_at = $1 where state = 'waiting'`,
      [room.app.clock.now()],
    )
    expect(await work()).toBe(0)
    await later(16)
    expect(await work()).toBe(1)
    expect(await page()).toContain('Das Protokoll ist unverändert.')
  })

  it('is taken by the database from officers alone, and not for ever', async () => {
    const clerk = await room.staff('clerk', 'caseworker')
    const as = ({ staff }: StaffActor) => ({
      who: ['web', 'web_staff'] as const,
      settings: { office: String(room.office.id), staff },
    })
    const insert = (more = '', value = '') =>
      `insert into oversight.log_check (log_check, office, state, asked_at, expires_on${more}) values
        (gen_random_uuid(), ${room.office.id}, 'waiting', now(), current_date + 365${value})`
    expect(await says(room, as(clerk), [insert()])).toEqual([REFUSED])
    expect(await says(room, as(clerk), ['select from oversight.log_check'])).toEqual(['0 rows'])
    expect(await says(room, as(officer), [insert()])).toEqual(['1 rows'])
    expect(await says(room, as(officer), [insert(', noted_at', ", '2020-01-01'")])).toEqual([
      REFUSED,
    ])
    await room.superuser.query(
      `insert into oversight.log_check (log_check, office, state, asked_at, expires_on)
        select gen_random_uuid(), ${room.office.id}, 'failed', '2020-01-01', current_date + 365
        from generate_series(1, 48)`,
    )
    expect(await says(room, as(officer), [insert()])).toEqual([REFUSED])
    await later(11)
    expect((await ask()).status).toBe(303)
    expect(await work()).toBe(0)
  })
})
