import { startTestApp, type TestApp } from '../support/app.js'
import { visitor } from '../support/visitor.js'
import { headerFaults } from './headers.js'

const ORIGIN = 'https://portal.example'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ demo: true, env: { ORIGIN } })
})

afterAll(() => app?.close())

describe('a portal behind https', () => {
  it('protects the reader of every answer, and is asked for by https for a year', async () => {
    for (const [path, status] of [
      ['/de/', 200],
      ['/de/me', 303],
      ['/de/nothing', 404],
      ['/api/v1/nothing', 404],
      ['/assets/nothing.css', 404],
    ] as const) {
      const page = await visitor(app).get(path)
      expect([path, page.status]).toEqual([path, status])
      const policy = page.headers.get('strict-transport-security')
      expect([path, policy]).toEqual([path, 'max-age=31536000; includeSubDomains'])
      expect([path, ...headerFaults(page)]).toEqual([path])
    }
  })

  it('sets cookies that travel by https alone, and that no neighbouring host can set', async () => {
    const browser = visitor(app)
    const { headers } = await browser.get('/de/sign-in')
    const begun = await browser.signIn('resident-plain')
    const cookies = [...headers.getSetCookie(), ...begun.headers.getSetCookie()]
    expect(cookies.map((line) => line.replace(/=[\w-]{43};/, '=x;')).sort()).toEqual([
      '__Host-mirat-visit=x; Path=/; HttpOnly; Secure; SameSite=Lax',
      '__Host-mirat=x; Path=/; HttpOnly; Secure; SameSite=Lax',
    ])
  })
})
