import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { BrowserContext, Page } from 'playwright-core'
import { auditInstallation } from '../../server/compose/audit.js'
import { endpointsOf } from '../../server/compose/requests.js'
import { noticeCommands } from '../../server/rectification/commands/notices.js'
import {
  OFFICE,
  openWorld,
  PERSON,
  startRegister,
  type Register,
  type World,
} from '../registers/connected.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import { act, follow, press, words } from './hands.js'
import { eyesOf, type Eyes } from './eyes.js'
import { enterAs } from './people.js'

const FIELD = 'azr.family_name'
/** What the office misheard, and what stands in the passport. */
const [WRONG, RIGHT] = ['Alkatib', 'Al-Khatib']
const LINES = [
  'P<SYRAL<KHATIB<<LAYLA<<<<<<<<<<<<<<<<<<<<<<<',
  'N012345679SYR9103144F3012316<<<<<<<<<<<<<<<8',
]
const WIDE = { width: 1280, height: 900 }
/** One white pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC',
  'base64',
)

let world: World
let register: Register
let browser: TestBrowser
let eyes: Eyes
let person: BrowserContext
let page: Page
let reference = ''
/** How often staff have asked for something of the case. */
let looks = 0

beforeAll(async () => {
  world = await openWorld()
  register = await startRegister(world)
  browser = await startBrowser()
  eyes = eyesOf(await browser.context({ javaScriptEnabled: true }))
  await connect()
  person = await browser.context({ locale: 'ar', acceptDownloads: true })
  page = await enterAs(PERSON, { url: world.app.url, context: person })
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await register?.remove()
  await world?.app.close()
})

/** The time of the portal is the register's, so that what is signed counts. */
beforeEach(() => world.app.clock.moveTo(new Date()))

/** The offices of the person answer, and take decisions, as the operator connects them. */
async function connect(): Promise<void> {
  const endpoints = endpointsOf(world.app.installation)
  const commands = noticeCommands({ endpoints, print: () => undefined })
  for (const office of new Set(world.records.map((record) => record.office))) {
    const fields = world.records.filter((record) => record.office === office)
    const codes = [...new Set(fields.map(({ field }) => field))].join(',')
    const at = `${register.origin}/${office}`
    await world.command(`register:connect --office ${office} --url ${at}/values --fields ${codes}`)
    const told = ['--office', office, '--url', `${at}/corrections`]
    await commands.find(({ name }) => name === 'notice:connect')?.run(told)
  }
}

const go = (at: Page, path: string) => at.goto(`${world.app.url}${path}`)
/** A page that somebody has reached: nothing keeps anybody from reading it. */
async function expectReadable(at: Page, path: RegExp): Promise<void> {
  expect(new URL(at.url()).pathname).toMatch(path)
  expect(await eyes(at)).toEqual([])
}

const DRAFT = '/ar/me/requests/drafts/[0-9a-f-]{36}'

describe('a wrong name, in Arabic on a phone without JavaScript', () => {
  it('is seen on the page of the field, and leads from an access to the request', async () => {
    await go(page, `/ar/me/data/${FIELD}`)
    expect(await words(page)).toContain(WRONG)
    await expectReadable(page, /family_name$/)
    await go(page, `/ar/me/accesses?field=${FIELD}&office=${OFFICE}`)
    await follow(page, '/ar/me/accesses/')
    await expectReadable(page, /accesses\/\d+$/)
    await follow(page, '/ar/me/requests/new?entry=')
  })

  it('is stated in six pages', async () => {
    await expectReadable(page, /new$/)
    await page.check(`input[value="${FIELD}"]`)
    await press(page, '/new')
    await expectReadable(page, new RegExp(`^${DRAFT}/before$`))
    await follow(page, '/kind')
    await page.check('input[value="wrong"]')
    await page.fill('#stored', WRONG)
    await expectReadable(page, new RegExp(`^${DRAFT}/kind$`))
    await press(page, '/kind')
    await page.fill('#zone', LINES.join('\n').replace('<8', '<9'))
    await page.locator('button[name="help"][value="zone"]').click()
    await page.waitForLoadState()
    expect(await page.locator('[role="alert"]').textContent()).toContain('44')
    await expectReadable(page, new RegExp(`^${DRAFT}/right$`))
    await page.fill('#zone', LINES.join('\n'))
    await page.locator('button[name="help"][value="zone"]').click()
    await page.waitForLoadState()
    expect(await page.inputValue('#latin')).toBe('Al Khatib')
    await page.fill('#latin', RIGHT)
    await page.fill('#original', 'الخطيب')
    await page.fill('#words', 'اسمي مكتوب خطأ منذ التسجيل.')
    await expectReadable(page, new RegExp(`^${DRAFT}/right$`))
    await press(page, '/right')
  })

  it('brings a photograph of the passport', async () => {
    await page.setInputFiles('#file-input', {
      name: 'جواز السفر.png',
      mimeType: 'image/png',
      buffer: PNG,
    })
    await press(page, '/proof/files')
    expect(await words(page)).toContain('جواز السفر.png')
    await expectReadable(page, new RegExp(`^${DRAFT}/proof$`))
    await page.check('input[value="passport"]')
    await press(page, '/proof')
    await page.check('#restrict-yes')
    await page.check('#recipients')
    await expectReadable(page, new RegExp(`^${DRAFT}/tell$`))
    await press(page, '/tell')
  })

  it('is checked beside the German that will be filed, and sent', async () => {
    await expectReadable(page, new RegExp(`^${DRAFT}/check$`))
    const german = page.locator('section[lang="de"][dir="ltr"]')
    expect(await german.textContent()).toContain(RIGHT)
    await press(page, '/check/file')
    reference = page.url().split('/').at(-1) ?? ''
    expect(reference).toMatch(/^[2-9A-HJ-NP-Z]{8}$/)
    await expectReadable(page, /\/ar\/me\/requests\/[0-9A-Z]{8}$/)
  })

  it('gives a letter to sign', async () => {
    const download = page.waitForEvent('download')
    await page.locator('main a[download][href*="/letter"]').click()
    const path = await (await download).path()
    expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-')
  })
})

/** A caseworker at a desk of their own. */
async function desk(name: string): Promise<Page> {
  const context = await browser.context({ viewport: WIDE, acceptDownloads: true })
  context.on('request', (request) => {
    if (request.url().includes(`/work/cases/${reference}`)) looks += 1
  })
  return enterAs(name, { url: world.app.url, context })
}

const today = () =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(world.app.clock.now())

describe('the office', () => {
  let clerk: Page

  it('finds the request in its queue without a name, claims it, and asks', async () => {
    clerk = await desk('caseworker')
    await go(clerk, '/de/work/queue?who=nobody')
    await expectReadable(clerk, /queue$/)
    expect(await words(clerk)).not.toMatch(new RegExp(`${WRONG}|${RIGHT}`))
    await follow(clerk, `/work/cases/${reference}`)
    await expectReadable(clerk, /cases/)
    await act(clerk, 'claim')
    await act(clerk, 'form', () => clerk.fill('#on', today()))
    await act(clerk, 'ask', () => clerk.check('input[value="spelling"]'))
  })

  it('is answered by the person', async () => {
    await go(page, `/ar/me/requests/${reference}`)
    await page.fill('#answer', 'في جواز السفر: Al-Khatib')
    await expectReadable(page, /requests/)
    await press(page, '/answer')
  })

  it('opens the photograph, and decides; the partner office confirms', async () => {
    await go(clerk, `/de/work/cases/${reference}`)
    const download = clerk.waitForEvent('download')
    await clerk.locator('main a[download][href*="/files/"]').click()
    expect(readFileSync(await (await download).path())).toEqual(PNG)
    await act(clerk, 'decide', async () => {
      await clerk.check('input[value="corrected"]')
      await clerk.check('input[value="evidence_shows"]')
    })
    expect(await words(clerk)).toContain('Zweite Person nötig')
    const partner = await desk('caseworker-2')
    await go(partner, `/de/work/cases/${reference}`)
    await act(partner, 'confirm')
    await partner.context().close()
    await clerk.context().close()
  })
})

describe('the same pages in German on a wide screen', () => {
  it('keep nobody from reading them', async () => {
    const wide = await browser.context({ viewport: WIDE })
    const reader = await enterAs(PERSON, { url: world.app.url, context: wide })
    await go(reader, '/de/me/requests/new?field=azr.birth_date')
    await expectReadable(reader, /new$/)
    await reader.check('input[value="azr.birth_date"]')
    await press(reader, '/new')
    await expectReadable(reader, /before$/)
    await follow(reader, '/kind')
    await reader.check('input[value="wrong"]')
    await press(reader, '/kind')
    await reader.selectOption('#calendar', 'islamic')
    for (const [name, value] of Object.entries({ day: '10', month: '5', year: '1415' })) {
      await reader.fill(`#${name}`, value)
    }
    await reader.locator('button[name="help"][value="date"]').click()
    await reader.waitForLoadState()
    await expectReadable(reader, /right$/)
    await press(reader, '/right')
    await reader.check('input[value="nothing"]')
    await expectReadable(reader, /proof$/)
    await press(reader, '/proof')
    await reader.check('#restrict-no')
    await press(reader, '/tell')
    expect(await words(reader)).toMatch(/16\. Oktober 1994 \(Umm al-Qura\)/)
    await expectReadable(reader, /check$/)
    await go(reader, '/de/me/requests')
    await expectReadable(reader, /requests$/)
    await go(reader, `/de/me/requests/${reference}`)
    await expectReadable(reader, /requests/)
    await wide.close()
  })
})

describe('the person', () => {
  it('reads the decision, and who is told', async () => {
    const tell = world.app.portal.jobs.find(({ name }) => name === 'rectification.tell')
    await tell?.work()
    await go(page, `/ar/me/requests/${reference}`)
    const said = await words(page)
    expect(said).toContain('صُحّح')
    expect(said).toMatch(/مركز العمل في مدينة بفورتسهايم ?أكدت الاستلام/)
    await expectReadable(page, /requests/)
  })

  it('sees the right name where the wrong one stood', async () => {
    await go(page, `/ar/me/data/${FIELD}`)
    expect(await words(page)).not.toContain(WRONG)
    const values = await page.locator('main dl.rows dd strong').allTextContents()
    expect(values.length).toBeGreaterThan(1)
    expect(new Set(values)).toEqual(new Set([RIGHT]))
  })

  it('finds every look of both offices in the log', async () => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int from overview.access_event where case_ref = ${reference}`.execute(
      world.app.installation.admin,
    )
    // The browser does not tell of the request for the photograph, which it hands to the downloads.
    expect(rows).toEqual([{ count: looks + 1 }])
    expect(looks).toBeGreaterThan(8)
    await go(page, '/ar/me/accesses?field=portal.request')
    const [access] = await page.locator('main a[href*="/ar/me/accesses/"]').all()
    await go(page, (await access?.getAttribute('href')) ?? '')
    expect(await words(page)).toContain(reference)
  })

  it('leaves a log that is whole', async () => {
    await world.app.portal.ledger.tick()
    expect((await auditInstallation(world.app.installation)).faults).toEqual([])
  })
})
