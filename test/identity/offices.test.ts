import type { Party } from '../../server/catalogue/index.js'
import { LANGUAGES } from '../../server/platform/http/languages.js'
import { roomOf, type Room } from '../inquiries/room.js'
import { visitorAs } from '../journeys/stations.js'
import { startTestApp } from '../support/app.js'
import { csrfIn, type Page, type Visitor } from '../support/visitor.js'

let room: Room
let officer: string

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  officer = (await room.staff('dpo', 'dpo')).staff
  await room.staff('dpo-2', 'dpo', room.other)
  for (const name of ['operator', 'operator-2']) {
    const { enrolment } = room.app.portal
    await enrolment.createDemoStaff({ name, role: 'operator', assurance: 'high' })
  }
  const amina = await room.resident('amina')
  await room.accesses(amina, 2)
  await room.app.portal.ledger.tick()
}, 60_000)

afterAll(() => room?.close())

const PEOPLE = '/de/staff/people'
const form = () => `${PEOPLE}/${officer}/office`

async function propose(browser: Visitor, office: string): Promise<Page> {
  const { body } = await browser.get(form())
  return browser.post(form(), { office, csrf: csrfIn(body) })
}

async function press(browser: Visitor, address: string): Promise<Page> {
  const { body } = await browser.get(PEOPLE)
  return browser.post(address, { csrf: csrfIn(body) })
}

async function confirmations(browser: Visitor): Promise<string[]> {
  const { body } = await browser.get(PEOPLE)
  return [...body.matchAll(/action="([^"]+\/confirm)"/g)].map(([, address = '']) => address)
}

/** The members of staff that an officer can become, by the buttons of their first page. */
async function offered(browser: Visitor): Promise<string[]> {
  const { body } = await browser.get('/de/staff')
  return [...body.matchAll(/name="staff" value="([^"]+)"/g)].map(([, staff = '']) => staff)
}

async function take(browser: Visitor, staff: string): Promise<Page> {
  const { body } = await browser.get('/de/staff')
  return browser.post('/de/staff/office', { staff, csrf: csrfIn(body) })
}

const listed = async (browser: Visitor) =>
  [...(await browser.get('/de/oversight/accesses')).body.matchAll(/accesses\/(\d+)"/g)].length

const nameOf = ({ code }: Party, tag: string) =>
  room.app.installation.catalogue.texts(tag).party(code).name

/** For which office somebody acts, as the head of a page says it. */
async function headOf(browser: Visitor, address: string): Promise<string> {
  const { body } = await browser.get(address)
  return /class="wrap acting">[^<]*<bdi>([^<]*)<\/bdi>/.exec(body)?.[1] ?? ''
}

const states = async () => {
  const { rows } = await room.superuser.query<{ state: string; code: boolean }>(
    'select state, code_hash is not null as code from identity.staff where officer = $1',
    [officer],
  )
  return rows
}

describe('a data protection officer of several offices', () => {
  it('is let in by two operators, without a code of their own', async () => {
    const one = await visitorAs(room.app, 'operator')
    const two = await visitorAs(room.app, 'operator-2')
    expect((await propose(one, 'i.nowhere')).status).toBe(400)
    expect((await propose(one, room.office.code)).body).toContain('schon zuständig')
    expect((await propose(one, room.other.code)).status).toBe(303)
    expect((await propose(one, room.other.code)).status).toBe(400)
    expect(await confirmations(one)).toEqual([])
    const [address = ''] = await confirmations(two)
    expect((await press(one, address)).status).toBe(404)
    const done = await press(two, address)
    expect([done.status, done.headers.get('location')]).toEqual([303, PEOPLE])
    expect(await states()).toEqual([{ state: 'active', code: false }])
    expect((await press(two, address)).status).toBe(404)
  })

  it('sees one office at a time, and says which', async () => {
    const dpo = await visitorAs(room.app, 'dpo')
    expect(await listed(dpo)).toBeGreaterThan(0)
    const [further = ''] = await offered(dpo)
    const before = dpo.cookies()
    const taken = await take(dpo, further)
    expect([taken.status, taken.headers.get('location')]).toEqual([303, '/de/staff'])
    expect(dpo.cookies()).not.toBe(before)
    expect(await listed(dpo)).toBe(0)
    const other = (await dpo.get('/de/staff')).body
    expect(other).toContain('Sie arbeiten gerade für diese Behörde.')
    expect(await offered(dpo)).toEqual([officer])
    expect(await headOf(dpo, '/de/oversight/accesses')).toBe(nameOf(room.other, 'de'))
    expect((await take(dpo, officer)).status).toBe(303)
    expect(await listed(dpo)).toBeGreaterThan(0)
  })

  it('reads on every page for which office they act, in every language', async () => {
    const dpo = await visitorAs(room.app, 'dpo')
    for (const { tag } of LANGUAGES) {
      for (const page of ['staff', 'oversight', 'oversight/accesses', 'oversight/reports/new']) {
        expect(await headOf(dpo, `/${tag}/${page}`)).toBe(nameOf(room.office, tag))
      }
    }
    // Operators act for no office.
    expect(await headOf(await visitorAs(room.app, 'operator'), PEOPLE)).toBe('')
  })

  it('opens nothing with the token from before', async () => {
    const dpo = await visitorAs(room.app, 'dpo')
    const before = dpo.cookies()
    await take(dpo, (await offered(dpo))[0] ?? '')
    const { status } = await fetch(`${room.app.url}/de/oversight/accesses`, {
      redirect: 'manual',
      headers: { cookie: before },
    })
    expect(status).toBe(303)
  })

  it('does nothing for one office with a form that was opened for another', async () => {
    const dpo = await visitorAs(room.app, 'dpo')
    const { body } = await dpo.get('/de/staff')
    await take(dpo, (await offered(dpo))[0] ?? '')
    const late = await dpo.post('/de/staff/office', { staff: officer, csrf: csrfIn(body) })
    expect(late.status).toBe(403)
    expect(await offered(dpo)).toEqual([officer])
  })

  it('becomes nobody else, and nobody else becomes them', async () => {
    const [dpo, stranger] = await Promise.all([
      visitorAs(room.app, 'dpo'),
      visitorAs(room.app, 'dpo-2'),
    ])
    const [further = ''] = await offered(dpo)
    expect(await offered(stranger)).toEqual([])
    for (const staff of [officer, further, 'nothing', '']) {
      expect((await take(stranger, staff)).status).toBe(404)
    }
    const { rows } = await room.superuser.query<{ staff: string }>(
      `select staff from identity.staff where demo_name = 'dpo-2'`,
    )
    expect((await take(dpo, rows[0]?.staff ?? '')).status).toBe(404)
    expect(await listed(dpo)).toBeGreaterThan(0)
  })

  it('is no second person for what they asked for at another office', async () => {
    const { rows } = await room.superuser.query<{ offices: number[] }>(
      `select array_agg(office order by office) as offices from identity.staff
        where coalesce(officer, staff) = $1`,
      [officer],
    )
    expect(rows[0]?.offices).toEqual([room.office.id, room.other.id].sort((a, b) => a - b))
  })

  it('loses a further office at once when it is suspended, and keeps the own one', async () => {
    const dpo = await visitorAs(room.app, 'dpo')
    const [further = ''] = await offered(dpo)
    await take(dpo, further)
    const one = await visitorAs(room.app, 'operator')
    expect((await press(one, `${PEOPLE}/${further}/suspend`)).status).toBe(303)
    expect((await dpo.get('/de/staff')).status).toBe(303)
    const again = await visitorAs(room.app, 'dpo')
    expect((await again.get('/de/staff')).status).toBe(200)
    expect(await offered(again)).toEqual([])
  })

  it('serves no office any more once they are suspended themselves', async () => {
    const one = await visitorAs(room.app, 'operator')
    const two = await visitorAs(room.app, 'operator-2')
    expect((await propose(one, room.other.code)).status).toBe(303)
    await press(two, (await confirmations(two))[0] ?? '')
    expect((await states()).map(({ state }) => state)).toEqual(['active'])
    await press(one, `${PEOPLE}/${officer}/suspend`)
    expect((await states()).map(({ state }) => state)).toEqual(['suspended'])
    expect((await one.get(form())).status).toBe(404)
  })
})
