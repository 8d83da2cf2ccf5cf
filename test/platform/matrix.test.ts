import { connect } from 'node:net'
import { STAFF } from '../../server/demo/people.js'
import { openPortal } from '../journeys/people.js'
import type { TestApp } from '../support/app.js'
import { PAGES, PROGRAMS, VISITORS, type PageRow, type VisitorKind } from '../support/matrix.js'
import { csrfIn, visitor, type Page, type Visitor } from '../support/visitor.js'
import { headerFaults } from './headers.js'
import { looksIn } from './looks.js'
import { addressFor, makeThings, PERSON, type Addressed, type Things } from './matrix-things.js'

const FORM = 'application/x-www-form-urlencoded'
let app: TestApp
let things: Things

beforeAll(async () => {
  app = await openPortal(STAFF)
  things = await makeThings(app)
}, 120_000)

afterAll(async () => app?.close())

async function visitorOf(kind: VisitorKind): Promise<Visitor> {
  const browser = visitor(app)
  if (kind === 'public') return browser
  expect((await browser.signIn(PERSON[kind])).status).toBe(303)
  return browser
}

/** An address of the route that exists for this visitor. */
const addressOf = (route: Addressed, kind?: VisitorKind) => addressFor(things, route, kind)

const gets = PAGES.filter(({ method }) => method === 'get')
const posts = PAGES.filter(({ method }) => method === 'post')

describe('the matrix', () => {
  test('names every route, and nothing else', () => {
    const written = [...PAGES, ...PROGRAMS].map(({ route, method, path }) => [route, method, path])
    const mounted = app.portal.routes.map(({ name, method, path }) => [name, method, path])
    expect(mounted.sort()).toEqual(written.sort())
  })

  test('agrees with the routes on whose look is recorded', () => {
    const staff = new Set<string>(['caseworker', 'dpo', 'supervisor', 'operator'])
    for (const { name, allow, disclosure } of app.portal.routes) {
      if (allow === 'everyone' || !allow.some((role) => staff.has(role))) continue
      const row = PAGES.find(({ route }) => route === name)
      expect([name, disclosure === 'no-identity']).toEqual([name, row?.look === undefined])
    }
  })
})

describe.each([...VISITORS])('as %s', (kind) => {
  test('pages open for whom they are meant, and do not exist for anybody else', async () => {
    const browser = await visitorOf(kind)
    const met: unknown[] = []
    for (const row of gets) met.push(outcome(row, await browser.get(addressOf(row, kind))))
    expect(met).toEqual(gets.map((row) => expectedGet(row, kind)))
  })

  test('asking for the head of a page is answered as asking for the page', async () => {
    const browser = await visitorOf(kind)
    const met: unknown[] = []
    for (const row of gets) {
      const page = await browser.request(addressOf(row, kind), { method: 'HEAD' })
      expect(page.body).toBe('')
      met.push(outcome(row, page))
    }
    expect(met).toEqual(gets.map((row) => expectedGet(row, kind)))
  })

  test.each(posts)('$route takes forms from its own pages alone', async (row) => {
    const browser = await visitorOf(kind)
    const other = await visitorOf(kind)
    const form = await formOf(browser, kind)
    const foreign = await formOf(other, kind)
    const isIn = row.enter.includes(kind)
    const unknown = row.weak?.includes(kind) ? 403 : 404
    const outside = kind === 'public' ? 401 : unknown
    const refused = isIn ? 403 : outside
    const ours = { 'sec-fetch-site': 'same-origin' }
    const tries: readonly (readonly [object, Readonly<Record<string, string>>])[] = [
      [{ ...form, csrf: '' }, ours],
      [{ ...form, csrf: foreign.csrf }, ours],
      [form, { 'sec-fetch-site': 'cross-site' }],
      [form, { 'sec-fetch-site': 'same-site' }],
      [form, { 'sec-fetch-site': 'none' }],
      [form, { origin: 'https://elsewhere.example' }],
      [form, { origin: 'null' }],
    ]
    for (const [fields, headers] of tries) {
      const page = await submit(browser, row, fields, headers)
      expect([headers, page.status]).toEqual([headers, refused])
    }
    // Nothing has happened: whoever was signed in still is, nobody else has become somebody.
    expect((await browser.get('/de/me')).status).toBe(await statusOfHome(kind))
    if (row.ends && isIn) return
    const met = row.emptyFor?.[kind] ?? row.empty ?? 303
    expect((await submit(browser, row, form, ours)).status).toBe(isIn ? met : outside)
  })
})

/** What became of a request: the status, and where it leads. */
function outcome({ route }: PageRow, { status, headers }: Page): unknown {
  return [route, status, headers.get('location')]
}

function expectedGet(row: PageRow, kind: VisitorKind): unknown {
  const anywhere = expect.stringMatching(/^\/de\//) as unknown
  if (row.leadsOn?.includes(kind)) return [row.route, 303, anywhere]
  if (row.enter.includes(kind)) return [row.route, row.absent ? 404 : 200, null]
  if (row.weak?.includes(kind)) return [row.route, 403, null]
  return kind === 'public' ? [row.route, 303, '/de/sign-in'] : [row.route, 404, null]
}

async function formOf(
  browser: Visitor,
  kind: VisitorKind,
): Promise<{ csrf: string; person: string }> {
  const { body } = await browser.get('/demo')
  return { csrf: csrfIn(body), person: kind === 'counter' ? 'resident-letter' : 'resident-en' }
}

function submit(
  browser: Visitor,
  row: PageRow,
  form: object,
  headers: Readonly<Record<string, string>>,
): Promise<Page> {
  const body = new URLSearchParams(form as Record<string, string>).toString()
  return browser.request(addressOf(row), {
    method: 'POST',
    headers: { 'content-type': FORM, ...headers },
    body,
  })
}

async function statusOfHome(kind: VisitorKind): Promise<number> {
  return (await (await visitorOf(kind)).get('/de/me')).status
}

test('a look is recorded where the matrix says so, once for each person seen, and nowhere else', async () => {
  for (const kind of VISITORS.filter((one) => one !== 'public')) {
    const browser = await visitorOf(kind)
    for (const row of gets) {
      const before = await looksIn(app)
      await browser.get(addressOf(row, kind))
      const more = (await looksIn(app)) - before
      expect([kind, row.route, more]).toEqual([kind, row.route, row.look?.includes(kind) ? 1 : 0])
    }
  }
})

test.each(PROGRAMS)('$route answers programs without a signature as written', async (row) => {
  const init = {
    method: row.method.toUpperCase(),
    ...(row.method === 'post' ? { body: '{}' } : {}),
  }
  const { status, headers } = await visitor(app).request(addressOf(row), init)
  expect(status).toBe(row.unsigned)
  expect(headers.getSetCookie()).toEqual([])
  expect(headerFaults({ headers })).toEqual([])
})

test('every answer protects its reader, refusals and redirects included, and none is kept', async () => {
  const counter = await visitorOf('counter')
  const nobody = visitor(app)
  const large = 'x='.padEnd(20_000, 'y')
  const typed = { 'content-type': FORM, 'sec-fetch-site': 'same-origin' }
  const asked: readonly (readonly [number, Promise<Page>])[] = [
    [200, counter.get('/de/me')],
    [200, counter.get(`/de/me/accesses/${things.entry}/proof`)],
    [303, nobody.get('/de/me')],
    [303, counter.get('/de/')],
    [404, counter.get('/de/nothing')],
    [404, counter.get('/xx/me')],
    [404, counter.get('/DE/me')],
    [404, counter.get('/de/me/accesses/99999')],
    [400, counter.get('/de/me/accesses?office=nobody')],
    [400, counter.get('/de/me/accesses?office=%ff')],
    [403, (await visitorOf('letter')).get('/de/me/data/azr.family_name')],
    [405, nobody.request('/demo', { method: 'DELETE' })],
    [401, nobody.request('/de/sign-out', { method: 'POST', headers: typed, body: 'csrf=x' })],
    [403, counter.request('/de/sign-out', { method: 'POST', headers: typed, body: 'csrf=x' })],
    [413, counter.request('/de/sign-out', { method: 'POST', headers: typed, body: large })],
    [415, counter.request('/de/sign-out', { method: 'POST', body: 'text' })],
    [404, nobody.get('/api/v1/nothing')],
    [404, nobody.get('/assets/nothing.css')],
  ]
  for (const [expected, answer] of asked) {
    const page = await answer
    const what = [expected, page.headers.get('x-request-id')]
    expect([page.status, ...headerFaults(page)]).toEqual([expected])
    expect([...what, page.headers.get('cache-control')]).toEqual([...what, 'no-store'])
    expect(page.body).not.toMatch(/\bat .*\.[jt]s\b|node_modules|select .+ from|SQLSTATE/)
  }
})

test('assets are kept for ever, under names of their content, and protect their reader too', async () => {
  const nobody = visitor(app)
  const { body } = await nobody.get('/de/')
  const [, css = ''] = /href="(\/assets\/[^"]+\.css)"/.exec(body) ?? []
  const page = await nobody.get(css)
  expect([page.status, ...headerFaults(page)]).toEqual([200])
  expect(page.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
})

test('a request that names two hosts is refused, with the same protection', async () => {
  const { port } = new URL(app.url)
  const text = await rawly(Number(port), 'GET /de/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n')
  expect(text).toMatch(/^HTTP\/1\.1 400 /)
  const [head = ''] = text.split('\r\n\r\n')
  const lines = head.split('\r\n').slice(1)
  const pairs = lines.map((line) => line.split(': ', 2) as [string, string])
  expect(headerFaults({ headers: new Headers(pairs) })).toEqual([])
})

/** Sends bytes that no client would, and reads until the server closes. */
function rawly(port: number, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`${head}Connection: close\r\n\r\n`),
    )
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => (text += part))
    socket.once('end', () => resolve(text))
    socket.once('error', reject)
  })
}
