import { sql } from 'kysely'
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { Actor } from '../../server/identity/index.js'
import { GATE_LIMITS, openGate } from '../../server/platform/http/limits.js'
import { UPLOAD_BYTES } from '../../server/platform/http/multipart.js'
import type { Exchange, RouteSpec } from '../../server/platform/http/route.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { listenWith } from '../support/extra-routes.js'
import {
  fieldPart,
  filePart,
  multipart,
  MULTIPART,
  openMultipart,
  type SentPart,
} from '../support/multipart.js'
import { csrfIn, visitor, type Visitor } from '../support/visitor.js'

const FORM = '/de/me/settings'
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' }
const heard: { text: string | null; files: string[] }[] = []

/** Answers what it was sent. */
async function hear({ form, files }: Exchange<Actor>) {
  const names = files.map(({ field, name, declaredType, bytes }) => {
    return [field, name, declaredType, bytes.length].join(' ')
  })
  heard.push({ text: form.get('text'), files: names })
  return { kind: 'bytes', body: JSON.stringify(heard.at(-1)), type: 'application/json' } as const
}

const taking = (name: string, more: Partial<RouteSpec<Actor>>): RouteSpec<Actor> => ({
  name: `uploads.${name}`,
  method: 'post',
  path: `/:lang/me/uploads/${name}`,
  allow: ['resident'],
  assurance: 'letter',
  handle: hear,
  ...more,
})
const files = { field: 'evidence', most: 2 }
const ROUTES = [
  taking('plain', {}),
  taking('files', { files }),
  taking('kept', { files, keeps: 'uploads.form' }),
  taking('form', { method: 'get' }),
]

let app: TestApp
let server: { readonly url: string; close(): Promise<unknown> }
let browser: Visitor
let csrf: string

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  const gate = openGate({ ...GATE_LIMITS, uploads: 3, sender: 2 })
  server = await listenWith(app, ROUTES, { gate })
}, 120_000)

afterAll(async () => {
  await server?.close()
  await app?.close()
})

beforeEach(async () => {
  heard.length = 0
  browser = visitor(server)
  await browser.signIn('resident-plain')
  csrf = csrfIn((await browser.get(FORM)).body)
})

const post = (parts: readonly SentPart[], { to = 'files', headers = OWN_PAGE } = {}) =>
  browser.request(`/de/me/uploads/${to}`, {
    method: 'POST',
    headers: { ...MULTIPART, ...headers },
    body: new Uint8Array(multipart(parts)),
  })
const token = () => fieldPart('csrf', csrf)

/** A sender that says when, and how much, it sends. */
function begin(headers: object, { to = 'files', cookie = browser.cookies() } = {}): ClientRequest {
  const sending = httpRequest(`${server.url}/de/me/uploads/${to}`, {
    method: 'POST',
    headers: { ...MULTIPART, ...OWN_PAGE, cookie, ...headers },
  })
  sending.on('error', () => undefined)
  sending.flushHeaders()
  return sending
}

const answerOf = (sending: ClientRequest) =>
  new Promise<IncomingMessage>((resolve) => sending.on('response', resolve))

describe('a form with files', () => {
  it('reaches its route with fields and files', async () => {
    const parts = [token(), fieldPart('text', 'مرآة'), filePart('evidence', 'صورة.pdf', 'abc')]
    const { status, body } = await post(parts)
    expect(status).toBe(200)
    expect(JSON.parse(body)).toEqual({
      text: 'مرآة',
      files: ['evidence صورة.pdf application/pdf 3'],
    })
  })

  it('is read as a browser writes it', async () => {
    const form = new FormData()
    form.set('csrf', csrf)
    form.set('text', 'a\nb')
    form.set('evidence', new Blob(['x'.repeat(3_000_000)], { type: 'image/png' }), 'é "1".png')
    const { status } = await browser.request('/de/me/uploads/files', {
      method: 'POST',
      headers: OWN_PAGE,
      body: form,
    })
    expect([status, heard]).toEqual([
      200,
      [{ text: 'a\r\nb', files: ['evidence é %221%22.png image/png 3000000'] }],
    ])
  })

  it('may come without files, as any other form', async () => {
    const { status } = await browser.post('/de/me/uploads/files', { csrf, text: 'a' })
    expect([status, heard]).toEqual([200, [{ text: 'a', files: [] }]])
  })

  it('is refused where the route takes none', async () => {
    const { status } = await post([token(), filePart('evidence', 'a.pdf', 'a')], { to: 'plain' })
    expect([status, heard]).toEqual([415, []])
  })

  it.each([
    [400, 'Ihre Eingabe', () => [token(), filePart('photo', 'a.pdf', 'a')]],
    [400, 'Ihre Eingabe', () => [token(), { ...fieldPart('text', ''), body: Buffer.from([255]) }]],
    [413, 'zu groß', () => [token(), filePart('evidence', 'a', Buffer.alloc(11_000_000))]],
    [413, 'zu groß', () => [token(), fieldPart('text', 'x'.repeat(20_000))]],
    [413, 'zu viele', () => [token(), ...many(3, filePart('evidence', 'a.pdf', 'a'))]],
  ])('is refused with %i and words: %s', async (status, words, parts) => {
    const answer = await post(parts())
    expect([answer.status, heard]).toEqual([status, []])
    expect(answer.body).toContain(words)
  })

  it('is refused compressed', async () => {
    const headers = { ...OWN_PAGE, 'content-encoding': 'gzip' }
    expect((await post([token()], { headers })).status).toBe(415)
  })
})

describe('a form with files from elsewhere', () => {
  it.each([
    ['no token', () => [filePart('evidence', 'a.pdf', 'a')]],
    ['a wrong token', () => [fieldPart('csrf', 'x'), filePart('evidence', 'a.pdf', 'a')]],
    ['its token behind the file', () => [filePart('evidence', 'a.pdf', 'a'), token()]],
    ['a wrong token and no file', () => [fieldPart('csrf', 'x')]],
  ])('is refused with %s', async (_, parts) => {
    expect([(await post(parts())).status, heard]).toEqual([403, []])
  })

  it.each([
    ['another site', 403, { 'sec-fetch-site': 'cross-site' }, {}],
    ['nobody', 401, {}, { cookie: '' }],
    ['a sender of 26 MB', 413, { 'content-length': UPLOAD_BYTES + 1 }, {}],
  ])('is refused before its body is there: %s', async (_, status, headers, more) => {
    const sending = begin(headers, more)
    expect((await answerOf(sending)).statusCode).toBe(status)
    sending.destroy()
  })

  it('is refused with the first piece of a file, while the rest is still to come', async () => {
    const sending = begin({})
    sending.write(openMultipart([fieldPart('csrf', 'x'), filePart('evidence', 'a.pdf', 'abc')]))
    expect((await answerOf(sending)).statusCode).toBe(403)
    sending.destroy()
  })
})

describe('a form with files that comes too late', () => {
  it('is kept for its person without the files', async () => {
    app.clock.moveTo(new Date(app.clock.now().getTime() + 16 * 60_000))
    const parts = [token(), fieldPart('text', 'typed'), filePart('evidence', 'a.pdf', 'a')]
    const late = await post(parts, { to: 'kept' })
    expect([late.status, heard]).toEqual([401, []])
    expect(late.body).toContain('bewahren wir einen Tag')
    await browser.signIn('resident-plain')
    const { rows } = await sql<{ form: string }>`select form from identity.kept_form`.execute(
      app.installation.admin,
    )
    const shown = await browser.get(`/de/me/uploads/form?kept=${rows[0]?.form}`)
    expect(JSON.parse(shown.body)).toEqual({ text: 'typed', files: [] })
  })
})

describe('places for forms with files', () => {
  const held = async () => {
    const sending = begin({})
    sending.write(openMultipart([token(), filePart('evidence', 'a.pdf', 'abc')]))
    // It has its place before anybody asks for another one.
    await setTimeout(300)
    return sending
  }
  const taken = async () => (await post([token()])).status
  const settles = async (status: number) => {
    for (let round = 0; round < 50 && (await taken()) !== status; round++) await setTimeout(50)
    expect(await taken()).toBe(status)
  }

  it('are two for each sender and a few for all; a form that is broken off gives its place back', async () => {
    const sendings = [await held(), await held()]
    await settles(503)
    const { headers } = await post([token()])
    expect(headers.get('retry-after')).toBe('5')
    const first = browser
    browser = visitor(server)
    await browser.signIn('resident-en')
    csrf = csrfIn((await browser.get(FORM)).body)
    expect(await taken()).toBe(200)
    sendings.push(await held())
    await settles(503)
    heard.length = 0
    for (const sending of sendings) sending.destroy()
    await settles(200)
    browser = first
    expect(heard.every(({ files: none }) => none.length === 0)).toBe(true)
  })
})

function many<Item>(count: number, item: Item): Item[] {
  return Array.from({ length: count }, () => item)
}
