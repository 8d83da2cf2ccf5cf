import { generateKeyPairSync } from 'node:crypto'
import { startTestApp, type TestApp } from '../support/app.js'
import { csrfIn, visitor, type Page, type Visitor } from '../support/visitor.js'
import { authenticator, type Authenticator, type Lies, type Options } from './authenticator.js'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ demo: true })
})

afterAll(() => app?.close())

const PLAIN = 'resident-plain'
const later = (minutes: number) =>
  app.clock.moveTo(new Date(app.clock.now().getTime() + minutes * 60_000))

async function signedIn(person = PLAIN): Promise<Visitor> {
  const browser = visitor(app)
  await browser.signIn(person)
  return browser
}

/** What the page hands its script, and the token of its form. */
async function asked(browser: Visitor, path: string): Promise<{ options: Options; csrf: string }> {
  const { body } = await browser.get(path)
  const raw = /data-options="([^"]+)"/.exec(body)?.[1] ?? ''
  const json = raw.replaceAll('&quot;', '"').replaceAll('&#x3D;', '=').replaceAll('&amp;', '&')
  return { options: JSON.parse(json) as Options, csrf: csrfIn(body) }
}

const NEW = '/de/me/devices/new'
const SIGN_IN = '/de/sign-in'

async function bind(browser: Visitor, key: Authenticator, lies: Lies = {}): Promise<Page> {
  const { options, csrf } = await asked(browser, NEW)
  return browser.post(NEW, { csrf, answer: key.create(options, lies) })
}

async function enter(browser: Visitor, key: Authenticator, lies: Lies = {}): Promise<Page> {
  const { options, csrf } = await asked(browser, SIGN_IN)
  return browser.post(SIGN_IN, { csrf, answer: key.get(options, lies) })
}

/** A passkey that is bound to somebody, and the browser that did it. */
async function bound(person = PLAIN): Promise<{ key: Authenticator; browser: Visitor }> {
  const [browser, key] = [await signedIn(person), authenticator(app.url)]
  expect((await bind(browser, key)).status).toBe(303)
  return { key, browser }
}

describe('a passkey', () => {
  it('is bound once, and opens the account of its owner on any device', async () => {
    const { key, browser } = await bound()
    expect((await bind(browser, key)).status).toBe(400)
    expect((await bind(await signedIn('resident-withheld'), key)).status).toBe(400)
    const elsewhere = visitor(app)
    expect((await enter(elsewhere, key)).headers.get('location')).toBe('/de/')
    expect((await elsewhere.get('/de/me')).status).toBe(200)
  })

  const { privateKey: foreign } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const lies: readonly (readonly [string, Lies])[] = [
    ['of another origin', { origin: 'https://elsewhere.example' }],
    ['for another host', { rpId: 'elsewhere.example' }],
    ['of another ceremony', { type: 'webauthn.create' }],
    ['of a user who was not verified', { userVerified: false }],
    ['to a challenge of its own', { challenge: Buffer.alloc(70, 7).toString('base64url') }],
    ['signed with another key', { key: foreign }],
  ]

  it.each(lies)('does not open with an answer %s', async (_what, lie) => {
    const { key } = await bound()
    const refused = await enter(visitor(app), key, lie)
    expect(refused.status).toBe(400)
    expect(refused.headers.getSetCookie()).toEqual([])
    expect((await enter(visitor(app), key)).status).toBe(303)
  })

  const creations = lies.filter(([, lie]) => !lie.key)
  it.each(creations)('is not bound by an answer %s', async (_what, lie) => {
    const wrong = lie.type === undefined ? lie : { type: 'webauthn.get' }
    expect((await bind(await signedIn(), authenticator(app.url), wrong)).status).toBe(400)
  })

  it('does not open when its counter goes back, as a copy’s would', async () => {
    const { key } = await bound()
    expect((await enter(visitor(app), key, { counter: 90 })).status).toBe(303)
    expect((await enter(visitor(app), key, { counter: 90 })).status).toBe(400)
    expect((await enter(visitor(app), key, { counter: 12 })).status).toBe(400)
    expect((await enter(visitor(app), key, { counter: 91 })).status).toBe(303)
  })

  it('answers a challenge once, within five minutes, on the device that was asked', async () => {
    const { key } = await bound()
    const [browser, other] = [visitor(app), visitor(app)]
    const { options, csrf } = await asked(browser, SIGN_IN)
    const answer = key.get(options)
    const elsewhere = await asked(other, SIGN_IN)
    expect((await other.post(SIGN_IN, { csrf: elsewhere.csrf, answer })).status).toBe(400)
    expect((await browser.post(SIGN_IN, { csrf, answer })).status).toBe(303)
    const third = visitor(app)
    const late = await asked(third, SIGN_IN)
    later(5.1)
    expect(
      (await third.post(SIGN_IN, { csrf: late.csrf, answer: key.get(late.options) })).status,
    ).toBe(400)
    const again = visitor(app)
    const once = await asked(again, SIGN_IN)
    const twice = key.get(once.options)
    const posts = [1, 2, 3].map(() => again.post(SIGN_IN, { csrf: once.csrf, answer: twice }))
    const statuses = (await Promise.all(posts)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([303, 400, 400])
  })

  it('without a counter answers a challenge once', async () => {
    const [key, none] = [authenticator(app.url), { counter: 0 }]
    expect((await bind(await signedIn(), key, none)).status).toBe(303)
    const browser = visitor(app)
    const { options, csrf } = await asked(browser, SIGN_IN)
    const body = new URLSearchParams({ csrf, answer: key.get(options, none) }).toString()
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      cookie: browser.cookies(),
    }
    const send = () => visitor(app).request(SIGN_IN, { method: 'POST', headers, body })
    expect((await send()).status).toBe(303)
    expect((await send()).status).toBe(400)
    expect((await enter(visitor(app), key, none)).status).toBe(303)
  })

  it.each([
    '',
    '{}',
    '[]',
    'null',
    '"x"',
    '{"id":7}',
    '{"id":"AA"}',
    '{"id":"AA","response":{}}',
    'x'.repeat(9_000),
  ])('is not made of %j', async (answer) => {
    const browser = await signedIn()
    const make = await asked(browser, NEW)
    expect((await browser.post(NEW, { csrf: make.csrf, answer })).status).toBe(400)
    const nobody = visitor(app)
    const { csrf } = await asked(nobody, SIGN_IN)
    expect((await nobody.post(SIGN_IN, { csrf, answer })).status).toBe(400)
  })

  it('that was removed opens nothing, and what it had opened ends', async () => {
    const { key, browser } = await bound()
    const elsewhere = visitor(app)
    await enter(elsewhere, key)
    const { body } = await browser.get('/de/me/devices')
    const removed = await browser.post('/de/me/devices/remove', {
      csrf: csrfIn(body),
      credential: key.id,
    })
    expect(removed.status).toBe(303)
    expect((await elsewhere.get('/de/me')).status).toBe(303)
    expect((await enter(visitor(app), key)).status).toBe(400)
    expect((await browser.get('/de/me')).status).toBe(200)
  })

  it('of somebody else is neither removed nor seen', async () => {
    const { key } = await bound()
    const stranger = await signedIn('resident-withheld')
    const { body } = await stranger.get('/de/me/devices')
    expect(body).not.toContain(key.id)
    const fields = { csrf: csrfIn(body), credential: key.id }
    expect((await stranger.post('/de/me/devices/remove', fields)).status).toBe(404)
    expect((await enter(visitor(app), key)).status).toBe(303)
  })
})

describe('proving again', () => {
  const STEP = '/de/step-up'

  async function stepUp(browser: Visitor, key: Authenticator, next = NEW): Promise<Page> {
    const { options, csrf } = await asked(browser, `${STEP}?next=${encodeURIComponent(next)}`)
    return browser.post(STEP, { csrf, answer: key.get(options), next })
  }

  it('is asked for after five minutes, and leads back', async () => {
    const { key, browser } = await bound()
    later(6)
    expect((await browser.get(NEW)).headers.get('location')).toBe(
      `${STEP}?next=${encodeURIComponent(NEW)}`,
    )
    expect((await stepUp(browser, key)).headers.get('location')).toBe(NEW)
    expect((await browser.get(NEW)).status).toBe(200)
  })

  it('gives the session another token, and the old one opens nothing', async () => {
    const { key, browser } = await bound()
    const before = await browser.get('/de/me')
    expect(before.status).toBe(200)
    const stolen = visitor(app)
    const cookie = browser.cookies()
    await stepUp(browser, key)
    expect(browser.cookies()).not.toBe(cookie)
    expect((await browser.get('/de/me')).status).toBe(200)
    const { status } = await stolen.request('/de/me', { headers: { cookie } })
    expect(status).toBe(303)
  })

  it('takes no passkey of another person', async () => {
    const { key: others } = await bound('resident-withheld')
    const browser = await signedIn()
    expect((await stepUp(browser, others)).status).toBe(400)
  })

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/de/../../x',
    '/\\elsewhere',
    'javascript:x',
  ])('never leads to %s', async (next) => {
    const { key, browser } = await bound()
    expect((await stepUp(browser, key, next)).headers.get('location')).toBe('/de/')
  })

  it('stops a form that comes too late, and changes nothing', async () => {
    const { key, browser } = await bound()
    const { body } = await browser.get('/de/me/devices')
    later(6)
    const fields = { csrf: csrfIn(body), credential: key.id }
    const late = await browser.post('/de/me/devices/remove', fields)
    expect(late.status).toBe(403)
    expect(late.body).toContain('Bitte bestätigen Sie')
    expect((await enter(visitor(app), key)).status).toBe(303)
  })
})

it('no token survives a sign-in: a session that was planted before is not the one after', async () => {
  const { key } = await bound()
  const browser = visitor(app)
  await browser.get('/de/')
  const planted = 'A'.repeat(43)
  const { options, csrf } = await asked(browser, SIGN_IN)
  const page = await browser.request(SIGN_IN, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      cookie: `${browser.cookies()}; mirat=${planted}`,
    },
    body: new URLSearchParams({ csrf, answer: key.get(options) }).toString(),
  })
  expect(page.status).toBe(303)
  const begun = page.headers.getSetCookie().find((line) => line.startsWith('mirat='))
  expect(begun).toBeDefined()
  expect(begun).not.toContain(planted)
})
