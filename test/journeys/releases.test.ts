import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { officerOf, sha256, type Officer } from '../reports/officer.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import { follow, press, words } from './hands.js'
import { enterAs } from './people.js'

let officer: Officer
let browser: TestBrowser

beforeAll(async () => {
  officer = await officerOf()
  browser = await startBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await officer?.room.close()
})

async function pageOf(person: string, locale: string): Promise<Page> {
  const context = await browser.context({ locale, acceptDownloads: true })
  return enterAs(person, { url: officer.room.app.url, context })
}

test.each(['de', 'ar'])(
  'in %s an officer asks for a table, a supervisor releases it, and the officer takes it along',
  async (tag) => {
    const dpo = await pageOf('dpo', tag)
    await dpo.goto(`${officer.room.app.url}/${tag}/oversight/accesses?shown=yes`)
    await follow(dpo, 'format=csv')
    await dpo.locator('input[name="reason"][value="complaint"]').check()
    await press(dpo, '/oversight/reports')
    const report = dpo.url()
    const reference = new URL(report).pathname.split('/').at(-1) ?? ''
    expect(await words(dpo)).toContain(reference)
    expect(await officer.work()).toBe(0)

    const supervisor = await pageOf('supervisor', tag)
    await supervisor.goto(`${officer.room.app.url}/${tag}/oversight/releases`)
    expect(await words(supervisor)).toContain(reference)
    await press(supervisor, `/oversight/releases/${reference}`)
    expect(await words(supervisor)).not.toContain(reference)
    expect((await supervisor.goto(`${report}/files/1`))?.status()).toBe(404)

    expect(await officer.work()).toBe(1)
    await dpo.goto(report)
    const [download] = await Promise.all([
      dpo.waitForEvent('download'),
      dpo.locator('main a[href$="/files/1"]').click(),
    ])
    expect(download.suggestedFilename()).toBe(`mirat-${reference}-1.csv`)
    const file = readFileSync(await download.path())
    const { parts } = await officer.read(reference)
    expect(sha256(file)).toBe(parts[0]?.sha256)
    for (const page of [dpo, supervisor]) await page.context().close()
  },
  120_000,
)
