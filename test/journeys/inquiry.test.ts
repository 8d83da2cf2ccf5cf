import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { startTestApp, type TestApp } from '../support/app.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import { enterAs } from './people.js'

let app: TestApp
let browser: TestBrowser

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  browser = await startBrowser()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** Whether a page is wider than its screen, as far as whoever holds the phone would see. */
async function isTooWide(page: Page): Promise<boolean> {
  const { width = 0 } = page.viewportSize() ?? {}
  const boxes = await page.locator('main, h1, form, dl, ol.timeline').all()
  const edges = await Promise.all(boxes.map((box) => box.boundingBox()))
  return edges.some((edge) => edge !== null && (edge.x < 0 || edge.x + edge.width > width + 1))
}

/** The address of a page, without its scheme and host. */
const pathOf = (page: Page) => new URL(page.url()).pathname

test('a resident says "this surprises me" on a phone without scripts, the officer answers, the resident reads it', async () => {
  const phone = await browser.context({ locale: 'ar' })
  const page = await enterAs('resident-ar', { url: app.url, context: phone })
  await page.goto(`${app.url}/ar/me/accesses?office=i.pf.abh&operation=query`)
  // The newest one that nobody has asked about yet.
  const cards = page.locator('main a[href*="/me/accesses/"]')
  const hrefs = await Promise.all((await cards.all()).map((card) => card.getAttribute('href')))
  for (const href of new Set(hrefs)) {
    await page.goto(`${app.url}${href}`)
    if ((await page.getByRole('link', { name: 'هذا يفاجئني' }).count()) > 0) break
  }
  const access = pathOf(page)
  await page.getByRole('link', { name: 'هذا يفاجئني' }).click()
  expect(pathOf(page)).toBe(`${access}/ask`)
  expect(await page.getByRole('radio', { name: 'هذا يفاجئني' }).isChecked()).toBe(true)
  expect(await isTooWide(page)).toBe(false)
  await page.getByRole('checkbox', { name: 'لم تكن لي معاملة' }).check()
  await page.locator('textarea').fill('كنت في المستشفى في ذلك اليوم.')
  await page.getByRole('button', { name: 'إرسال السؤال' }).click()
  const own = pathOf(page)
  expect(own).toMatch(/^\/ar\/me\/inquiries\/\w{8}$/)
  expect(await page.locator('main').innerText()).toContain('كنت في المستشفى')
  expect(await isTooWide(page)).toBe(false)
  const reference = own.split('/').at(-1) ?? ''

  const desk = await browser.context({ locale: 'de', viewport: { width: 1280, height: 900 } })
  const office = await enterAs('dpo', { url: app.url, context: desk })
  await office.goto(`${app.url}/de/oversight/inquiries`)
  expect(await office.locator('main').innerText()).not.toContain('المستشفى')
  await office.getByRole('link', { name: reference }).click()
  expect(await office.locator('main').innerText()).toContain('كنت في المستشفى')
  await office.locator('summary', { hasText: 'Antworten' }).click()
  await office.getByRole('radio', { name: 'Es war ein Versehen' }).check()
  await office.getByRole('checkbox', { name: 'Die Leitung des Amtes weiß davon.' }).check()
  await office.locator('textarea').fill('Zwei Akten wurden verwechselt.')
  await office.getByRole('button', { name: 'Antwort senden' }).click()
  expect(pathOf(office)).toBe(`/de/oversight/inquiries/${reference}`)

  await page.goto(`${app.url}${own}`)
  const told = await page.locator('main').innerText()
  expect(told).toContain('كان ذلك خطأ: المقصود شخص آخر.')
  expect(told).toContain('Zwei Akten wurden verwechselt.')
  expect(await page.locator('[lang="de"]', { hasText: 'Zwei Akten' }).count()).toBe(1)
  await page.goto(`${app.url}/ar/me/accesses`)
  const texts = app.installation.catalogue.texts('ar')
  expect(await page.locator('main').innerText()).toContain(
    texts.purpose('portal_data_protection').name,
  )
  await page.goto(`${app.url}${access}`)
  expect(await page.getByRole('link', { name: reference }).count()).toBe(1)
  await Promise.all([phone.close(), desk.close()])
}, 120_000)

/** Pages of questions that links from the first screen do not lead to first. */
const STATES: readonly (readonly [string, string])[] = [
  ['resident-tr', 'in_review'],
  ['resident-uk', 'passed_on'],
  ['resident-ar', 'answered'],
  ['resident-ar', 'received'],
]

test.each(STATES)(
  'nothing keeps %s from reading a question that is %s',
  async (person, state) => {
    const context = await browser.context({ javaScriptEnabled: true, locale: 'ar' })
    const page = await enterAs(person, { url: app.url, context })
    const { identity, inquiries } = app.portal
    const session = await identity.signInDemo(person)
    const open = await identity.sessions.open(session?.token ?? '', app.clock.now())
    const all = await inquiries.list(open?.actor as Parameters<typeof inquiries.list>[0])
    const found = all.find(({ inquiry }) => inquiry.state === state)
    await page.goto(`${app.url}/ar/me/inquiries/${found?.inquiry.reference}`)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.html ?? ''}`)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
    await context.close()
  },
  120_000,
)
