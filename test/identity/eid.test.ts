import { sql } from 'kysely'
import type { BrowserContext, Page } from 'playwright-core'
import { openPortal } from '../journeys/people.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import { csrfIn, visitor } from '../support/visitor.js'
import { HIGH, LOW, startIssuer, type TestIssuer } from './issuer.js'

let issuer: TestIssuer
let app: TestApp
let browser: TestBrowser

beforeAll(async () => {
  issuer = await startIssuer()
  app = await openPortal([{ name: 'dpo', role: 'dpo', office: 'i.pf.abh', assurance: 'counter' }], {
    env: issuer.env,
  })
  await app.portal.enrolment.createDemoAccount({
    name: 'resident-ar',
    language: 'ar',
    numbers: [{ scheme: 'azr', value: '200000000001' }],
  })
  await app.portal.enrolment.createDemoAccount({
    name: 'resident-letter',
    language: 'de',
    numbers: [{ scheme: 'azr', value: '200000000002' }],
  })
  browser = await startBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await app?.close()
  await issuer?.close()
})

const eids = async () => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from identity.eid`.execute(
    app.installation.admin,
  )
  return rows[0]?.n
}

async function pageOf(person?: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.context()
  const page = await context.newPage()
  if (person !== undefined) {
    await page.goto(`${app.url}/demo`)
    await page.locator(`form:has(input[value="${person}"]) button`).click()
    await page.waitForLoadState()
  }
  return { context, page }
}

/** From the page of devices to the issuer and back, without JavaScript. */
async function connect(page: Page, tag = 'de'): Promise<void> {
  await page.goto(`${app.url}/${tag}/me/devices`)
  await page.locator(`a[href="/${tag}/me/devices/eid"]`).click()
  await page.locator('main a.kern-btn--primary').click()
  await page.waitForURL('**/me/devices?eid=*')
}

async function signIn(page: Page, tag = 'de'): Promise<void> {
  await page.goto(`${app.url}/${tag}/sign-in`)
  await page.locator(`a[href="/${tag}/sign-in/eid"]`).click()
  await page.waitForLoadState()
}

it('an issuer that is down is said, and signing in otherwise goes on', async () => {
  const nobody = visitor(app)
  expect((await nobody.get('/de/sign-in/eid')).status).toBe(503)
  expect((await nobody.get('/de/sign-in')).status).toBe(200)
  await issuer.serve(app.url)
  expect((await nobody.get('/de/sign-in/eid')).status).toBe(303)
})

describe('a resident with an eID', () => {
  it.each(['de', 'ar'])('connects it once, and signs in with it alone (%s)', async (tag) => {
    issuer.now.person = { sub: `person-${tag}`, acr: HIGH }
    const known = await pageOf(tag === 'ar' ? 'resident-ar' : 'resident-en')
    await connect(known.page, tag)
    expect(await known.page.locator('.kern-alert--success').count()).toBe(1)
    const { rows: told } = await sql`
      select from notices.message where code = 'eid_added'`.execute(app.installation.admin)
    expect(told).toHaveLength(tag === 'de' ? 1 : 2)
    await known.context.close()
    const { context, page } = await pageOf()
    await signIn(page, tag)
    expect(page.url()).toBe(`${app.url}/${tag}/me`)
    const { rows } = await sql`select from identity.session where assurance = 'high'`.execute(
      app.installation.admin,
    )
    expect(rows).toHaveLength(tag === 'de' ? 1 : 2)
    await page.goto(`${app.url}/${tag}/me/documents`)
    expect(await page.locator('main a.kern-btn').count()).toBe(4)
    await context.close()
  })

  it('that is connected to no account is told how to connect it', async () => {
    issuer.now.person = { sub: 'a-stranger', acr: HIGH }
    const { context, page } = await pageOf()
    await signIn(page)
    expect(page.url()).toBe(`${app.url}/de/sign-in?eid=unknown`)
    expect(await page.locator('main').textContent()).toContain('mit keinem Konto verbunden')
    await context.close()
  })

  it.each([
    ['gives up at the issuer', 'gives up' as const],
    ['is known there too weakly', { sub: 'person-de', acr: LOW }],
  ])('who %s is not signed in', async (_case, person) => {
    issuer.now.person = person
    const { context, page } = await pageOf()
    await signIn(page)
    expect(page.url()).toBe(`${app.url}/de/sign-in?eid=failed`)
    expect((await context.cookies()).some(({ name }) => name === 'mirat')).toBe(false)
    await context.close()
  })

  it('of another account cannot connect it with theirs', async () => {
    issuer.now.person = { sub: 'person-de', acr: HIGH }
    const { context, page } = await pageOf('resident-ar')
    await page.goto(`${app.url}/de/me/devices`)
    await page.locator('form[action="/de/me/devices/eid/remove"] button').click()
    await connect(page)
    expect(page.url()).toBe(`${app.url}/de/me/devices?eid=taken`)
    await context.close()
  })

  it('who came with a letter, or on a device of others, connects none', async () => {
    const letter = visitor(app)
    await letter.signIn('resident-letter')
    await sql`update identity.session set assurance = 'letter'
      where account = (select account from identity.account where demo_name = 'resident-letter')`.execute(
      app.installation.admin,
    )
    expect((await letter.get('/de/me/devices')).body).not.toContain('/de/me/devices/eid"')
    expect((await letter.get('/de/me/devices/eid')).status).toBe(403)
  })

  it('disconnects it, and what it had opened ends', async () => {
    issuer.now.person = { sub: 'person-de', acr: HIGH }
    const { context, page } = await pageOf()
    await signIn(page)
    await page.goto(`${app.url}/de/me/devices`)
    const before = await eids()
    await page.locator('form[action="/de/me/devices/eid/remove"] button').click()
    await page.waitForLoadState()
    expect(await eids()).toBe((before ?? 0) - 1)
    await page.goto(`${app.url}/de/me`)
    expect(page.url()).toBe(`${app.url}/de/sign-in`)
    await signIn(page)
    expect(page.url()).toBe(`${app.url}/de/sign-in?eid=unknown`)
    await context.close()
  })
})

describe('coming back from the issuer', () => {
  /** Walks to the address that leads back, and stops before it. */
  async function addressBack(browserOf: ReturnType<typeof visitor>): Promise<string> {
    const begun = await browserOf.get('/de/sign-in/eid')
    const jar = new Map<string, string>()
    let to = begun.headers.get('location') ?? ''
    for (let hop = 0; hop < 6 && !to.startsWith(app.url); hop++) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(to, { redirect: 'manual', headers: { cookie } })
      for (const line of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
        jar.set(name, value)
      }
      to = new URL(answer.headers.get('location') ?? '', to).href
    }
    return to.slice(app.url.length)
  }
  const failed = '/de/sign-in?eid=failed'

  beforeAll(async () => {
    issuer.now.person = { sub: 'person-ar', acr: HIGH }
    const { context, page } = await pageOf('resident-ar')
    await connect(page)
    await context.close()
  })

  it('counts once, and on the device alone where it began', async () => {
    const mine = visitor(app)
    const back = await addressBack(mine)
    const thief = visitor(app)
    expect((await thief.get(back)).headers.get('location')).toBe(failed)
    expect((await mine.get(back)).headers.get('location')).toBe('/de/')
    const again = visitor(app)
    const second = await addressBack(again)
    await again.get(second)
    expect((await mine.get(second)).headers.get('location')).toBe(failed)
    expect((await again.get(second)).headers.get('location')).toBe(failed)
  })

  it('is over after ten minutes', async () => {
    const mine = visitor(app)
    const back = await addressBack(mine)
    const start = app.clock.now()
    app.clock.moveTo(new Date(start.getTime() + 10 * 60_000))
    expect((await mine.get(back)).headers.get('location')).toBe(failed)
    app.clock.moveTo(start)
  })

  it.each(['', '?state=', '?state=AAAA&code=x', `?state=${'A'.repeat(300)}&code=x&iss=x`])(
    'with nothing of ours is refused: %s',
    async (query) => {
      const answer = await visitor(app).get(`/eid/back${query}`)
      expect([answer.status, answer.headers.get('location')]).toEqual([303, failed])
    },
  )

  it('with a changed state or code is refused, and the code is spent', async () => {
    const mine = visitor(app)
    const back = await addressBack(mine)
    const changed = back.replace(/code=[^&]+/, 'code=somebody-elses')
    expect((await mine.get(changed)).headers.get('location')).toBe(failed)
    expect((await mine.get(back)).headers.get('location')).toBe(failed)
  })
})

it.each([
  ['resident-en', '/de/me/devices/eid', 200],
  ['resident-en', '/de/sign-in/eid', 303],
  ['dpo', '/de/me/devices/eid', 404],
  ['dpo', '/de/sign-in/eid', 303],
])('to %s the address %s answers %i', async (person, path, status) => {
  const somebody = visitor(app)
  await somebody.signIn(person)
  expect((await somebody.get(path)).status).toBe(status)
})

it('connecting wants a fresh proof, disconnecting wants one and the form', async () => {
  const resident = visitor(app)
  await resident.signIn('resident-ar')
  const start = app.clock.now()
  app.clock.moveTo(new Date(start.getTime() + 6 * 60_000))
  const asked = await resident.get('/de/me/devices/eid')
  expect(asked.headers.get('location')).toContain('/de/step-up?next=')
  const form = csrfIn((await resident.get('/de/me/devices')).body)
  expect((await resident.post('/de/me/devices/eid/remove', { csrf: form })).status).toBe(403)
  app.clock.moveTo(start)
  expect((await resident.post('/de/me/devices/eid/remove', { csrf: '' })).status).toBe(403)
  expect((await visitor(app).get('/de/me/devices/eid')).headers.get('location')).toBe('/de/sign-in')
})

it('neither issuer nor subject stands in the database', async () => {
  const { rows } = await sql<{
    row: string
  }>`select to_jsonb(e)::text as row from identity.eid e`.execute(app.installation.admin)
  expect(rows.length).toBeGreaterThan(0)
  for (const { row } of rows) expect(row).not.toContain('person-')
})

it('a code after a loss disconnects every eID: whoever found the device may have connected theirs', async () => {
  const before = await eids()
  const office = app.installation.catalogue.parties.byCode('i.pf.abh')?.id ?? 0
  const number = { scheme: 'azr', value: '200000000001' } as const
  const order = { number, way: { kind: 'handed' }, recovery: true, language: 'ar' } as const
  const issued = await app.portal.issuing.issue({ office }, order)
  if (issued.kind !== 'issued') throw new Error(issued.kind)
  expect(await eids()).toBe(before)
  const typed = { code: issued.code, birthYear: undefined, shared: false, client: '192.0.2.1' }
  expect(await app.portal.codes.redeem(typed)).toBeDefined()
  expect(await eids()).toBe((before ?? 0) - 1)
})

it('without an issuer there is no such sign-in', async () => {
  const plain = await startTestApp()
  const nobody = visitor(plain)
  expect((await nobody.get('/de/sign-in/eid')).status).toBe(404)
  expect((await nobody.get('/eid/back')).status).toBe(404)
  expect((await nobody.get('/de/sign-in')).body).toContain('noch nicht möglich')
  await plain.close()
})
