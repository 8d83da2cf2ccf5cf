import { sql } from 'kysely'
import { createHash } from 'node:crypto'
import { startTestApp, type TestApp } from '../support/app.js'
import { csrfIn, visitor, type Visitor } from '../support/visitor.js'

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

  it('is known to the database by the hash of its token alone', async () => {
    const browser = await signedIn('resident-plain')
    const token = /mirat=([\w-]{43})/.exec(browser.cookies())?.[1] ?? 'no cookie was set'
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(s)::text as row from identity.session s`.execute(app.installation.admin)
    const known = rows.map(({ row }) => row).join()
    const hash = createHash('sha256').update(token).digest('hex')
    expect(known).toContain(hash)
    expect(known).not.toContain(token)
    expect(known).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
  })

  it('ends where its browser begins another one', async () => {
    const browser = await signedIn('resident-plain')
    const before = browser.cookies()
    await browser.signIn('resident-withheld')
    expect((await browser.get('/de/me')).status).toBe(200)
    const { status } = await visitor(app).request('/de/me', { headers: { cookie: before } })
    expect(status).toBe(303)
  })

  it('that is ended by its owner leaves nothing in the browser, and its token opens nothing', async () => {
    const browser = await signedIn('resident-plain')
    const before = browser.cookies()
    const { body } = await browser.get('/de/me')
    const { headers } = await browser.post('/de/sign-out', { csrf: csrfIn(body) })
    expect(headers.get('clear-site-data')).toBe('"cache", "storage"')
    expect(browser.cookies()).not.toContain('mirat=')
    const { status } = await visitor(app).request('/de/me', { headers: { cookie: before } })
    expect(status).toBe(303)
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
