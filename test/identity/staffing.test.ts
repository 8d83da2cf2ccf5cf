import { sql } from 'kysely'
import { runCommand } from '../../server/compose/commands.js'
import { createLog } from '../../server/platform/log.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { csrfIn, visitor, type Page, type Visitor } from '../support/visitor.js'
import { authenticator, type Authenticator } from './authenticator.js'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ demo: true })
})

afterAll(() => app?.close())

const PEOPLE = '/de/staff/people'
const later = (ms: number) => app.clock.moveTo(new Date(app.clock.now().getTime() + ms))
const DAY = 86_400_000

async function operator(name: 'operator' | 'operator-2'): Promise<Visitor> {
  const browser = visitor(app)
  await browser.signIn(name)
  return browser
}

async function propose(browser: Visitor, fields: Record<string, string>): Promise<Page> {
  const { body } = await browser.get(PEOPLE)
  return browser.post(PEOPLE, { role: '', office: '', unit: '', ...fields, csrf: csrfIn(body) })
}

/** Addresses of the buttons that a page offers. */
async function actions(browser: Visitor, what: 'confirm' | 'suspend'): Promise<string[]> {
  const { body } = await browser.get(PEOPLE)
  return [...body.matchAll(/action="([^"]+)"/g)]
    .map((match) => match[1] ?? '')
    .filter((address) => address.endsWith(`/${what}`))
}

/** The id of a demonstration person. */
async function staffOf(name: string): Promise<string> {
  const { rows } = await sql<{ staff: string }>`
    select staff from identity.staff where demo_name = ${name}`.execute(app.installation.admin)
  return rows[0]?.staff ?? ''
}

async function press(browser: Visitor, address: string): Promise<Page> {
  const { body } = await browser.get(PEOPLE)
  return browser.post(address, { csrf: csrfIn(body) })
}

/** Lets a caseworker in; the code that the second operator sees. */
async function letIn(): Promise<{ code: string; address: string }> {
  const [one, two] = [await operator('operator'), await operator('operator-2')]
  await propose(one, { role: 'caseworker', office: 'i.pf.abh', unit: 'front_desk' })
  const [address = ''] = await actions(two, 'confirm')
  const confirmed = await press(two, address)
  const page = await two.get(confirmed.headers.get('location') ?? '')
  const code = /class="code"><bdi[^>]*>([^<]+)</.exec(page.body)?.[1] ?? ''
  return { code, address }
}

async function enter(code: string): Promise<{ page: Page; browser: Visitor }> {
  const browser = visitor(app)
  const { body } = await browser.get('/de/activate')
  const page = await browser.post('/de/activate', { code, year: '', csrf: csrfIn(body) })
  return { page, browser }
}

async function asked(from: Visitor, path: string) {
  const { body } = await from.get(path)
  const raw = /data-options="([^"]+)"/.exec(body)?.[1] ?? ''
  const json = raw.replaceAll('&quot;', '"').replaceAll('&#x3D;', '=')
  return { options: JSON.parse(json) as { challenge: string }, csrf: csrfIn(body) }
}

/** Makes the passkey of whoever has just entered. */
async function bindKey(browser: Visitor): Promise<Authenticator> {
  const key = authenticator(app.url)
  const { options, csrf } = await asked(browser, '/de/staff/key')
  const made = await browser.post('/de/staff/key', { csrf, answer: key.create(options) })
  expect(made.headers.get('location')).toBe('/de/staff')
  return key
}

/** A browser that tried to sign in with a passkey. */
async function enterByKey(key: Authenticator): Promise<Visitor> {
  const browser = visitor(app)
  const { options, csrf } = await asked(browser, '/de/sign-in')
  await browser.post('/de/sign-in', { csrf, answer: key.get(options) })
  return browser
}

describe('a member of staff', () => {
  it('is let in by two operators, never by one', async () => {
    const one = await operator('operator')
    expect((await propose(one, { role: 'dpo', office: 'i.pf.abh' })).status).toBe(303)
    expect(await actions(one, 'confirm')).toEqual([])
    const two = await operator('operator-2')
    const [address = ''] = await actions(two, 'confirm')
    expect((await press(one, address)).status).toBe(404)
    expect((await press(two, address)).status).toBe(303)
    // The code is for whoever confirmed alone.
    const sheet = address.replace('/confirm', '')
    expect((await two.get(sheet)).status).toBe(200)
    expect((await one.get(sheet)).status).toBe(404)
    later(61 * 60_000)
    expect((await (await operator('operator-2')).get(sheet)).status).toBe(404)
  })

  it('enters with the code once, makes a passkey, and comes back with it', async () => {
    const { code } = await letIn()
    const { page, browser } = await enter(code)
    expect([page.status, page.headers.get('location')]).toEqual([303, '/de/staff/key'])
    expect((await browser.get('/de/staff')).body).toContain('Pforzheim')
    const key = await bindKey(browser)
    expect((await (await enterByKey(key)).get('/de/staff')).status).toBe(200)
    expect((await enter(code)).page.status).toBe(400)
  })

  it('who is suspended is out with the next click, and opens nothing', async () => {
    const { code, address } = await letIn()
    const { browser } = await enter(code)
    expect((await browser.get('/de/staff')).status).toBe(200)
    const one = await operator('operator')
    expect((await press(one, address.replace('/confirm', '/suspend'))).status).toBe(303)
    expect((await browser.get('/de/staff')).status).toBe(303)
  })

  it('who is suspended does not come back with the passkey', async () => {
    const { code, address } = await letIn()
    const { browser } = await enter(code)
    const key = await bindKey(browser)
    expect((await (await enterByKey(key)).get('/de/staff')).status).toBe(200)
    const one = await operator('operator')
    expect((await press(one, address.replace('/confirm', '/suspend'))).status).toBe(303)
    expect((await (await enterByKey(key)).get('/de/staff')).status).toBe(303)
  })

  it('who is suspended is let in again by no operator alone, only proposed anew', async () => {
    const one = await operator('operator')
    const staff = await staffOf('operator-2')
    expect((await press(one, `${PEOPLE}/${staff}/suspend`)).status).toBe(303)
    expect(await actions(one, 'confirm')).not.toContain(`${PEOPLE}/${staff}/confirm`)
    expect((await press(one, `${PEOPLE}/${staff}/confirm`)).status).toBe(404)
    expect((await one.get(`${PEOPLE}/${staff}`)).status).toBe(404)
    await sql`update identity.staff set state = 'active' where staff = ${staff}`.execute(
      app.installation.admin,
    )
  })

  it('does not suspend oneself', async () => {
    const one = await operator('operator')
    const own = await staffOf('operator')
    expect((await press(one, `${PEOPLE}/${own}/suspend`)).status).toBe(404)
  })

  it('is suspended after 45 days without a sign-in', async () => {
    const { code } = await letIn()
    await enter(code)
    const job = app.portal.jobs.find(({ name }) => name === 'identity.suspend-idle')
    await job?.work()
    later(44 * DAY)
    const before = await suspended()
    await job?.work()
    expect(await suspended()).toBe(before)
    later(2 * DAY)
    await job?.work()
    expect(await suspended()).toBeGreaterThan(before)
  })

  it('who is proposed without a role, or for an office that nobody knows, is refused', async () => {
    const one = await operator('operator')
    expect((await propose(one, {})).status).toBe(400)
    expect((await propose(one, { role: 'dpo', office: 'i.nowhere' })).status).toBe(400)
    expect((await propose(one, { role: 'dpo' })).status).toBe(400)
    expect((await propose(one, { role: 'dpo', office: 'i.pf.abh', unit: 'x' })).status).toBe(400)
  })
})

const suspended = async () =>
  (await app.portal.staffing.list()).filter(({ state }) => state === 'suspended').length

describe('staff:invite', () => {
  it('lets the first operator in', async () => {
    const lines: string[] = []
    const run = (...args: string[]) =>
      runCommand(app.installation.config, {
        command: 'staff:invite',
        args,
        log: createLog('silent'),
        print: (line) => lines.push(line),
      })
    await run('--role', 'operator')
    // The command has the machine's clock.
    app.clock.moveTo(new Date())
    const code = /^Code: (\S+)$/m.exec(lines.join('\n'))?.[1] ?? ''
    expect((await enter(code)).page.headers.get('location')).toBe('/de/staff/key')
    await expect(run('--role', 'king')).rejects.toThrow('Missing or wrong: role')
  })
})
