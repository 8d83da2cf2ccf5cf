import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { startDemoRegisters } from '../../server/compose/demo-registers.js'
import { startChild } from '../../server/platform/child.js'
import { ROOT } from '../../server/platform/root.js'
import { MOST_TIMEOUTS, REST_MS } from '../../server/registers/rules.js'
import { visitor, type Visitor } from '../support/visitor.js'
import { answering, OFFICE, openWorld, PERSON, wordsOf, type World } from './connected.js'

let world: World
let browser: Visitor
let listener: RequestListener
let server: Awaited<ReturnType<typeof answering>>
const NAME = 'azr.family_name'
const NONE = 'Jetzt nicht verfügbar'

beforeAll(async () => {
  world = await openWorld()
  server = await answering((request, response) => listener(request, response))
  browser = visitor(world.app)
  await browser.signIn(PERSON)
  await world.command(
    `register:connect --office ${OFFICE} --url ${server.origin}/x/values?y=1 --fields ${NAME}`,
  )
}, 180_000)

afterAll(async () => {
  server?.close()
  await world?.app.close()
})

const answers =
  (body: unknown, head: object = {}, status = 200): RequestListener =>
  (_request, response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    response.writeHead(status, { 'content-type': 'application/json', ...head }).end(text)
  }

async function page(): Promise<{ html: string; words: string; ms: number }> {
  const begun = performance.now()
  const { status, body } = await browser.get(`/de/me/data/${NAME}`)
  expect(status).toBe(200)
  return { html: body, words: wordsOf(body), ms: performance.now() - begun }
}

describe('an answer', () => {
  it.each([
    ['of a field that was not asked for', answers({ [NAME]: 'A', 'azr.religion': 'B' })],
    ['with a number', answers({ [NAME]: 7 })],
    ['with an object', answers({ [NAME]: { text: 'A' } })],
    ['with nothing', answers({ [NAME]: null })],
    ['that is a list', answers([NAME])],
    ['that is a text', answers(JSON.stringify('A'))],
    ['with a text of 501 characters', answers({ [NAME]: 'x'.repeat(501) })],
    ['with 21 texts', answers({ [NAME]: Array.from({ length: 21 }, String) })],
    ['with no text in its list', answers({ [NAME]: [] })],
    ['with the field twice', answers(`{"${NAME}":"A","${NAME}":"B"}`)],
    ['with a prototype', answers(`{"__proto__":{"${NAME}":"A"}}`)],
    ['that holds less', answers({})],
    ['of controls alone', answers({ [NAME]: '\u202e\u0007' })],
    ['that is a page', answers(`{"${NAME}":"A"}`, { 'content-type': 'text/html' })],
    ['of two megabytes', answers({ [NAME]: 'x'.repeat(2_000_000) })],
    ['that leads on', answers({ [NAME]: 'A' }, { location: 'http://127.0.0.1/' }, 302)],
    ['that there was a fault', answers({ [NAME]: 'A' }, {}, 500)],
    ['that there is nobody', answers({ [NAME]: 'A' }, {}, 404)],
  ])('%s is none', async (_what, hostile) => {
    listener = hostile
    expect((await page()).words).toContain(NONE)
  })

  it('is words and nothing else, in the order in which it was written', async () => {
    listener = answers({
      [NAME]: ['<b>A</b>\u202e"x\u2066', 'Zeile\nzwei'],
    })
    const { html, words } = await page()
    expect(words).toContain('&lt;b&gt;A&lt;/b&gt;&quot;x')
    expect(words).toContain('Zeile zwei')
    expect(html).not.toMatch(/[\u202e\u2066]/)
  })
})

describe('a request', () => {
  it('names the person in its signed claims alone, and counts for half a minute', async () => {
    let met: { url?: string | undefined; headers: object; token: string } | undefined
    listener = (request, response) => {
      const token = (request.headers.authorization ?? '').replace(/^Bearer /, '')
      met = { url: request.url, headers: request.headers, token }
      answers({ [NAME]: 'A' })(request, response)
    }
    expect((await page()).words).toContain('Ausländerbehörde A')
    const subject = world.records.find(({ office }) => office === OFFICE)?.subject
    expect(met?.url).toBe('/x/values?y=1')
    expect(Object.keys(met?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'authorization',
      'connection',
      'host',
    ])
    const keys = (await (
      await fetch(`${world.app.url}/.well-known/jwks.json`)
    ).json()) as JSONWebKeySet
    const { payload, protectedHeader } = await jwtVerify(
      met?.token ?? '',
      createLocalJWKSet(keys),
      { currentDate: world.app.clock.now() },
    )
    expect(protectedHeader).toEqual({
      alg: 'EdDSA',
      kid: keys.keys[0]?.kid,
      typ: 'values-read+jwt',
    })
    expect(payload).toEqual({
      iss: world.app.url,
      aud: server.origin,
      iat: expect.any(Number) as number,
      exp: (payload.iat ?? 0) + 30,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      sub: subject,
      office: OFFICE,
      fields: [NAME],
    })
    expect(Object.keys(keys.keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
  })

  it('is not made for a person’s other fields, nor for a field that nobody holds', async () => {
    let calls = 0
    listener = (request, response) => {
      calls += 1
      answers({})(request, response)
    }
    for (const field of ['azr.birth_date', 'vol.cv']) await browser.get(`/de/me/data/${field}`)
    expect(calls).toBe(0)
  })
})

describe('a register that is silent', () => {
  it('costs three seconds, and after three times nothing for a while', async () => {
    let calls = 0
    listener = () => void (calls += 1)
    for (let turn = 0; turn < MOST_TIMEOUTS; turn++) {
      const { words, ms } = await page()
      expect(words).toContain(NONE)
      expect(ms).toBeLessThan(3_500)
    }
    const { words, ms } = await page()
    expect([words.includes(NONE), ms < 1_000, calls]).toEqual([true, true, MOST_TIMEOUTS])
    listener = answers({ [NAME]: 'Awake' })
    world.app.clock.moveTo(new Date(world.app.clock.now().getTime() + REST_MS))
    expect((await page()).words).toContain('Awake')
  }, 30_000)
})

describe('a register of the demonstration that cannot start', () => {
  it('is said to be away, and nobody is sent to where an earlier one was', async () => {
    const { installation, portal } = world.app
    const lines: string[] = []
    const nowhere = { ...installation, adminUrl: 'postgres://nobody@127.0.0.1:9/nothing' }
    const registers = await startDemoRegisters(nowhere, portal, {
      port: 9,
      progress: (line) => lines.push(line),
    })
    await registers.stop()
    expect(lines).toEqual([expect.stringContaining('registers do not answer')])
    expect(await world.command('register:list')).toEqual(['No register is connected.'])
    expect((await page()).words).not.toContain(NONE)
  })

  it('tells its last words', async () => {
    const path = join(ROOT, 'server/tools/reference-register.ts')
    const start = startChild({ path, options: ['--import', 'tsx'], settings: '{}' })
    await expect(start).rejects.toThrow(/The settings cannot be used: databaseUrl/)
  })
})
