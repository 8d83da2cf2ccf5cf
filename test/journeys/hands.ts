import type { Page } from 'playwright-core'

/** The words of the page, without what stands on every page. */
export const words = async (at: Page) =>
  ((await at.locator('main').textContent()) ?? '').replace(/\s+/g, ' ')

/** Follows a link of the page by where it leads. */
export async function follow(at: Page, href: string): Promise<void> {
  await at.locator(`main a[href*="${href}"]`).first().click()
  await at.waitForLoadState()
}

/** Presses the first button of the form that leads somewhere. */
export async function press(at: Page, action: string): Promise<void> {
  const own = `main form[action$="${action}"] button:not([formaction])`
  await at.locator(`${own}, main button[formaction$="${action}"]`).first().click()
  await at.waitForLoadState()
}

/** Takes a step of the case; what needs answers stands closed. */
export async function act(at: Page, word: string, fill = async () => {}): Promise<void> {
  const form = at.locator(`main form[action$="/${word}"]`)
  const isClosed = !(await form.isVisible())
  if (isClosed) await at.locator(`details:has(form[action$="/${word}"]) > summary`).click()
  await fill()
  await form.locator('button:not([formaction])').click()
  await at.waitForLoadState()
}
