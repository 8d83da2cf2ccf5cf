import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright-core'

/** What is wrong with a page for whoever looks at it, or has it read to them. */
export type Eyes = (page: Page) => Promise<readonly string[]>

/** Elements that stand beyond the screen: nothing scrolls sideways. */
const TOO_WIDE = `(() => {
  const room = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= room) return []
  return [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > room || one.getBoundingClientRect().left < 0)
    .filter((one) => !one.closest('.scroll'))
    .map(({ localName, className }) => 'too wide: ' + localName + '.' + className)
})()`

/**
 * Looks at pages of a context without scripts. axe is a script itself, so it reads the same bytes in a
 * context of its own, where the page's styles come from where they always come from.
 */
export function eyesOf(reader: BrowserContext): Eyes {
  return async (page) => {
    const [url, body] = [page.url(), await page.content()]
    const twin = await reader.newPage()
    const size = page.viewportSize()
    if (size) await twin.setViewportSize(size)
    await twin.route(url, (route) =>
      route.request().resourceType() === 'document'
        ? route.fulfill({ body, contentType: 'text/html; charset=utf-8' })
        : route.continue(),
    )
    await twin.goto(url)
    const { violations } = await new AxeBuilder({ page: twin }).setLegacyMode().analyze()
    await twin.close()
    const wide = await page.evaluate<string[]>(TOO_WIDE)
    return [
      ...violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.html ?? ''}`),
      ...new Set(wide),
    ].map((fault) => `${new URL(url).pathname}: ${fault}`)
  }
}
