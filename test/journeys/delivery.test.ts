import type { Page } from 'playwright-core'
import type { CatalogueTexts } from '../../server/catalogue/index.js'
import { LANGUAGES } from '../../server/platform/http/languages.js'
import { authorityOf, OFFICE, type TestAuthority } from '../ingestion/authority.js'
import type { TestApp } from '../support/app.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import { visitor } from '../support/visitor.js'
import { enterAs, NUMBER, openPortal } from './people.js'
import { checkProof } from './proofs.js'

/** An hour of the day that differs between German time and UTC. */
const AT = (day: string) => `${day}T10:35:00+01:00`

let app: TestApp
let browser: TestBrowser
let jobcentre: TestAuthority

beforeAll(async () => {
  app = await openPortal()
  browser = await startBrowser()
  jobcentre = await authorityOf(app)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** A day of last week, so that it is in the past and yet "lately". */
function lastWeek(): string {
  return new Date(app.clock.now().getTime() - 6 * 86_400_000).toISOString().slice(0, 10)
}

/** Delivers one access like those of the office's days, and returns where it stands in the log. */
async function deliverOne(sender: TestAuthority, changes: object): Promise<number> {
  const seq = (await sender.lastSeq()) + 1
  return delivered(sender, { seq, ...sender.access(changes) })
}

async function delivered(sender: TestAuthority, event: object): Promise<number> {
  const { status, body, text } = await sender.deliver([event])
  expect([status, text]).toEqual([201, expect.any(String)])
  const [index] = body['indices'] as readonly number[]
  return index as number
}

async function resident(): Promise<Page> {
  return enterAs('resident-en', { url: app.url, context: await browser.context() })
}

/** The parts of a delivered access that its page puts into words. */
interface Told {
  readonly fields: readonly string[]
  readonly purpose: string
  readonly legalBasis: string
}

function textsIn(tag: string): CatalogueTexts {
  return app.installation.catalogue.texts(tag)
}

test('an access shows at once on the page of its person, in every language and in words', async () => {
  const { fields, purpose, legalBasis } = jobcentre.access() as unknown as Told
  const occurredAt = AT(lastWeek())
  const index = await deliverOne(jobcentre, { occurredAt, unit: 'benefits' })
  const page = await resident()
  for (const { tag } of LANGUAGES) {
    await page.goto(`${app.url}/${tag}/me`)
    await page.locator('.access .card-foot a').first().click()
    expect(new URL(page.url()).pathname).toBe(`/${tag}/me/accesses/${index}`)
    const texts = textsIn(tag)
    const main = (await page.locator('main').innerText()).replace(/[\u2066-\u2069]/g, '')
    for (const words of [
      texts.party(OFFICE).name,
      ...fields.map((code) => texts.field(code).label),
      texts.purpose(purpose).name,
      texts.legalBasis(legalBasis).title,
    ]) {
      expect(main).toContain(words)
    }
    const time = page.locator(`time[datetime="${new Date(occurredAt).toISOString()}"]`).first()
    expect(await time.innerText()).toContain(germanTime(occurredAt))
  }
  await page.context().close()
})

/** The time of day as the clocks in Germany showed it. */
function germanTime(instant: string): string {
  const format = { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Berlin' } as const
  return new Date(instant).toLocaleTimeString('de', format)
}

test('its proof is there after the next tick, and strangers can check it', async () => {
  const index = await deliverOne(jobcentre, { caseRef: undefined })
  const page = await resident()
  await page.goto(`${app.url}/en/me/accesses/${index}`)
  expect(await page.locator('a[download]').count()).toBe(0)
  await app.portal.ledger.tick()
  await page.reload()
  const waiting = page.waitForEvent('download')
  await page.locator('a[download]').first().click()
  const download = await waiting
  expect(download.suggestedFilename()).toBe(`mirat-entry-${index}.tlog-proof`)
  const file = await textOf(await download.createReadStream())
  const vkey = (await (await fetch(`${app.url}/log/vkey`)).text()).trim()
  const { body, ...place } = checkProof(file, vkey)
  expect(place).toMatchObject({ index, size: expect.any(Number) as number })
  expect(body).toMatchObject({ recipient: OFFICE, operation: 'query' })
  expect(() => checkProof(altered(file), vkey)).toThrow('not in the log')
  await page.context().close()
})

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** The same proof around an opening that names another operation. */
function altered(file: string): string {
  return file.replace(/^extra (.*)$/m, (_line, encoded: string) => {
    const opening = Buffer.from(encoded, 'base64').toString('utf8')
    return `extra ${Buffer.from(opening.replace('query', 'store')).toString('base64')}`
  })
}

test('an access beyond what its purpose needs says so, wherever it is shown', async () => {
  const { fields } = jobcentre.access() as { fields: readonly string[] }
  const beyond = 'azr.religion'
  expect(fields).not.toContain(beyond)
  const plain = await deliverOne(jobcentre, {})
  const flagged = await deliverOne(jobcentre, { fields: [...fields, beyond] })
  const page = await resident()
  for (const { tag } of LANGUAGES) {
    await page.goto(`${app.url}/${tag}/me`)
    await page.locator('.answers a[href*="only=flagged"]').click()
    const found = page.locator('.access')
    expect(await found.count()).toBe(1)
    expect(await found.locator('.remark').count()).toBe(1)
    await found.locator('.card-foot a').click()
    expect(new URL(page.url()).pathname).toBe(`/${tag}/me/accesses/${flagged}`)
    expect(await page.locator('main .card').innerText()).toContain(textsIn(tag).field(beyond).label)
  }
  await page.goto(`${app.url}/de/me/accesses/${plain}`)
  expect(await page.locator('main .card').count()).toBe(0)
  await page.context().close()
})

test('a query of the police in the register of residents shows nowhere', async () => {
  const registry = await authorityOf(app, { code: 'i.pf.meldebehoerde' })
  const person = visitor(app)
  await person.signIn('resident-en')
  const places = ['', '/offices', '/data', '/accesses', '/limits'].map((path) => `/de/me${path}`)
  const before = await Promise.all(places.map((path) => shown(person, path)))
  const index = await delivered(registry, {
    seq: 1,
    subject: { scheme: 'azr', value: NUMBER },
    occurredAt: AT(lastWeek()),
    operation: 'query',
    source: 'i.pf.meldebehoerde',
    recipient: 'i.de.bundespolizei',
    purpose: 'border',
    legalBasis: 'bmg_34',
    fields: ['mr.identity', 'mr.address'],
    channel: 'automated',
  })
  const receipt = await registry.read('/receipts/1')
  expect([receipt.status, receipt.body['index']]).toEqual([200, index])
  expect(await Promise.all(places.map((path) => shown(person, path)))).toEqual(before)
  for (const path of [`/de/me/accesses/${index}`, `/de/me/accesses/${index}/proof`]) {
    expect((await person.get(path)).status).toBe(404)
  }
  const reached = await person.get('/de/me/offices/i.de.bundespolizei')
  const unknown = await person.get('/de/me/offices/i.xx.nobody')
  expect([reached.status, unknown.status]).toEqual([404, 404])
})

/** A page without what is fresh on every answer: the token of its forms. */
async function shown(person: ReturnType<typeof visitor>, path: string): Promise<string> {
  const { status, body } = await person.get(path)
  expect(status).toBe(200)
  return body.replace(/name="csrf" value="[^"]+"/g, '')
}
