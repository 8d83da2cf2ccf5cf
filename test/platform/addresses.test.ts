import { request } from 'node:http'
import { startTestApp, type TestApp } from '../support/app.js'
import { visitor } from '../support/visitor.js'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})

afterAll(async () => {
  await app?.close()
})

/** As it is written: `fetch` would tidy the address up first. */
function statusOf(path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(app.url)
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, agent: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asked.once('error', reject)
    asked.end()
  })
}

describe('an address', () => {
  it.each(['/demo', '/api/v1/catalogue', '/log/vkey', '/livez'])(
    'has one spelling: %s is not there in capitals',
    async (path) => {
      expect(await statusOf(path)).toBe(200)
      expect(await statusOf(path.toUpperCase())).toBe(404)
    },
  )

  it.each(['/assets', '/assets/', '/assets/manifest.json', '/assets///other.example/%2e%2e'])(
    'of assets is that of a file named after its content, so %s is none',
    async (path) => {
      expect(await statusOf(path)).toBe(404)
    },
  )

  it('writes its language plainly', async () => {
    expect(await statusOf('/en/sign-in')).toBe(200)
    expect(await statusOf('/%65n/sign-in')).toBe(404)
  })

  it('of an asset that a page names is there', async () => {
    const { body } = await visitor(app).get('/de/')
    const named = [...body.matchAll(/"(\/assets\/[^"#]+)/g)].map(([, path]) => path ?? '')
    expect(named.length).toBeGreaterThan(1)
    for (const path of new Set(named)) expect(await statusOf(path)).toBe(200)
  })
})
