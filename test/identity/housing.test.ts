import { sql } from 'kysely'
import type { CodeOrder, Issued } from '../../server/identity/issuing.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { csrfIn, visitor } from '../support/visitor.js'

let app: TestApp
let office: number

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  office = app.installation.catalogue.parties.byCode('i.pf.abh')?.id ?? 0
})

afterAll(() => app?.close())

type Told = Pick<CodeOrder, 'way' | 'sharesHousing'>
const posted = { kind: 'posted', birthYear: 1990 } as const
const handed = { kind: 'handed' } as const

async function issue(value: string, told: Told): Promise<Issued['kind']> {
  const order = {
    recovery: false,
    language: 'de',
    number: { scheme: 'azr', value },
    ...told,
  } as const
  return (await app.portal.issuing.issue({ office }, order)).kind
}

describe('shared housing, where others open the post', () => {
  it('gets no code by post, neither when it is said nor later when it is not', async () => {
    const value = '400000000001'
    expect(await issue(value, { way: posted, sharesHousing: true })).toBe('shared')
    expect(await issue(value, { way: handed, sharesHousing: true })).toBe('issued')
    expect(await issue(value, { way: posted, sharesHousing: false })).toBe('shared')
    expect(await issue(value, { way: posted })).toBe('shared')
  })

  it('is over once somebody at the counter says so', async () => {
    const value = '400000000002'
    expect(await issue(value, { way: handed, sharesHousing: true })).toBe('issued')
    expect(await issue(value, { way: handed })).toBe('issued')
    expect(await issue(value, { way: posted, sharesHousing: false })).toBe('shared')
    expect(await issue(value, { way: handed, sharesHousing: false })).toBe('issued')
    expect(await issue(value, { way: posted, sharesHousing: false })).toBe('issued')
  })

  it('is noted for that person alone', async () => {
    expect(await issue('400000000003', { way: handed, sharesHousing: true })).toBe('issued')
    expect(await issue('400000000004', { way: posted, sharesHousing: false })).toBe('issued')
  })

  it.each([
    ['', 400, 'Sagen Sie, wie die Person wohnt.'],
    ['shared', 400, 'In eine Gemeinschaftsunterkunft geht kein Code mit der Post.'],
    ['own', 303, ''],
  ])(
    'is asked about at the desk before anything is posted: "%s"',
    async (housing, status, words) => {
      const browser = visitor(app)
      await browser.signIn('caseworker')
      const { body } = await browser.get('/de/staff/codes')
      const typed = { scheme: 'azr', number: '400000000009', way: 'posted', year: '1990' }
      const answer = await browser.post('/de/staff/codes', {
        ...typed,
        housing,
        language: 'de',
        csrf: csrfIn(body),
      })
      expect(answer.status).toBe(status)
      expect(answer.body).toContain(words)
    },
  )
})

test('a refusal stands in the log of the person like a code, because it tells something of them', async () => {
  const value = '400000000011'
  expect(await issue(value, { way: handed, sharesHousing: true })).toBe('issued')
  const entries = async () => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from overview.access_event e
      where e.subject = ${app.portal.enrolment.subjectOf({ scheme: 'azr', value }) ?? ''}`.execute(
      app.installation.admin,
    )
    return rows[0]?.count
  }
  expect(await entries()).toBe(1)
  expect(await issue(value, { way: posted, sharesHousing: false })).toBe('shared')
  expect(await entries()).toBe(2)
})
