import { readFileSync } from 'node:fs'
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import type { Page } from 'playwright-core'
import type { StaffActor } from '../../server/identity/index.js'
import { roomOf, type Person, type Room } from '../consent/room.js'
import { startTestApp } from '../support/app.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import { enterAs } from './people.js'

const ARABIC = {
  title: 'نشرة الأخبار',
  text: 'نرسل إليك أخبار الدورات إلى بريدك الإلكتروني.',
  refusal: 'لن تصلك أخبار. ولا يتغيّر شيء آخر.',
  withdrawal: 'بعد سحب الموافقة لا نرسل إليك شيئًا.',
  parts: {},
  reviewed: true,
}
const TITLES = {
  ar: { given: 'أعطيتَ الموافقة.', refused: 'لم تُعطِ الموافقة.', withdrawn: 'سحبتَ الموافقة.' },
  de: {
    given: 'Sie haben die Einwilligung gegeben.',
    refused: 'Sie haben die Einwilligung nicht gegeben.',
    withdrawn: 'Sie haben die Einwilligung widerrufen.',
  },
} as const
type Tag = keyof typeof TITLES

let room: Room
let browser: TestBrowser
let person: Person
let clerk: StaffActor
let template: string

beforeAll(async () => {
  room = await roomOf(await startTestApp({ env: { DEMO: 'true' } }))
  browser = await startBrowser()
  person = await room.resident('resident-ar')
  clerk = await room.staff('clerk')
  const first = room.content('c.newsletter')
  template = await room.published([clerk, await room.staff('colleague')], {
    ...first,
    wordings: { ...first.wordings, ar: ARABIC },
  })
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await room?.close()
})

/** A person at a browser: each thing that they click or tick is a step. */
class Walk {
  steps = 0
  constructor(
    private readonly page: Page,
    private readonly tag: Tag,
  ) {}

  async begin(): Promise<void> {
    this.steps = 0
    await this.page.goto(`${room.app.url}/${this.tag}/me/permissions`)
  }

  async click(selector: string): Promise<void> {
    this.steps += 1
    await this.page.locator(selector).first().click()
    await this.page.waitForLoadState()
  }
}

/** Answers from the list; the reference of the consent and how many steps it took. */
async function answer(walk: Walk, page: Page, said: 'yes' | 'no') {
  const asked = await room.asked(clerk, person, template)
  await walk.begin()
  await walk.click(`a[href$="/asked/${asked}"]`)
  await walk.click(`button[name="answer"][value="${said}"]`)
  const { steps } = walk
  const link = page.locator('main a[href*="/me/permissions/"]:not([href*="/asked/"])').first()
  await link.click()
  return { reference: new URL(page.url()).pathname.split('/').at(-1) ?? '', steps }
}

/** Opens the receipt of a consent from its page, and takes the record with it as a file. */
async function receiptOf(page: Page): Promise<{ text: string; file: string }> {
  await page.locator('main a[href$="/receipt"]').first().click()
  await page.waitForLoadState()
  const text = await page.locator('main').innerText()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('main a[href*="receipt.json"]').click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^mirat-.+\.json$/)
  return { text, file: readFileSync(await download.path(), 'utf8') }
}

/** What somebody outside does, who has the file and the address of the portal and nothing else. */
async function checkOutside(file: string): Promise<readonly string[]> {
  const keys = await fetch(`${room.app.url}/.well-known/jwks.json`)
  const { 'sec:jws': jws, ...record } = JSON.parse(file) as Record<string, unknown> & {
    'sec:jws': string
  }
  const { payload, protectedHeader } = await compactVerify(
    jws,
    createLocalJWKSet((await keys.json()) as JSONWebKeySet),
    { algorithms: ['EdDSA'] },
  )
  expect(protectedHeader.typ).toBe('consent-record+jwt')
  expect(JSON.parse(Buffer.from(payload).toString())).toEqual(record)
  const states = record['dpv:hasConsentStatus'] as readonly { '@type': string[] }[]
  return states.map(({ '@type': [state = ''] }) => state)
}

describe.each<Tag>(['de', 'ar'])('without scripts, in %s, a resident', (tag) => {
  let page: Page
  let walk: Walk

  beforeAll(async () => {
    const context = await browser.context({ locale: tag, acceptDownloads: true })
    page = await enterAs('resident-ar', { url: room.app.url, context })
    walk = new Walk(page, tag)
  }, 60_000)

  afterAll(() => page?.context().close())

  it('gives and withdraws in no more steps, and takes a receipt of both that anybody can check', async () => {
    const given = await answer(walk, page, 'yes')
    expect(await room.entries(given.reference)).toEqual(['given by resident'])
    const first = await receiptOf(page)
    expect(first.text).toContain(TITLES[tag].given)
    expect(await checkOutside(first.file)).toEqual(['dpv:ConsentGiven'])

    await walk.begin()
    await walk.click(`form[action*="/${given.reference}"] button`)
    expect(walk.steps).toBeLessThanOrEqual(given.steps)
    expect(await room.entries(given.reference)).toEqual([
      'given by resident',
      'withdrawn by resident',
    ])
    await page.goto(`${room.app.url}/${tag}/me/permissions/${given.reference}`)
    const second = await receiptOf(page)
    expect(second.text).toContain(TITLES[tag].withdrawn)
    expect(await checkOutside(second.file)).toEqual(['dpv:ConsentGiven', 'dpv:ConsentWithdrawn'])
    await expect(
      checkOutside(second.file.replace('dpv:ConsentWithdrawn', 'dpv:ConsentExpired')),
    ).rejects.toThrow()
  }, 120_000)

  it('refuses in as many steps as a yes takes, and has a receipt of that', async () => {
    const refused = await answer(walk, page, 'no')
    expect(refused.steps).toBe(2)
    expect(await room.entries(refused.reference)).toEqual(['refused by resident'])
    const { text, file } = await receiptOf(page)
    expect(text).toContain(TITLES[tag].refused)
    expect(await checkOutside(file)).toEqual(['dpv:ConsentRefused'])
  }, 120_000)
})
