import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { enterAs } from '../journeys/people.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import { ADDRESS, codeIn, openMailRoom, type MailRoom } from './mail-room.js'

let mail: MailRoom
let browser: TestBrowser

beforeAll(async () => {
  mail = await openMailRoom()
  browser = await startBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await mail?.close()
})

beforeEach(() => mail.reset())

const NARROW = { width: 320, height: 640 }

/** What axe finds on a page, and whether it must be scrolled sideways. */
async function faultsOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const isWide = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
  const ids = await page.evaluate<string[]>(
    '[...document.querySelectorAll("[id]")].map(({ id }) => id)',
  )
  return [
    ...violations.map(({ id }) => id),
    ...(isWide === true ? ['wider than the screen'] : []),
    ...(new Set(ids).size === ids.length ? [] : ['an id stands twice']),
  ]
}

/** The button of the form that goes to an address of the settings. */
const press = async (page: Page, action: string) => {
  await page.locator(`form[action$="/settings/${action}"] button`).click()
  await page.waitForLoadState()
}

it.each(['de', 'ar'])(
  'the settings of mails have no fault in any state, and work without a script of ours (%s)',
  async (tag) => {
    const context = await browser.context({ javaScriptEnabled: true, viewport: NARROW })
    const page = await enterAs('resident-ar', { url: mail.room.app.url, context })
    const settings = `${mail.room.app.url}/${tag}/me/messages/settings`
    const found: Record<string, string[]> = {}
    await page.goto(settings)
    found['empty'] = await faultsOn(page)
    await page.locator('#address').fill('a@b, c@d')
    await press(page, 'address')
    expect(await page.locator('[aria-invalid]').count()).toBe(1)
    found['refused'] = await faultsOn(page)
    await page.locator('#address').fill(ADDRESS)
    await page.locator('#choice-each').check()
    await press(page, 'address')
    await mail.send()
    await page.goto(settings)
    found['waits for its code'] = await faultsOn(page)
    await page.locator('#code').fill('12')
    await press(page, 'code')
    found['wrong code'] = await faultsOn(page)
    await page.locator('#code').fill(codeIn(mail.post.mails[0]?.text))
    await press(page, 'code')
    expect(await page.locator('#choice-each').isChecked()).toBe(true)
    found['confirmed'] = await faultsOn(page)
    await mail.tell()
    mail.post.refusals.push({ code: 550, text: '5.1.1 no such user' })
    await mail.send()
    await page.goto(settings)
    expect(await page.locator('.kern-alert--warning').count()).toBe(1)
    found['failing'] = await faultsOn(page)
    await page.goto(settings.replace('/settings', ''))
    expect(await page.locator('.kern-alert--warning').count()).toBe(1)
    found['inbox'] = await faultsOn(page)
    await page.locator('main li.card a').first().click()
    found['message'] = await faultsOn(page)
    expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([])
    expect(Object.keys(found)).toHaveLength(8)
    await context.close()
  },
  120_000,
)
