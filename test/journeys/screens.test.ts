import { AxeBuilder } from '@axe-core/playwright'
import { sql } from 'kysely'
import type { Page, Request } from 'playwright-core'
import { LANGUAGES } from '../../server/platform/http/languages.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import { enterAs } from './people.js'
import { inLanguage, NOBODY, stationsOf, type Station } from './stations.js'

const WIDE = { width: 1280, height: 900 }
/** The width of 1280 pixels at 400 % (WCAG 2.2, 1.4.10). */
const NARROW = { width: 320, height: 640 }
type RunOnly = NonNullable<Parameters<AxeBuilder['options']>[0]['runOnly']>
const ALL_RULES: RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}
/** What colours and widths can change; the rest of the page is the same as before. */
const DRAWING_RULES: RunOnly = {
  type: 'rule',
  values: ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'],
}
/** Bytes on the wire, by what was asked for. */
const LIMITS: Readonly<Record<string, number>> = {
  document: 14 * 1024,
  stylesheet: 15 * 1024,
  script: 12 * 1024,
}
/** The ceremony of a passkey is a script's; everything else works without. */
const PASSKEY_PAGES = /\/(?:sign-in|step-up|devices\/new)$/

let app: TestApp
let browser: TestBrowser
let stations: readonly Station[]

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  browser = await startBrowser()
  stations = await stationsOf(app)
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** A page of somebody; axe is a script, so scripts are on: the pages have none of their own. */
async function screenOf(person: string, tag: string): Promise<Page> {
  const context = await browser.context({ javaScriptEnabled: true, viewport: WIDE, locale: tag })
  return person === NOBODY ? context.newPage() : enterAs(person, { url: app.url, context })
}

/**
 * The user's own spacing (WCAG 2.2, 1.4.12) as well: letters, words and lines further apart, which also
 * stands for wider fonts and longer translations than those of this machine.
 */
const SPACED = `(() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important }')
  document.adoptedStyleSheets = [sheet]
})()`

/** What axe finds, each with the first element that it concerns. */
async function findings(page: Page, what: string, only: RunOnly): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page })
    .options({ runOnly: only, resultTypes: ['violations'] })
    .setLegacyMode()
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${what}: ${id} at ${nodes[0]?.html ?? ''}`)
}

/** The elements that make a page wider than its screen; what scrolls inside a frame of its own does not. */
const TOO_WIDE = `(() => {
  const room = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= room) return []
  const beyond = [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > room || element.getBoundingClientRect().left < 0)
  return [document.documentElement, ...beyond.filter((element) => !element.closest('.scroll'))]
    .map(({ localName, className, textContent }) => localName + '.' + className + ' ' + textContent.replace(/\\s+/g, ' ').trim().slice(0, 60))
})()`

/**
 * Whose pages are drawn: other staff see the same views, a letter changes words, not shapes, and pages
 * for everybody are drawn for nobody, to whom they say the same.
 */
const DRAWN: Readonly<Record<string, RegExp>> = {
  [NOBODY]: /./,
  'resident-ar': /\/me\b/,
  'resident-letter': /\/me$|family_name/,
  dpo: /\/(staff|oversight)\b/,
  caseworker: /\/work\b/,
  supervisor: /\/oversight\b/,
}

const cases = LANGUAGES.flatMap(({ tag }) =>
  Object.keys(DRAWN).map((person) => [tag, person] as const),
)

test.each(cases)(
  'nothing keeps anybody from reading, light or dark, wide or narrow: %s, %s',
  async (tag, person) => {
    const faults: string[] = []
    const page = await screenOf(person, tag)
    for (const station of stations.filter((one) => one.person === person)) {
      if (!DRAWN[person]?.test(station.address)) continue
      const address = inLanguage(station.address, tag)
      await page.setViewportSize(WIDE)
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(`${app.url}${address}`)
      faults.push(...(await findings(page, `${address} light`, ALL_RULES)))
      await page.setViewportSize(NARROW)
      await page.emulateMedia({ colorScheme: 'dark' })
      faults.push(...(await findings(page, `${address} dark`, DRAWING_RULES)))
      await page.evaluate(SPACED)
      const wide = await page.evaluate<string[]>(TOO_WIDE)
      faults.push(...wide.map((element) => `${address} is too wide at ${element}`))
    }
    await page.context().close()
    expect(faults).toEqual([])
  },
  300_000,
)

test.each(LANGUAGES.map(({ tag }) => tag))(
  'a page is small, asks for three things at most, and runs no script but that of passkeys: %s',
  async (tag) => {
    const faults: string[] = []
    for (const person of [NOBODY, 'resident-ar', await personWithMostEntries()]) {
      const page = await screenOf(person, tag)
      const asked: Request[] = []
      page.on('request', (request) => asked.push(request))
      for (const address of addressesOf(person)) {
        asked.length = 0
        await page.goto(`${app.url}${inLanguage(address, tag)}`)
        const types = asked.map((request) => request.resourceType())
        const mayRun = PASSKEY_PAGES.test(address)
        if (asked.length > (mayRun ? 4 : 3) || (types.includes('script') && !mayRun)) {
          faults.push(`${address}: ${types.join()}`)
        }
        for (const request of asked) faults.push(...(await tooLarge(request)))
      }
      await page.context().close()
    }
    expect([...new Set(faults)]).toEqual([])
  },
  300_000,
)

/** Addresses of one person hold for another only where they name nothing of their own. */
function addressesOf(person: string): readonly string[] {
  const whose = person === NOBODY ? NOBODY : 'resident-ar'
  const own = stations.filter((one) => one.person === whose && one.status === 200)
  const addresses = own.map(({ address }) => address)
  return person === whose ? addresses : addresses.filter((one) => !/\/me\/\w+\/./.test(one))
}

async function personWithMostEntries(): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select account.demo_name as name from overview.access_event event
      join identity.account_subject using (subject) join identity.account using (account)
      where account.demo_name is not null group by 1 order by count(*) desc limit 1`.execute(
    app.installation.admin,
  )
  return rows[0]?.name ?? 'nobody at all'
}

async function tooLarge(request: Request): Promise<readonly string[]> {
  const response = await request.response()
  const limit = LIMITS[request.resourceType()]
  if (response === null || limit === undefined) return []
  const { responseBodySize: bytes } = await request.sizes()
  const encoding = response.headers()['content-encoding']
  const what = new URL(request.url()).pathname
  return [
    ...(encoding === 'br' ? [] : [`${what} is sent as ${encoding ?? 'it is'}`]),
    ...(bytes > limit ? [`${what} has ${bytes} bytes`] : []),
  ]
}
