import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
} from 'playwright-core'
import { findChromium, type Chromium } from './chromium.js'

/** A real browser for one test file. */
export interface TestBrowser {
  /**
   * A context of its own: no JavaScript unless the test asks for it, a narrow screen, German time. What
   * leaves the machine is cut off.
   */
  context(options?: BrowserContextOptions): Promise<BrowserContext>
  close(): Promise<void>
}

/** The narrow screen on which every page must work. */
export const PHONE = { width: 360, height: 740 } as const

/** Starts the browser of the tests, or the one that was found elsewhere; a sandbox is missing only for root, whom Chromium refuses it. */
export async function startBrowser(found?: Chromium): Promise<TestBrowser> {
  const { executablePath, env } = found ?? (await findChromium())
  const isRoot = process.getuid?.() === 0
  const browser = await chromium.launch({ executablePath, env, chromiumSandbox: !isRoot })
  await expectFonts(browser)
  return {
    context: (options = {}) =>
      browser.newContext({ javaScriptEnabled: false, viewport: PHONE, ...options }),
    close: () => browser.close(),
  }
}

/** Without a font Chromium draws empty pages, and every test of what is visible would pass or fail by chance. */
async function expectFonts(browser: Browser): Promise<void> {
  const page = await browser.newPage()
  await page.setContent('<span>Mirat</span>')
  const box = await page.locator('span').boundingBox()
  await page.close()
  if (box && box.width > 0) return
  await browser.close()
  throw new Error('The browser of the tests finds no font: install one, such as fonts-dejavu-core.')
}
