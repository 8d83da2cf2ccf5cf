import type { Page } from 'playwright-core'
import { authorityOf } from '../ingestion/authority.js'
import type { TestApp } from '../support/app.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import { NUMBER, openPortal } from './people.js'

let app: TestApp
let browser: TestBrowser

beforeAll(async () => {
  app = await openPortal()
  const office = await authorityOf(app)
  await office.deliver(office.events(1, 3))
  browser = await startBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await app?.close()
})

async function newCode(): Promise<string> {
  const office = app.installation.catalogue.parties.byCode('i.pf.abh')?.id ?? 0
  const number = { scheme: 'azr', value: NUMBER } as const
  const way = { kind: 'handed' } as const
  const order = { number, way, recovery: false, language: 'ar' }
  const issued = await app.portal.issuing.issue({ office }, order)
  if (issued.kind !== 'issued') throw new Error(issued.kind)
  return issued.code
}

interface Focus {
  readonly tag: string
  readonly id: string
  readonly href: string
  readonly action: string
  readonly isSeen: boolean
  readonly isThere: boolean
}

/** What has the focus: where it leads, and whether one can see that it has it. */
const focused = (page: Page) =>
  page.evaluate<Focus>(`(() => {
    const one = document.activeElement
    const style = getComputedStyle(one)
    const box = one.getBoundingClientRect()
    return {
      tag: one.tagName,
      id: one.id,
      href: one.getAttribute('href') ?? '',
      action: one.form?.getAttribute('action') ?? '',
      isSeen: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
      isThere: box.width > 0 && box.height > 0,
    }
  })()`)

/** More stops than any page has: whoever needs more is caught somewhere. */
const MOST_STOPS = 150

/** Presses Tab until the wanted element has the focus; every stop on the way must be visible. */
async function tabTo(page: Page, name: string, isWanted: (focus: Focus) => boolean): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab')
    const focus = await focused(page)
    if (focus.tag === 'BODY') continue
    expect([name, focus.href, focus.isSeen, focus.isThere]).toEqual([name, focus.href, true, true])
    if (isWanted(focus)) return
  }
  throw new Error(`the keyboard does not reach ${name} on ${page.url()}`)
}

const link = (href: string | RegExp) => (focus: Focus) =>
  focus.tag === 'A' && (typeof href === 'string' ? focus.href === href : href.test(focus.href))

async function enter(page: Page): Promise<void> {
  const before = page.url()
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.href !== before)
}

/** With the keyboard alone, from the first page to one access, to the devices, and out again. */
async function walk(page: Page, { tag, code }: { tag: string; code: string }): Promise<void> {
  await page.goto(`${app.url}/${tag}/`)
  await tabTo(page, 'signing in', link(`/${tag}/sign-in`))
  await enter(page)
  await tabTo(page, 'the code', link(`/${tag}/activate`))
  await enter(page)
  await tabTo(page, 'the input', ({ id }) => id === 'code')
  await page.keyboard.type(code)
  await tabTo(
    page,
    'the button',
    ({ tag: element, action }) => element === 'BUTTON' && action.endsWith('/activate'),
  )
  await enter(page)
  expect(page.url()).toBe(`${app.url}/${tag}/me/devices/new`)
  await tabTo(page, 'going on without a passkey', ({ href }) => href === `/${tag}/`)
  // The brand leads there as well; both lead home.
  await enter(page)
  expect(page.url()).toBe(`${app.url}/${tag}/me`)
  await tabTo(page, 'an access', link(new RegExp(`^/${tag}/me/accesses/\\d+$`)))
  await enter(page)
  await openMenu(page)
  await tabTo(page, 'the devices', link(`/${tag}/me/devices`))
  await enter(page)
  await openMenu(page)
  await tabTo(page, 'signing out', ({ action }) => action === `/${tag}/sign-out`)
  await enter(page)
  expect(page.url()).toBe(`${app.url}/${tag}/`)
}

/** On a wide screen the menu stands open; on a narrow one its summary opens it. */
async function openMenu(page: Page): Promise<void> {
  const summary = page.locator('details.drop-small > summary')
  if (!(await summary.isVisible())) return
  let summaries = 0
  await tabTo(page, 'the menu', ({ tag }) => tag === 'SUMMARY' && ++summaries === 2)
  await page.keyboard.press('Enter')
}

describe('with the keyboard alone, without JavaScript', () => {
  it.each([
    ['de', 360],
    ['ar', 360],
    ['de', 1280],
  ])(
    'somebody signs in, reads an access, and signs out (%s, %i px)',
    async (tag, width) => {
      const context = await browser.context({ viewport: { width, height: 740 } })
      await walk(await context.newPage(), { tag, code: await newCode() })
      await context.close()
    },
    120_000,
  )

  it('the first stop leads past the head of the page', async () => {
    const context = await browser.context()
    const page = await context.newPage()
    await page.goto(`${app.url}/ar/activate`)
    await page.keyboard.press('Tab')
    expect(await focused(page)).toMatchObject({ href: '#main', isSeen: true, isThere: true })
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.locator('main :focus').count()).toBe(1)
    await context.close()
  })
})
