import { sql } from 'kysely'
import type { Actor } from '../../server/identity/index.js'
import type { RouteSpec } from '../../server/platform/http/route.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { listenWith } from '../support/extra-routes.js'
import { csrfIn, visitor, type Page, type Visitor } from '../support/visitor.js'

const NUMBER = '200777777777'
const FORM = { scheme: 'azr', number: NUMBER, way: 'handed', year: '', language: 'ar' }
const ISSUE = '/de/staff/codes'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ demo: true })
})

afterAll(() => app?.close())

beforeEach(() => sql`delete from identity.kept_form`.execute(app.installation.admin))

const minutes = (count: number) =>
  app.clock.moveTo(new Date(app.clock.now().getTime() + count * 60_000))

async function signedIn(person: string): Promise<Visitor> {
  const browser = visitor(app)
  await browser.signIn(person)
  return browser
}

/** A clerk fills in the form, is called away, and sends it when the session is over. */
async function sentLate(browser: Visitor, away = 16): Promise<Page> {
  const csrf = csrfIn((await browser.get(ISSUE)).body)
  minutes(away)
  return browser.post(ISSUE, { ...FORM, csrf })
}

const kept = async (): Promise<number> => {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from identity.kept_form`.execute(app.installation.admin)
  return rows[0]?.n ?? -1
}

const plain = ({ body }: Page) => body.replaceAll('&#x3D;', '=')
const linkIn = (page: Page) => /href="([^"]+\?kept=[0-9a-f-]{36})"/.exec(plain(page))?.[1]

describe('a form that is sent after the session has ended', () => {
  it('is kept, offered after the next sign-in, shown with what was typed, and gone once it is taken', async () => {
    const clerk = await signedIn('caseworker')
    const answer = await sentLate(clerk)
    expect(answer.status).toBe(401)
    expect(answer.body).toContain('bewahren wir einen Tag')
    expect(answer.body).toContain('href="/de/sign-in"')
    await clerk.signIn('caseworker')
    const link = linkIn(await clerk.get('/de/staff')) ?? 'no link'
    const form = await clerk.get(link)
    expect(form.body).toContain(`value="${NUMBER}"`)
    expect(form.body).toContain('Noch ist nichts gesendet')
    expect(form.body).toMatch(/<option value="ar"[^>]* selected/)
    const sent = await clerk.post(ISSUE, { ...FORM, csrf: csrfIn(form.body) })
    expect(sent.status).toBe(303)
    expect(linkIn(await clerk.get('/de/staff'))).toBeUndefined()
    expect(await kept()).toBe(0)
  })

  it('is said in the language of the page, and opens in another', async () => {
    const clerk = await signedIn('caseworker')
    const csrf = csrfIn((await clerk.get('/ar/staff/codes')).body)
    minutes(16)
    const answer = await clerk.post('/ar/staff/codes', { ...FORM, csrf })
    expect(answer.body).toContain('<html lang="ar" dir="rtl">')
    await clerk.signIn('caseworker')
    const link = linkIn(await clerk.get('/en/staff')) ?? 'no link'
    expect(link).toMatch(/^\/en\/staff\/codes\?kept=/)
    expect((await clerk.get(link)).body).toContain(`value="${NUMBER}"`)
  })

  it('is nobody else’s', async () => {
    const clerk = await signedIn('caseworker')
    await sentLate(clerk)
    await clerk.signIn('caseworker')
    const link = linkIn(await clerk.get('/de/staff')) ?? 'no link'
    const { rows } = await sql<{ staff: string }>`
      select staff from identity.staff where demo_name is null or demo_name <> 'caseworker'`.execute(
      app.installation.admin,
    )
    await sql`update identity.kept_form set staff = ${rows[0]?.staff}`.execute(
      app.installation.admin,
    )
    const { status, body } = await clerk.get(link)
    expect([status, body.includes(NUMBER)]).toEqual([200, false])
    const resident = await signedIn('resident-plain')
    expect((await resident.get(link)).status).toBe(404)
  })

  it('opens on its own page alone', async () => {
    const clerk = await signedIn('caseworker')
    await sentLate(clerk)
    await clerk.signIn('caseworker')
    await sql`update identity.kept_form set page = '/staff/people'`.execute(app.installation.admin)
    const { rows } = await sql<{ form: string }>`select form from identity.kept_form`.execute(
      app.installation.admin,
    )
    const { body } = await clerk.get(`${ISSUE}?kept=${rows[0]?.form}`)
    expect(body).not.toContain(NUMBER)
  })

  it('stands nowhere in clear', async () => {
    await sentLate(await signedIn('caseworker'))
    const { rows } = await sql<{ row: string; sealed: Buffer }>`
      select to_jsonb(k)::text as row, sealed from identity.kept_form k`.execute(
      app.installation.admin,
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.row).not.toContain(NUMBER)
    expect(rows[0]?.sealed.toString('latin1')).not.toContain(NUMBER)
  })

  it.each([
    ['from a page that is not ours', { csrf: 'A'.repeat(64) }, undefined],
    ['without a session that has just ended', {}, 25 * 60],
  ])('is not kept where it comes %s', async (_case, changed, away = 16) => {
    const clerk = await signedIn('caseworker')
    const csrf = csrfIn((await clerk.get(ISSUE)).body)
    minutes(away)
    const answer = await clerk.post(ISSUE, { ...FORM, csrf, ...changed })
    expect([answer.status, await kept()]).toEqual([401, 0])
    expect(answer.body).not.toContain('bewahren wir')
  })

  it('is not kept after a sign-out, nor for staff who were suspended', async () => {
    const clerk = await signedIn('caseworker')
    const cookie = clerk.cookies()
    const csrf = csrfIn((await clerk.get(ISSUE)).body)
    await clerk.post('/de/sign-out', { csrf })
    const late = await clerk.request(ISSUE, {
      method: 'POST',
      headers: {
        cookie,
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      },
      body: new URLSearchParams({ ...FORM, csrf }).toString(),
    })
    expect([late.status, await kept()]).toEqual([401, 0])
    const other = await signedIn('caseworker')
    const { admin } = app.installation
    const state = (to: string) =>
      sql`update identity.staff set state = ${to} where demo_name = 'caseworker'`.execute(admin)
    const answer = csrfIn((await other.get(ISSUE)).body)
    minutes(16)
    await state('suspended')
    expect((await other.post(ISSUE, { ...FORM, csrf: answer })).status).toBe(401)
    await state('active')
    expect(await kept()).toBe(0)
  })

  it('is kept five times for each person, and a day long', async () => {
    const clerk = await signedIn('caseworker')
    for (let late = 0; late < 7; late++) {
      await sentLate(clerk)
      await clerk.signIn('caseworker')
    }
    expect(await kept()).toBe(5)
    const link = linkIn(await clerk.get('/de/staff')) ?? 'no link'
    minutes(24 * 60)
    await clerk.signIn('caseworker')
    expect(linkIn(await clerk.get('/de/staff'))).toBeUndefined()
    expect((await clerk.get(link)).body).not.toContain(NUMBER)
    const job = app.portal.jobs.find(({ name }) => name === 'identity.forget-kept')
    expect(await job?.work()).toBe(5)
  })
})

describe('a form that wants a fresh proof', () => {
  it('is kept while its sender proves that it is them', async () => {
    const operator = await signedIn('operator')
    const csrf = csrfIn((await operator.get('/de/staff/people')).body)
    minutes(6)
    const place = { role: 'dpo', office: 'i.pf.abh', unit: '' }
    const answer = await operator.post('/de/staff/people', { ...place, csrf })
    expect(answer.status).toBe(303)
    const to = new URL(answer.headers.get('location') ?? '', 'http://x')
    expect(to.pathname).toBe('/de/step-up')
    const next = to.searchParams.get('next') ?? ''
    expect(plain(await operator.get(`${to.pathname}${to.search}`))).toContain(`value="${next}"`)
    expect((await operator.get(next)).body).toContain('value="i.pf.abh"')
  })
})

describe('a resident’s form', () => {
  const NOTE: readonly RouteSpec<Actor>[] = [
    {
      name: 'kept.note',
      method: 'get',
      path: '/:lang/me/note/:part',
      allow: ['resident'],
      assurance: 'letter',
      handle: async ({ form }) => ({
        kind: 'bytes',
        body: JSON.stringify([...form]),
        type: 'application/json',
      }),
    },
    {
      name: 'kept.send-note',
      method: 'post',
      path: '/:lang/me/note/:part/send',
      allow: ['resident'],
      assurance: 'letter',
      keeps: 'kept.note',
      handle: async ({ urls, params }) => ({ kind: 'redirect', to: urls.to('kept.note', params) }),
    },
  ]

  it('waits on the first screen, every field as it was, the token left out', async () => {
    const server = await listenWith(app, NOTE)
    const resident = visitor(server)
    await app.portal.identity.signInDemo('resident-plain')
    const begun = await app.portal.identity.signInDemo('resident-plain')
    const cookie = `mirat=${begun?.token}`
    const send = (path: string, init: RequestInit = {}) =>
      resident.request(path, { ...init, headers: { cookie, ...(init.headers as object) } })
    const csrf = csrfIn((await send('/de/me/devices')).body)
    minutes(16)
    const fields: [string, string][] = [
      ['name', 'Łukasz'],
      ['part', 'one'],
      ['part', 'two'],
      ['text', 'a\nb&c=d'],
    ]
    const late = await send('/de/me/note/7/send', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      },
      body: new URLSearchParams([...fields, ['csrf', csrf]]).toString(),
    })
    expect(late.status).toBe(401)
    const again = await app.portal.identity.signInDemo('resident-plain')
    const fresh = { headers: { cookie: `mirat=${again?.token}` } }
    const link = linkIn(await resident.request('/ar/me', fresh)) ?? 'no link'
    expect(link).toMatch(/^\/ar\/me\/note\/7\?kept=/)
    expect(JSON.parse((await resident.request(link, fresh)).body)).toEqual(fields)
    await server.close()
  })
})
