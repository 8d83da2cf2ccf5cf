import type { BrowserContext, Page } from 'playwright-core'
import { openWorld, PERSON, type World } from '../registers/connected.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import { eyesOf, type Eyes } from './eyes.js'
import { press, words } from './hands.js'
import { enterAs } from './people.js'

let world: World
let browser: TestBrowser
let eyes: Eyes
let person: BrowserContext
let page: Page

beforeAll(async () => {
  world = await openWorld()
  browser = await startBrowser()
  eyes = eyesOf(await browser.context({ javaScriptEnabled: true }))
  person = await browser.context({ locale: 'ar', viewport: { width: 360, height: 740 } })
  page = await enterAs(PERSON, { url: world.app.url, context: person })
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await world?.app.close()
})

async function expectReadable(path: RegExp): Promise<void> {
  expect(new URL(page.url()).pathname).toMatch(path)
  expect(await eyes(page)).toEqual([])
}

describe('two names that are swapped, in Arabic on a narrow phone without JavaScript', () => {
  it('are both stated on one page', async () => {
    await page.goto(`${world.app.url}/ar/me/requests/new?field=azr.family_name`)
    await page.check('input[value="azr.family_name"]')
    await press(page, '/new')
    await page.locator('main a[href*="/kind"]').first().click()
    await page.waitForLoadState()
    await page.check('input[value="wrong"]')
    await page.fill('#stored', 'Layla')
    await press(page, '/kind')
    await page.fill('#latin', 'Al-Khatib')
    const given = page.locator('details', { has: page.locator('#latin-given_names') })
    await given.locator('summary').click()
    await page.fill('#stored-given_names', 'Al-Khatib')
    await expectReadable(/right$/)
    await press(page, '/right')
  })

  it('are asked for again where one of them is missing, open on the page', async () => {
    expect(await page.locator('[role="alert"] a').getAttribute('href')).toBe('#latin-given_names')
    expect(await page.inputValue('#stored-given_names')).toBe('Al-Khatib')
    await expectReadable(/right$/)
    await page.fill('#latin-given_names', 'Layla')
    await page.fill('#original-given_names', 'ليلى')
    await press(page, '/right')
    await page.check('input[value="passport"]')
    await press(page, '/proof')
    await page.check('#restrict-yes')
    await press(page, '/tell')
  })

  it('stand beside the German that is filed, and in the request', async () => {
    const german = (await page.locator('section[lang="de"]').textContent()) ?? ''
    expect(german.replace(/\s+/g, ' ')).toMatch(/Familienname.*Al-Khatib.*Vornamen.*Layla/)
    await expectReadable(/check$/)
    await press(page, '/check/file')
    expect(await words(page)).toContain('Layla')
    await expectReadable(/\/ar\/me\/requests\/[0-9A-Z]{8}$/)
    await person.close()
  })
})
