import { startTestApp, type TestApp } from '../support/app.js'
import { walker, type Walker } from './journey.js'

let app: TestApp
let clerk: Walker
let path: string

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  clerk = await walker(app, 'caseworker')
  const { body } = await clerk.open('/de/work/mine')
  const links = [...body.matchAll(/href="(\/de\/work\/cases\/[2-9A-Z]{8})"/g)].map(([, to]) => to)
  for (const link of links) {
    const page = await clerk.open(link ?? '')
    if (page.body.includes('name="text"')) path = link ?? ''
  }
}, 300_000)

afterAll(() => app?.close())

const REASONS = { outcome: 'corrected_in_part', reasons: ['evidence_shows'] }

describe('a correction in part', () => {
  it('offers what the person wants, to be changed', async () => {
    const { body } = await clerk.open(path)
    const wanted = /<textarea[^>]*name="text"[^>]*>([^<]+)</.exec(body)?.[1] ?? ''
    expect(wanted.trim()).not.toBe('')
    expect(body).toContain('Neuer Eintrag bei einer teilweisen Berichtigung')
    const same = await clerk.send(`${path}/decide`, { ...REASONS, text: wanted.trim() })
    expect(same.status).toBe(400)
    expect(same.body).toContain('Das ist genau der Eintrag, den die Person möchte.')
  })

  it('is not decided without an entry, and keeps what was chosen', async () => {
    await clerk.open(path)
    const empty = await clerk.send(`${path}/decide`, {
      ...REASONS,
      text: ' ',
      words: 'Siehe Akte.',
    })
    expect(empty.status).toBe(400)
    expect(empty.body).toContain('Siehe Akte.')
    expect(empty.body).toMatch(/value="corrected_in_part" checked/)
  })

  it('writes what the office typed, and the person reads it', async () => {
    await clerk.open(path)
    const done = await clerk.send(`${path}/decide`, {
      ...REASONS,
      text: 'Beschäftigung bis 20 Stunden',
    })
    expect(done.status).toBe(200)
    expect(done.body).toContain('Beschäftigung bis 20 Stunden')
    const resident = await walker(app, 'resident-tr')
    const own = await resident.open(path.replace('/work/cases/', '/me/requests/'))
    expect(own.body).toContain('Beschäftigung bis 20 Stunden')
  })
})
