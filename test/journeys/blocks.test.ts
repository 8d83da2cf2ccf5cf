import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { startTestApp, type TestApp } from '../support/app.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import { act, press, words } from './hands.js'
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

const LANGUAGES = [
  ['ar', 'حجب نقل البيانات', 'حياتي في خطر'],
  ['de', 'Weitergabe sperren', 'Mein Leben ist in Gefahr'],
] as const

test.each(LANGUAGES)(
  'a resident finds the block on a phone without scripts, applies, and lifts it again (%s)',
  async (lang, way, danger) => {
    const phone = await browser.context({ locale: lang, viewport: { width: 360, height: 740 } })
    const page = await enterAs(lang === 'ar' ? 'resident-ar' : 'resident-ru', {
      ...{ url: app.url, context: phone },
    })
    await page.goto(`${app.url}/${lang}/me`)
    await page.locator('main').getByRole('link', { name: way }).click()
    expect(pathOf(page)).toBe(`/${lang}/me/blocks`)
    expect(await isTooWide(page)).toBe(false)
    await page.locator('form:has(input[value="transmission"]) button').click()
    expect(await isTooWide(page)).toBe(false)
    await press(page, '/limits')
    await page.getByRole('checkbox', { name: danger }).check()
    await page.locator('textarea').fill('أخاف')
    await press(page, '/grounds')
    await page.locator('select').selectOption('i.pf.abh')
    await press(page, '/office')
    expect(await page.locator('section[lang="de"]').innerText()).toContain(
      'Mein Leben ist in Gefahr',
    )
    expect(await isTooWide(page)).toBe(false)
    await press(page, '/check/file')
    const own = pathOf(page)
    expect(own).toMatch(new RegExp(`^/${lang}/me/blocks/\\w{8}$`))
    const reference = own.split('/').at(-1) ?? ''

    const desk = await browser.context({ locale: 'de', viewport: { width: 1280, height: 900 } })
    const office = await enterAs('caseworker', { url: app.url, context: desk })
    await office.goto(`${app.url}/de/work/blocks`)
    expect(await words(office)).not.toContain('أخاف')
    await office.getByRole('link', { name: reference }).click()
    expect(await words(office)).toContain('أخاف')
    await act(office, 'form', () => office.locator('#form_form-letter').check())
    await act(office, 'grant', () => office.locator('#grant_until').fill('2099-12-31'))

    await page.goto(`${app.url}${own}`)
    expect(await isTooWide(page)).toBe(false)
    await press(page, '/lift')
    expect(pathOf(page)).toBe(own)
    expect(await page.locator('form[action$="/lift"]').count()).toBe(0)
    await Promise.all([phone.close(), desk.close()])
  },
  180_000,
)

/** Pages of blocks that somebody reads in some state. */
const PAGES = [
  ['resident-tr', '/ar/me/blocks', 'in_force'],
  ['resident-uk', '/ar/me/blocks', 'applied'],
  ['caseworker', '/de/work/blocks', 'in_force'],
  ['caseworker-2', '/de/work/blocks', 'applied'],
] as const

test.each(PAGES)(
  'nothing keeps %s from reading a block at %s that is %s',
  async (person, at, state) => {
    const context = await browser.context({ javaScriptEnabled: true, locale: 'ar' })
    const page = await enterAs(person, { url: app.url, context })
    await page.goto(`${app.url}${at}`)
    const check = async () => {
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
      expect(violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.html ?? ''}`)).toEqual([])
      expect(await isTooWide(page)).toBe(false)
    }
    await check()
    await page.locator(`main a[href*="${at}/"]`).first().click()
    expect([state, pathOf(page).startsWith(`${at}/`)]).toEqual([state, true])
    // What is folded is read as well.
    await page.evaluate(
      "for (const one of document.querySelectorAll('main details')) one.open = true",
    )
    await check()
    await context.close()
  },
  120_000,
)
