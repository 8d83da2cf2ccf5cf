import { sql } from 'kysely'
import { NUMBER, openPortal } from '../journeys/people.js'
import { authorityOf } from '../ingestion/authority.js'
import type { TestApp } from '../support/app.js'
import { csrfIn, visitor } from '../support/visitor.js'

let app: TestApp

beforeAll(async () => {
  app = await openPortal()
  const office = await authorityOf(app)
  await office.deliver(office.events(1, 3))
})

afterAll(() => app?.close())

const entries = async () => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from overview.access_event`.execute(app.installation.admin)
  return rows[0]?.n
}

const LEAVE = '/de/me/devices/leave'

it('an account that is deleted opens nothing, its log stays, and a new code leads back to it', async () => {
  const [browser, elsewhere] = [visitor(app), visitor(app)]
  await browser.signIn('resident-en')
  await elsewhere.signIn('resident-en')
  const before = await entries()
  const { body } = await browser.get(LEAVE)
  const done = await browser.post(LEAVE, { csrf: csrfIn(body) })
  expect([done.status, done.headers.get('location')]).toEqual([303, '/de/'])
  expect((await browser.get('/de/me')).status).toBe(303)
  expect((await elsewhere.get('/de/me')).status).toBe(303)
  expect((await elsewhere.signIn('resident-en')).status).toBe(404)
  expect(await entries()).toBe(before)
  const { rows } = await sql`select from identity.account_subject`.execute(app.installation.admin)
  expect(rows).toEqual([])

  const office = app.installation.catalogue.parties.byCode('i.pf.abh')?.id ?? 0
  const issued = await app.portal.issuing.issue(
    { office },
    {
      number: { scheme: 'azr', value: NUMBER },
      way: { kind: 'handed' },
      recovery: false,
      language: 'de',
    },
  )
  if (issued.kind !== 'issued') throw new Error(issued.kind)
  const again = visitor(app)
  const page = await again.get('/de/activate')
  const fields = { code: issued.code, year: '', csrf: csrfIn(page.body) }
  expect((await again.post('/de/activate', fields)).status).toBe(303)
  const log = await again.get('/de/me/accesses')
  // The three that were delivered, and the code itself.
  expect(log.body.match(/href="\/de\/me\/accesses\/\d+"/g)?.length).toBeGreaterThanOrEqual(2)
})
