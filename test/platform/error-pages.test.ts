import { gzipSync } from 'node:zlib'
import type { Actor } from '../../server/identity/index.js'
import { STATUS } from '../../server/platform/http/error-page.js'
import { LANGUAGES } from '../../server/platform/http/languages.js'
import type { RouteSpec } from '../../server/platform/http/route.js'
import { DomainError, type ErrorCode } from '../../server/platform/kernel/errors.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { listenWith } from '../support/extra-routes.js'
import { testPages } from '../support/pages.js'
import { visitor } from '../support/visitor.js'

/** Pages that are asked for then lead to where the refusal can be mended. */
const LEADS_ON = new Set<ErrorCode>(['SIGN_IN_NEEDED', 'STEP_UP'])
const CODES = Object.keys(STATUS) as ErrorCode[]
const TAGS = LANGUAGES.map(({ tag }) => tag)
const pages = testPages()

let app: TestApp
let failing: { readonly url: string; close(): Promise<unknown> }

/** A page for each refusal, and one that fails as nobody foresaw. */
const REFUSING: readonly RouteSpec<Actor>[] = [
  ...CODES.map((code) => ({
    name: `refusal.${code}`,
    method: 'get' as const,
    path: `/:lang/refusal/${code}`,
    allow: 'everyone' as const,
    handle: () => Promise.reject(new DomainError(code)),
  })),
  {
    name: 'refusal.unforeseen',
    method: 'get',
    path: '/:lang/refusal/unforeseen',
    allow: 'everyone',
    handle: () => Promise.reject(new Error('secret words of a library')),
  },
]

beforeAll(async () => {
  app = await startTestApp()
  failing = await listenWith(app, REFUSING)
}, 120_000)

afterAll(async () => {
  await failing?.close()
  await app?.close()
})

const shown = (text: string) => text.replaceAll("'", '&#x27;')

/** What an error page has in every language: its words, its number, a reference that is in the log as well. */
function expectRefusal(
  answer: { readonly status: number; readonly headers: Headers; readonly body: string },
  code: ErrorCode,
  tag: string,
): void {
  const language = LANGUAGES.find((one) => one.tag === tag) ?? LANGUAGES[0]
  if (language === undefined) throw new Error(tag)
  const t = pages.texts.in(language)
  const { status, headers, body } = answer
  expect([tag, status]).toEqual([tag, STATUS[code]])
  expect(body).toContain(`<html lang="${tag}" dir="${language.direction}">`)
  expect(body).toContain(`<h1>${shown(t(`errors:${code}.title`))}</h1>`)
  const reference = headers.get('x-request-id') ?? 'none'
  expect(reference).toMatch(/^[2-9A-HJ-NP-Z]{8}$/)
  expect(body).toContain(reference)
  expect(headers.getSetCookie()).toEqual([])
}

describe.each(TAGS)('in %s', (tag) => {
  test.each(CODES.filter((code) => !LEADS_ON.has(code)))(
    '%s is said in the language of the address, with a reference',
    async (code) => {
      const answer = await visitor(failing, 'xx').get(`/${tag}/refusal/${code}`)
      expectRefusal(answer, code, tag)
    },
  )

  test('what nobody foresaw is said without its words', async () => {
    const answer = await visitor(failing, tag).get(`/${tag}/refusal/unforeseen`)
    expectRefusal(answer, 'INTERNAL', tag)
    expect(answer.body).not.toContain('secret words')
  })

  test('an unknown address is answered in the language that the browser asks for', async () => {
    const answer = await visitor(app, tag).get('/nothing/at/all')
    expectRefusal(answer, 'NOT_FOUND', tag)
  })

  test('a wrong method is told apart from a wrong address, and the right ones are named', async () => {
    const answer = await visitor(app, tag).request(`/${tag}/directory/federal`, {
      method: 'DELETE',
    })
    expectRefusal(answer, 'METHOD', tag)
    expect(answer.headers.get('allow')).toBe('GET, HEAD')
    const form = await visitor(app, tag).request(`/${tag}/sign-out`, { method: 'GET' })
    expectRefusal(form, 'METHOD', tag)
    expect(form.headers.get('allow')).toBe('POST')
  })

  test('a form that is too large is refused before it is read', async () => {
    const post = (headers: Record<string, string>, body: string) =>
      visitor(app, tag).request(`/${tag}/sign-out`, { method: 'POST', headers, body })
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expectRefusal(await post(form, 'x'.repeat(20_000)), 'TOO_LARGE', tag)
  })

  test('a form that is compressed is refused', async () => {
    const answer = await visitor(app, tag).request(`/${tag}/sign-out`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-encoding': 'gzip',
        'sec-fetch-site': 'same-origin',
      },
      body: gzipSync('csrf=x'),
    })
    expectRefusal(answer, 'MEDIA_TYPE', tag)
  })
})
