import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import type { TestApp } from '../support/app.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import { enterAs, NUMBER, openPortal } from './people.js'

const CLERK = {
  name: 'caseworker',
  role: 'caseworker',
  office: 'i.pf.abh',
  unit: 'front_desk',
  assurance: 'counter',
} as const

let app: TestApp
let browser: TestBrowser

beforeAll(async () => {
  app = await openPortal([CLERK])
  browser = await startBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const later = (minutes: number) =>
  app.clock.moveTo(new Date(app.clock.now().getTime() + minutes * 60_000))

interface Order {
  readonly way?: 'handed' | 'posted'
  readonly year?: string
  readonly recovery?: boolean
  readonly language?: string
}

/** What a clerk does at the desk, without JavaScript; the code as it stands on the printed sheet. */
async function issueCode({ way = 'handed', year = '', recovery, language = 'ar' }: Order = {}) {
  const context = await browser.context()
  const page = await enterAs('caseworker', { url: app.url, context })
  await page.goto(`${app.url}/de/staff/codes`)
  await page.selectOption('#scheme', 'azr')
  await page.fill('#number', NUMBER)
  await page.selectOption('#way', way)
  await page.selectOption('#housing', 'own')
  await page.fill('#year', year)
  await page.selectOption('#language', language)
  if (recovery) await page.check('#recovery')
  await page.locator('main form button').click()
  await page.waitForLoadState()
  const code = await page.locator('.code').first().textContent()
  await context.close()
  return (code ?? '').trim()
}

/** A phone with a screen lock: a browser with JavaScript and an authenticator of its own. */
async function phone(
  language = 'ar',
): Promise<{ context: BrowserContext; page: Page; cdp: CDPSession }> {
  const context = await browser.context({ javaScriptEnabled: true, locale: language })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { context, page, cdp }
}

async function enterCode(page: Page, code: string, { tag = 'ar', year = '', shared = false } = {}) {
  await page.goto(`${app.url}/${tag}/activate`)
  await page.fill('#code', code)
  await page.fill('#year', year)
  if (shared) await page.check('#shared')
  await page.locator('main form button').click()
  await page.waitForLoadState()
}

const makeKey = async (page: Page) => {
  await page.locator('form[data-passkey] button').click()
  await page.waitForURL('**/me/devices')
}

const keys = (page: Page) => page.locator('input[name="credential"]').count()

const signOut = async (page: Page, tag: string) => {
  const form = page.locator(`form[action="/${tag}/sign-out"]`).first()
  await form.evaluate((one) => (one as unknown as { submit(): void }).submit())
  await page.waitForURL(`**/${tag}/`)
}

describe('a resident with a code from the counter', () => {
  it.each(['de', 'ar'])(
    'makes a passkey, and comes back without a code (%s)',
    async (tag) => {
      const code = await issueCode({ language: tag })
      expect(code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
      const { context, page } = await phone(tag)
      await enterCode(page, code.toLowerCase().replaceAll('-', ' '), { tag })
      expect(page.url()).toBe(`${app.url}/${tag}/me/devices/new`)
      await makeKey(page)
      expect(await keys(page)).toBeGreaterThan(0)
      await signOut(page, tag)
      await page.goto(`${app.url}/${tag}/sign-in`)
      for (const note of await page.locator('[data-note]').all()) {
        expect(await note.isVisible()).toBe(false)
      }
      await page.locator('form[data-passkey] button').click()
      await page.waitForURL(`**/${tag}/me`)
      expect(await page.locator('html').getAttribute('dir')).toBe(tag === 'ar' ? 'rtl' : 'ltr')
      await context.close()
    },
    60_000,
  )

  it('sees in the log that the office issued the code', async () => {
    const page = await enterAs('resident-en', { url: app.url, context: await browser.context() })
    await page.goto(`${app.url}/de/me/accesses`)
    const text = await page.locator('main').textContent()
    expect(text).toContain('Anmeldecode für dieses Portal')
    expect(text).toContain('Anmeldung in diesem Portal')
    expect(text).not.toContain('passt nicht zu den Regeln')
    await page.context().close()
  })

  it('is asked again before what cannot be undone, and goes on where they were', async () => {
    const { context, page } = await phone('de')
    await enterCode(page, await issueCode({ language: 'de' }), { tag: 'de' })
    await makeKey(page)
    const before = await keys(page)
    later(6)
    await page.goto(`${app.url}/de/me/devices/new`)
    expect(page.url()).toContain('/de/step-up?next=')
    const cookies = async () =>
      (await context.cookies()).find(({ name }) => name === 'mirat')?.value
    const old = await cookies()
    await page.locator('form[data-passkey] button').click()
    await page.waitForURL('**/de/me/devices/new')
    expect(await cookies()).not.toBe(old)
    await page.goto(`${app.url}/de/me/devices`)
    await page.locator('form[action$="/remove"] button').last().click()
    await page.waitForLoadState()
    // The session that the code began stays: only what the key opened ends with it.
    expect(page.url()).toBe(`${app.url}/de/me/devices`)
    expect(await keys(page)).toBe(before - 1)
    await context.close()
  }, 60_000)

  it('is offered no passkey on a device that others use, with JavaScript or without', async () => {
    const context = await browser.context()
    const page = await context.newPage()
    await enterCode(page, await issueCode(), { shared: true })
    expect(page.url()).toBe(`${app.url}/ar/me`)
    await page.goto(`${app.url}/ar/me/devices/new`)
    expect(page.url()).toBe(`${app.url}/ar/me/devices`)
    expect(await page.locator('a[href="/ar/me/devices/new"]').count()).toBe(0)
    await context.close()
  })
})

describe('a resident who lost the phone', () => {
  it('ends with a code from the counter what the old phone could open, at once', async () => {
    const old = await phone('de')
    await enterCode(old.page, await issueCode({ language: 'de' }), { tag: 'de' })
    await makeKey(old.page)
    const fresh = await phone('de')
    await enterCode(fresh.page, await issueCode({ recovery: true, language: 'de' }), { tag: 'de' })
    await makeKey(fresh.page)
    expect(await keys(fresh.page)).toBe(1)
    await old.page.goto(`${app.url}/de/me`)
    expect(old.page.url()).toBe(`${app.url}/de/sign-in`)
    await old.page.locator('form[data-passkey] button').click()
    await old.page.locator('[role="status"].kern-alert').waitFor()
    expect(old.page.url()).toBe(`${app.url}/de/sign-in`)
    await Promise.all([old.context.close(), fresh.context.close()])
  }, 60_000)

  it('waits three days for a code by post, and whoever has the phone can stop it', async () => {
    const { context, page } = await phone('de')
    await enterCode(page, await issueCode({ language: 'de' }), { tag: 'de' })
    const posted = { way: 'posted', year: '1990', recovery: true, language: 'de' } as const
    const code = await issueCode(posted)
    const thief = await browser.context()
    const other = await thief.newPage()
    await enterCode(other, code, { tag: 'de', year: '1990' })
    expect(await other.locator('[role="alert"]').count()).toBe(1)
    await page.goto(`${app.url}/de/me`)
    await page.getByText('1 offener Code für Ihr Konto').click()
    await page.waitForURL('**/de/me/devices')
    expect(await page.locator('main').textContent()).toContain('Code mit der Post')
    await page.locator('form[action$="/stop-codes"] button').click()
    await page.waitForLoadState()
    expect(await page.locator('form[action$="/stop-codes"]').count()).toBe(0)
    later(73 * 60)
    await enterCode(other, code, { tag: 'de', year: '1990' })
    expect(await other.locator('[role="alert"]').count()).toBe(1)
    const second = await issueCode(posted)
    later(73 * 60)
    await enterCode(other, second, { tag: 'de', year: '1990' })
    expect(other.url()).toBe(`${app.url}/de/me/devices/new`)
    await Promise.all([context.close(), thief.close()])
  }, 60_000)
})
