import { createLog } from '../../server/platform/log.js'
import { authorityOf } from '../ingestion/authority.js'
import { observe } from '../ingestion/observed.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { visitor } from '../support/visitor.js'

const CANARY = 'kanarienvogel'
const NUMBER = '987654321098'
const TOKEN = 'a-token-of-twenty-letters'
/** What a line may hold, whatever happened. */
const FIELDS = new Set([
  ...[
    'level',
    'time',
    'msg',
    'requestId',
    'method',
    'route',
    'status',
    'ms',
    'role',
    'code',
    'job',
  ],
  ...['count', 'stream', 'error', 'sqlstate', 'frames', 'cause'],
])

let app: TestApp
const lines: string[] = []

beforeAll(async () => {
  const log = createLog('info', { write: (line) => void lines.push(line) })
  app = await startTestApp({ demo: true, log, env: { METRICS_TOKEN: TOKEN } })
})

afterAll(() => app?.close())

const metrics = (authorization?: string) =>
  fetch(`${app.url}/metrics`, { headers: authorization === undefined ? {} : { authorization } })

describe('the log and the figures', () => {
  const secrets: string[] = [CANARY, NUMBER]

  it('hold nothing of what people and programs send', async () => {
    const person = visitor(app, `en;x=${CANARY}`)
    const page = await person.signIn('resident-en')
    const cookie = page.headers.getSetCookie().find((line) => line.startsWith('mirat='))
    secrets.push(/^mirat=([^;]+)/.exec(cookie ?? '')?.[1] ?? 'no cookie was set')
    await person.get(`/en/me?q=${CANARY}`)
    await person.get(`/en/me/offices/${CANARY}`, {
      'user-agent': CANARY,
      referer: `http://${CANARY}`,
    })
    await person.get(`/en/${CANARY}/${NUMBER}`)
    await person.get(`/en/me?q=%ff${CANARY}`)
    await person.post('/en/sign-out', { csrf: CANARY, code: CANARY })
    await person.request('/demo', { method: 'POST', body: `{"name":"${CANARY}"}` })
    const officer = visitor(app)
    await officer.signIn('dpo')
    await officer.get(`/en/oversight/accesses?office=${CANARY}`)
    const office = await authorityOf(app)
    const subject = { scheme: 'azr', value: NUMBER }
    const more = { subject, operatorRef: CANARY, caseRef: CANARY }
    expect((await office.deliver(office.events(1, 2, more))).status).toBe(201)
    await office.deliver(office.events(3, 1, { ...more, purpose: CANARY }))
    await office.post(CANARY)
    await office.read(`/receipts/${CANARY}`)
  })

  it('hold nothing of it where something fails either', async () => {
    const office = await authorityOf(app)
    const subject = { scheme: 'azr', value: NUMBER }
    await app.installation.admin.schema
      .withSchema('overview')
      .alterTable('access_event')
      .renameColumn('case_ref', 'lost')
      .execute()
    const failed = await office.deliver(office.events(1, 1, { subject, caseRef: CANARY }))
    await app.installation.admin.schema
      .withSchema('overview')
      .alterTable('access_event')
      .renameColumn('lost', 'case_ref')
      .execute()
    expect(failed.status).toBe(500)
    expect(failed.text).not.toContain(NUMBER)
    expect(lines.some((line) => line.includes('"msg":"failed"'))).toBe(true)
  })

  it('are lines with fields of the list alone', async () => {
    expect(lines.length).toBeGreaterThan(10)
    const names = new Set(lines.flatMap((line) => Object.keys(JSON.parse(line) as object)))
    expect([...names].filter((name) => !FIELDS.has(name))).toEqual([])
    const all = lines.join('')
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([])
    const figures = await (await metrics(`Bearer ${TOKEN}`)).text()
    expect(secrets.filter((secret) => figures.includes(secret))).toEqual([])
  })
})

describe('the figures', () => {
  it('count requests by route, never by address or person', async () => {
    await observe(app, '/livez')
    const answer = await metrics(`Bearer ${TOKEN}`)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const text = await answer.text()
    expect(text).toMatch(/^mirat_requests_total\{method="GET",route="\/livez",status="200"\} \d+$/m)
    expect(text).toMatch(/^mirat_requests_in_flight 0$/m)
    expect(text).toMatch(/^mirat_log_writable 1$/m)
    expect(text).toMatch(/^mirat_database_connections\{login="web",state="open"\} \d+$/m)
    const labels = [...text.matchAll(/[{,](\w+)="/g)].map(([, name]) => name)
    expect([...new Set(labels)].sort()).toEqual([
      'le',
      'login',
      'method',
      'route',
      'state',
      'status',
    ])
    for (const line of text.trim().split('\n')) {
      expect(line).toMatch(/^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{[^}]*\})? [\d.e+-]+)$/)
    }
  })

  it('cannot be found without the token', async () => {
    for (const given of [undefined, 'Bearer ', `Bearer ${TOKEN}x`, TOKEN]) {
      expect((await metrics(given)).status).toBe(404)
    }
  })
})
