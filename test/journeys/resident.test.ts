import type { Page } from 'playwright-core'
import { LANGUAGES } from '../../server/platform/http/languages.js'
import type { TestApp } from '../support/app.js'
import { startTestApp } from '../support/app.js'
import { PHONE, startBrowser, type TestBrowser } from '../support/browser.js'
import { enterAs } from './people.js'
import { checkProof } from './proofs.js'

let app: TestApp
let browser: TestBrowser
let vkey: string

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  browser = await startBrowser()
  vkey = (await (await fetch(`${app.url}/log/vkey`)).text()).trim()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const pathOf = (page: Page) => new URL(page.url()).pathname

/** Opens a page of the main menu, which a narrow screen keeps behind a button. */
async function openFromMenu(page: Page, path: string): Promise<void> {
  await page.locator('.drop-small summary').click()
  await page.locator(`.drop-small nav a[href="${path}"]`).click()
  expect(pathOf(page)).toBe(path)
}

/** Follows a link of the content to an address of this kind. */
async function follow(page: Page, kind: RegExp): Promise<void> {
  const hrefs = await page
    .locator('main a')
    .evaluateAll((links) =>
      links.map((link) =>
        (link as unknown as { getAttribute(name: string): string }).getAttribute('href'),
      ),
    )
  const place = hrefs.findIndex((href) => kind.test(href ?? ''))
  expect(place).toBeGreaterThanOrEqual(0)
  const link = page.locator('main a').nth(place)
  await unfold(page)
  await link.click()
  expect(pathOf(page)).toMatch(kind)
}

/** Opens every fold of the content, as a reader would who looks for something. */
async function unfold(page: Page): Promise<void> {
  const folds = page.locator('main details:not([open]) > summary')
  for (let left = await folds.count(); left > 0; left--) await folds.first().click()
}

const inTheirLanguage = LANGUAGES.map(({ tag }) => tag)

test.each(inTheirLanguage)(
  'without JavaScript a resident finds who has what and why, and takes the proof along (%s)',
  async (tag) => {
    const page = await enterAs('resident-ar', { url: app.url, context: await browser.context() })
    await page.goto(`${app.url}/${tag}/me`)
    await expectAnswersInSight(page)
    await openFromMenu(page, `/${tag}/me/offices`)
    await follow(page, /\/me\/offices\/[^/]+$/)
    await follow(page, /\/me\/data\/[^/]+$/)
    await openFromMenu(page, `/${tag}/me/data`)
    await follow(page, /\/me\/data\/[^/]+$/)
    await openFromMenu(page, `/${tag}/me/accesses`)
    await expectFilterToNarrow(page)
    await openFromMenu(page, `/${tag}/me/accesses`)
    await expectOlderPage(page)
    await follow(page, /\/me\/accesses\/\d+$/)
    const entry = Number(pathOf(page).split('/').at(-1))
    expect(await proofFrom(page)).toMatchObject({ index: entry })
    await signOut(page)
    expect(pathOf(page)).toBe(`/${tag}/`)
    await page.goto(`${app.url}/${tag}/me`)
    expect(pathOf(page)).toBe(`/${tag}/sign-in`)
    await page.context().close()
  },
  120_000,
)

/** The first screen answers before anybody scrolls. */
async function expectAnswersInSight(page: Page): Promise<void> {
  const answers = page.locator('.answers li')
  const boxes = await Promise.all((await answers.all()).map((answer) => answer.boundingBox()))
  expect(boxes.length).toBeGreaterThanOrEqual(2)
  const lowest = Math.max(...boxes.map((box) => (box ? box.y + box.height : Infinity)))
  expect(lowest).toBeLessThanOrEqual(PHONE.height)
}

async function expectFilterToNarrow(page: Page): Promise<void> {
  await page.locator('#filter summary').click()
  const office = page.locator('#filter select[name="office"]')
  const chosen = await office.locator('option').nth(1).getAttribute('value')
  await office.selectOption(chosen)
  await page.locator('#filter button').click()
  expect(new URL(page.url()).searchParams.get('office')).toBe(chosen)
  expect(await page.locator('#filter select[name="office"]').inputValue()).toBe(chosen)
  const name = await page.locator(`#filter option[value="${chosen}"]`).textContent()
  const sentences = await page.locator('.access-text').allInnerTexts()
  expect(sentences.length).toBeGreaterThan(0)
  for (const sentence of sentences) expect(sentence).toContain(name)
}

async function expectOlderPage(page: Page): Promise<void> {
  const before = await page.locator('.card-foot a').evaluateAll(hrefsOf)
  await page.locator('a[rel="next"]').click()
  const after = await page.locator('.card-foot a').evaluateAll(hrefsOf)
  expect(after.length).toBeGreaterThan(0)
  expect(after.filter((href) => before.includes(href))).toEqual([])
  expect(await page.locator('a[rel="prev"]').count()).toBe(1)
}

/** Runs in the browser. */
function hrefsOf(links: unknown[]): string[] {
  return (links as { getAttribute(name: string): string }[]).map((link) =>
    link.getAttribute('href'),
  )
}

async function proofFrom(page: Page) {
  const waiting = page.waitForEvent('download')
  await page.locator('a[download][href$="/proof"]').click()
  const parts: Buffer[] = []
  for await (const part of await (await waiting).createReadStream()) parts.push(part as Buffer)
  return checkProof(Buffer.concat(parts).toString('utf8'), vkey)
}

async function signOut(page: Page): Promise<void> {
  await page.locator('.drop-small summary').click()
  await page.locator('.drop-small form button').click()
}

test('the language switch keeps page, filter and place', async () => {
  const page = await enterAs('resident-ar', { url: app.url, context: await browser.context() })
  for (const address of ['/de/me/accesses?operation=query&period=year', '/de/me/limits']) {
    await page.goto(`${app.url}${address}`)
    for (const tag of ['en', 'ar', 'de']) {
      await page.locator('header details').first().locator('summary').click()
      await page.locator(`header a[hreflang="${tag}"]`).click()
      expect(page.url()).toBe(`${app.url}${address.replace('/de/', `/${tag}/`)}`)
      expect(await page.locator('html').getAttribute('lang')).toBe(tag)
    }
  }
  await page.context().close()
})

test('the keyboard meets the skip link first, and it leads past the menu', async () => {
  const page = await enterAs('resident-ar', { url: app.url, context: await browser.context() })
  for (const tag of inTheirLanguage) {
    await page.goto(`${app.url}/${tag}/me`)
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    expect(await focused.getAttribute('href')).toBe('#main')
    const box = await focused.boundingBox()
    expect(box && box.x >= 0 && box.y >= 0 && box.height > 0).toBe(true)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.locator('main :focus').count()).toBe(1)
  }
  await page.context().close()
})

test('a session that rests on a letter sees no place, no single field and no download', async () => {
  const page = await enterAs('resident-letter', { url: app.url, context: await browser.context() })
  expect(pathOf(page)).toBe('/en/me')
  await page.goto(`${app.url}/en/me/accesses`)
  await follow(page, /\/me\/accesses\/\d+$/)
  expect(await page.locator('a[download]').count()).toBe(0)
  for (const path of [`${pathOf(page)}/proof`, '/en/me/data/azr.family_name']) {
    expect((await page.goto(`${app.url}${path}`))?.status()).toBe(403)
  }
  await page.context().close()
})
