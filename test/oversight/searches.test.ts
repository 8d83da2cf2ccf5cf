import type { StaffActor } from '../../server/identity/index.js'
import { daysAfter, germanDay } from '../../server/platform/kernel/days.js'
import { roomOf, type Room } from '../inquiries/room.js'
import { visitorAs } from '../journeys/stations.js'
import { REFUSED } from '../platform/answers.js'
import { startTestApp } from '../support/app.js'
import { says } from '../support/past.js'
import { csrfIn, type Visitor } from '../support/visitor.js'

const LIST = '/de/oversight/searches'
const CHECK_VIOLATED = '23514'
const CHOSEN = 'from=2026-11-01&until=2026-11-30&side=received&flagged=yes'

let room: Room
let officer: StaffActor
let colleague: StaffActor
let clerk: StaffActor
let dpo: Visitor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  officer = await room.staff('dpo', 'dpo')
  colleague = await room.staff('dpo-2', 'dpo')
  clerk = await room.staff('caseworker', 'caseworker')
  dpo = await visitorAs(room.app, 'dpo')
}, 60_000)

afterAll(() => room?.close())

beforeEach(() => room.superuser.query('delete from oversight.saved_search'))

/** Saves what an address chooses, by the page that asks for a name. */
async function save(form: Record<string, string>, chosen = CHOSEN, browser = dpo) {
  const { body } = await browser.get(`${LIST}/new?${chosen}`)
  const query = /name="query" value="([^"]*)"/.exec(body)?.[1] ?? ''
  const asked = { csrf: csrfIn(body), query: query.replaceAll(/&(amp;|#x3D;)/g, decoded) }
  return browser.post(LIST, { ...asked, ...form })
}
const decoded = (entity: string) => (entity === '&amp;' ? '&' : '=')
const openedBy = (body: string) =>
  [...body.matchAll(/href="\/de\/oversight\/accesses\?([^"]+)"/g)].map(([, query = '']) =>
    Object.fromEntries(new URLSearchParams(query.replaceAll(/&(amp;|#x3D;)/g, decoded))),
  )
const idIn = (body: string) => /\/oversight\/searches\/([0-9a-f-]{36})"/.exec(body)?.[1] ?? ''
const act = async (path: string, form: Record<string, string> = {}) => {
  const { body } = await dpo.get(LIST)
  const { body: one } = await dpo.get(`${LIST}/${idIn(body)}`)
  return dpo.post(`${LIST}/${idIn(body)}/${path}`, { csrf: csrfIn(one), ...form })
}

describe('an officer', () => {
  it('saves what is chosen under a given name, opens, renames and deletes it', async () => {
    const { body } = await dpo.get(`/de/oversight/accesses?${CHOSEN}`)
    expect(body).toContain('Diese Suche speichern')
    expect((await save({ name: 'complaint' })).headers.get('location')).toBe(LIST)
    const list = await dpo.get(LIST)
    expect(list.body).toContain('Beschwerde 1')
    expect(list.body).toContain('Hat Daten erhalten')
    expect(openedBy(list.body)).toEqual([Object.fromEntries(new URLSearchParams(CHOSEN))])
    expect((await act('name', { name: 'annual' })).status).toBe(303)
    expect((await dpo.get(LIST)).body).toContain('Jahresbericht 1')
    expect((await act('drop')).status).toBe(303)
    expect((await dpo.get(LIST)).body).toContain('noch keine Suche gespeichert')
  })

  it('asks for a report with what a search chooses', async () => {
    await save({ name: 'supervision' })
    const { body } = await dpo.get(LIST)
    const one = await dpo.get(`${LIST}/${idIn(body)}`)
    expect(one.body).toMatch(
      /\/oversight\/reports\/new\?[^"]*side&#x3D;received[^"]*format&#x3D;csv/,
    )
  })

  it('keeps a period that moves along, so that the days are those of today', async () => {
    await save({ name: 'routine', days: '30' })
    const { body } = await dpo.get(LIST)
    expect(body).toContain('die letzten 30 Tage bis heute')
    const today = germanDay(room.app.clock.now())
    expect(openedBy(body)).toEqual([
      { from: daysAfter(today, -29), side: 'received', flagged: 'yes' },
    ])
  })

  it('is told what a search lacks since the catalogue has lost it', async () => {
    await save({ name: 'routine' })
    await room.superuser.query(
      `update oversight.saved_search set filter = '{"side": "gave", "purpose": "p.gone"}'`,
    )
    const { body } = await dpo.get(LIST)
    expect(body).toContain('Diese Angaben gibt es nicht mehr, sie zählen nicht: Zweck')
    expect(openedBy(body)).toEqual([{ side: 'gave' }])
  })

  it('names it from a list alone, and keeps what was chosen when that is missing', async () => {
    for (const name of ['', 'Frau Müller', '__proto__']) {
      const { status, body } = await save({ name })
      expect(status).toBe(400)
      expect(body).toContain('Wählen Sie eine Antwort.')
      expect(body).toContain('side&#x3D;received')
    }
    expect(await kept()).toBe(0)
  })

  it('saves no word of an address that is no filter, and so no entry and no person', async () => {
    await save({ name: 'other' }, `${CHOSEN}&entry=5&subject=x&before=9&purpose=p.none`)
    const { rows } = await room.superuser.query<{ filter: object }>(
      'select filter from oversight.saved_search',
    )
    expect(rows).toEqual([{ filter: Object.fromEntries(new URLSearchParams(CHOSEN)) }])
  })

  it('has twelve at most, and is told so', async () => {
    const { searches } = room.app.portal
    const search = { name: 'other', days: null, chosen: {} } as const
    const saved = await Promise.all(Array.from({ length: 20 }, () => patient(search)))
    expect(saved.filter(Boolean).length).toBeLessThanOrEqual(12)
    while (await searches.save(officer, search)) expect(await kept()).toBeLessThanOrEqual(12)
    const { status, body } = await save({ name: 'other' })
    expect(status).toBe(409)
    expect(body).toContain('Sie haben schon zwölf Suchen')
    expect(await kept()).toBe(12)
    // Full lists are for one officer at one office.
    expect(await searches.save(colleague, search)).toBe(true)
  })

  it('loses it a year after it was named last', async () => {
    const { jobs } = room.app.portal
    const forget = jobs.find(({ name }) => name === 'oversight.forget')
    await save({ name: 'other' })
    expect(await forget?.work()).toBe(0)
    await room.superuser.query('update oversight.saved_search set expires_on = current_date')
    expect((await dpo.get(LIST)).body).toContain('noch keine Suche gespeichert')
    expect(await forget?.work()).toBe(1)
  })
})

const kept = async () => {
  const { rows } = await room.superuser.query<{ n: number }>(
    'select count(*)::int as n from oversight.saved_search where staff = $1',
    [officer.staff],
  )
  return rows[0]?.n ?? -1
}

/** Many at once may find no connection; that is no answer to whether there is a place. */
async function patient(search: Parameters<typeof room.app.portal.searches.save>[1]) {
  try {
    return await room.app.portal.searches.save(officer, search)
  } catch {
    return false
  }
}

describe('a search of somebody else', () => {
  it('is not there: neither to read, nor to name, nor to delete', async () => {
    await save({ name: 'other' })
    const id = idIn((await dpo.get(LIST)).body)
    const other = await visitorAs(room.app, 'dpo-2')
    const { body } = await other.get(LIST)
    expect(body).not.toContain(id)
    expect((await other.get(`${LIST}/${id}`)).status).toBe(404)
    const { body: form } = await other.get(`${LIST}/new`)
    const csrf = csrfIn(form)
    expect((await other.post(`${LIST}/${id}/name`, { csrf, name: 'annual' })).status).toBe(404)
    await other.post(`${LIST}/${id}/drop`, { csrf })
    expect(await kept()).toBe(1)
  })

  it('stays its owner’s, at their office, whatever is asked of the database', async () => {
    await save({ name: 'other' })
    const as = ({ staff }: StaffActor, office = room.office) => ({
      who: ['web', 'web_staff'] as const,
      settings: { staff, office: String(office.id) },
    })
    const read = ['select from oversight.saved_search']
    expect(await says(room, as(officer), read)).toEqual(['1 rows'])
    for (const who of [as(colleague), as(clerk), as(officer, room.other)]) {
      expect(await says(room, who, read)).toEqual(['0 rows'])
    }
    const insert = (staff: string, filter = '{}') =>
      `insert into oversight.saved_search values (gen_random_uuid(), '${staff}', ${room.office.id}, 9, 'other', null,
        '${filter}', current_date + 9)`
    expect(
      await says(room, as(officer), [
        insert(colleague.staff),
        `update oversight.saved_search set filter = '{}'`,
        insert(officer.staff),
      ]),
    ).toEqual([REFUSED, REFUSED, '1 rows'])
    expect(await says(room, as(clerk), [insert(clerk.staff)])).toEqual([REFUSED])
    const handles = [
      '{"entry": "5"}',
      '{"subject": "a"}',
      '{"unit": 5}',
      '{"unit": "Müller"}',
      '[]',
    ]
    const answers = await says(
      room,
      as(officer),
      handles.map((one) => insert(officer.staff, one)),
    )
    expect(answers).toEqual(handles.map(() => CHECK_VIOLATED))
    const reporting = { ...as(officer), who: ['reporting', 'reporting'] as const }
    expect(await says(room, reporting, read)).toEqual([REFUSED])
  })
})
