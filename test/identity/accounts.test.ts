import { sql } from 'kysely'
import { startTestApp, type TestApp } from '../support/app.js'
import { csrfIn, visitor, type Visitor } from '../support/visitor.js'

const SETTINGS = '/de/me/settings'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ demo: true })
})

afterAll(() => app?.close())

async function signedIn(person: string): Promise<Visitor> {
  const browser = visitor(app)
  await browser.signIn(person)
  return browser
}

async function chosen(browser: Visitor, choice: Readonly<Record<string, string>>) {
  const csrf = csrfIn((await browser.get(SETTINGS)).body)
  return browser.post(SETTINGS, { ...choice, csrf })
}

const cards = (body: string) => body.match(/href="\/de\/me\/accesses\/\d+"/g)?.length ?? 0

describe('what the first screen shows', () => {
  it('is the resident’s choice, for their own account alone', async () => {
    const browser = await signedIn('resident-plain')
    const other = await signedIn('resident-en')
    expect(cards((await browser.get('/de/me')).body)).toBeGreaterThan(0)
    const answer = await chosen(browser, { language: 'de' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/de/me'])
    const home = await browser.get('/de/me')
    expect(cards(home.body)).toBe(0)
    expect(home.body).toContain('Sie haben gewählt')
    expect(cards((await other.get('/de/me')).body)).toBeGreaterThan(0)
    expect(cards((await browser.get('/de/me/accesses')).body)).toBeGreaterThan(0)
    await chosen(browser, { language: 'de', latest: 'yes' })
    expect(cards((await browser.get('/de/me')).body)).toBeGreaterThan(0)
  })

  it('comes in the language chosen, and in no other than ours', async () => {
    const browser = await signedIn('resident-plain')
    const answer = await chosen(browser, { language: 'ar', latest: 'yes' })
    expect(answer.headers.get('location')).toBe('/ar/me')
    expect((await browser.get(SETTINGS)).body).toMatch(/<option value="ar"[^>]* selected/)
    expect((await chosen(browser, { language: 'xx', latest: 'yes' })).status).toBe(400)
    expect((await browser.get(SETTINGS)).body).toMatch(/<option value="ar"[^>]* selected/)
  })
})

describe('an account', () => {
  const accounts = async () => {
    const { rows } = await sql<{ name: string }>`
      select demo_name as name from identity.account order by 1`.execute(app.installation.admin)
    return rows.map(({ name }) => name)
  }
  const days = (count: number) =>
    app.clock.moveTo(new Date(app.clock.now().getTime() + count * 86_400_000))

  it('that nobody has used for three years is deleted, with each way in, and its log stays', async () => {
    const jobOf = (wanted: string) => app.portal.jobs.find(({ name }) => name === wanted)
    const job = jobOf('identity.delete-unused')
    const before = await accounts()
    const start = app.clock.now()
    days(2 * 365)
    await signedIn('resident-en')
    // The demonstration's people were last in up to three months ago.
    days(365 - 95)
    expect(await job?.work()).toBe(0)
    days(95 + 2)
    // Nobody was told: whatever the calendar says, nothing is deleted.
    expect(await job?.work()).toBe(0)
    await jobOf('notices.warn-unused')?.work()
    days(27)
    expect(await job?.work()).toBe(0)
    days(2)
    const { rows: log } = await sql`select from overview.access_event`.execute(
      app.installation.admin,
    )
    expect(await job?.work()).toBe(before.length - 1)
    expect(await accounts()).toEqual(['resident-en'])
    const { rows: left } = await sql`select from overview.access_event`.execute(
      app.installation.admin,
    )
    expect(left.length).toBe(log.length)
    app.clock.moveTo(start)
  })
})
