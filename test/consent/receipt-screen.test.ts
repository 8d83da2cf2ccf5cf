import { brotliCompressSync } from 'node:zlib'
import { eyesOf } from '../journeys/eyes.js'
import { startTestApp } from '../support/app.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import { livesOf, type Lives } from './receipt-holder.js'
import { roomOf, type Room } from './room.js'

let room: Room
let browser: TestBrowser
let lives: Lives

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  const person = await room.resident('amina')
  const staff = { clerk: await room.staff('clerk'), colleague: await room.staff('colleague') }
  lives = await livesOf(room, { person, ...staff })
  browser = await startBrowser()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await room?.close()
})

const SCREENS = [
  ['ar', 360, 'given'],
  ['ar', 360, 'withdrawn'],
  ['de', 1280, 'refused'],
  ['en', 360, 'superseded'],
  ['de', 360, 'expired'],
] as const

test.each(SCREENS)('a receipt in %s at %i px, %s, is for everybody', async (lang, width, event) => {
  const { url, portal } = room.app
  const session = await portal.identity.signInDemo('amina')
  const cookies = [{ name: 'mirat', value: session?.token ?? '', url }]
  const context = await browser.context({ viewport: { width, height: 740 } })
  await context.addCookies(cookies)
  const reader = await browser.context({ javaScriptEnabled: true })
  await reader.addCookies(cookies)
  const page = await context.newPage()
  await page.goto(`${url}/${lang}/me/permissions/${lives[event]}/receipt`)
  expect(await page.locator('h1').count()).toBe(1)
  expect(await eyesOf(reader)(page)).toEqual([])
  const html = await (await page.request.get(page.url())).body()
  expect(brotliCompressSync(html).length).toBeLessThanOrEqual(14 * 1024)
  await context.close()
  await reader.close()
})
