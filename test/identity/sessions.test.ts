import { sql } from 'kysely'
import { startTestApp, type TestApp } from '../support/app.js'
import { visitor, type Visitor } from '../support/visitor.js'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ demo: true })
})

afterAll(() => app?.close())

const DAY = 24 * 60
const minutes = (count: number) =>
  app.clock.moveTo(new Date(app.clock.now().getTime() + count * 60_000))

const sessions = async (): Promise<number | undefined> => {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from identity.session`.execute(app.installation.admin)
  return rows[0]?.n
}

async function signedIn(person: string): Promise<Visitor> {
  const browser = visitor(app)
  await browser.signIn(person)
  return browser
}

describe('a session', () => {
  it('ends after a quarter of an hour without a click, and lives on with each one', async () => {
    const browser = await signedIn('resident-plain')
    for (let click = 0; click < 3; click++) {
      minutes(14)
      expect((await browser.get('/de/me')).status).toBe(200)
    }
    minutes(16)
    expect((await browser.get('/de/me')).status).toBe(303)
  })

  it('ends after its life, however busy: 12 hours for residents, 8 for staff', async () => {
    const resident = await signedIn('resident-plain')
    const staff = await signedIn('dpo')
    const open = async (browser: Visitor, path: string) => (await browser.get(path)).status === 200
    for (let quarter = 0; quarter < 4 * 8; quarter++) {
      minutes(14.9)
      await Promise.all([resident.get('/de/me'), staff.get('/de/staff')])
    }
    expect(await open(staff, '/de/staff')).toBe(true)
    minutes(14)
    expect(await open(staff, '/de/staff')).toBe(false)
    expect(await open(resident, '/de/me')).toBe(true)
  })

  it('that is over for a day is removed by the hourly job, and no other', async () => {
    const job = app.portal.jobs.find(({ name }) => name === 'identity.forget')
    minutes(DAY + 20)
    await job?.work()
    expect(await sessions()).toBe(0)
    await signedIn('resident-withheld')
    minutes(DAY + 14)
    const browser = await signedIn('resident-plain')
    expect(await job?.work()).toBe(0)
    minutes(2)
    expect(await job?.work()).toBe(1)
    expect((await browser.get('/de/me')).status).toBe(200)
  })
})
