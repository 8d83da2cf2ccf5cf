import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright-core'
import type { StaffActor } from '../../server/identity/index.js'
import { roomOf, type Person, type Room } from '../consent/room.js'
import { startTestApp } from '../support/app.js'
import { startBrowser, type TestBrowser } from '../support/browser.js'
import { enterAs } from './people.js'

let room: Room
let browser: TestBrowser
let person: Person
let clerk: StaffActor
let contacts: string
let unreviewed: string

const ARABIC = {
  title: 'بيانات الاتصال للدورة',
  text: 'يحصل مقدّم الدورة على رقم هاتفك وبريدك الإلكتروني.',
  refusal: 'يكتب إليك مقدّم الدورة بالبريد.',
  withdrawal: 'بعد سحب الموافقة لا تُنقل أي بيانات.',
  parts: { phone: 'الهاتف', mail: 'البريد الإلكتروني' },
  reviewed: true,
}

beforeAll(async () => {
  room = await roomOf(await startTestApp({ env: { DEMO: 'true' } }))
  browser = await startBrowser()
  person = await room.resident('resident-ar')
  clerk = await room.staff('clerk')
  const colleague = await room.staff('colleague')
  const first = room.content('c.mentoring')
  const { de, en } = first.wordings
  if (de === undefined || en === undefined) throw new Error('the catalogue lacks a wording')
  contacts = await room.published([clerk, colleague], {
    ...first,
    parts: ['phone', 'mail'],
    minAge: 16,
    decidesOnBenefit: true,
    wordings: {
      de: { ...de, parts: { phone: 'Telefon', mail: 'E-Mail' } },
      en: { ...en, parts: { phone: 'Phone', mail: 'E-mail' } },
      ar: ARABIC,
    },
  })
  unreviewed = await room.published([clerk, colleague], room.content('c.newsletter'))
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await room?.close()
})

const pathOf = (page: Page) => new URL(page.url()).pathname

/** Opens a browser without scripts in a language and signs in as the person. */
async function enter(tag: 'ar' | 'de'): Promise<[BrowserContext, Page]> {
  const context = await browser.context({ locale: tag })
  return [context, await enterAs('resident-ar', { url: room.app.url, context })]
}

async function expectFits(page: Page): Promise<void> {
  const { width = 0 } = page.viewportSize() ?? {}
  const boxes = await page.locator('main, h1, form, dl, button').all()
  for (const box of await Promise.all(boxes.map((one) => one.boundingBox()))) {
    if (box !== null) expect(box.x + box.width).toBeLessThanOrEqual(width + 1)
  }
}

test('a resident allows one of two parts in Arabic, reads what they saw, and stops it from the list', async () => {
  const asked = await room.asked(clerk, person, contacts)
  const [context, page] = await enter('ar')
  const { url } = room.app
  await page.goto(`${url}/ar/me/permissions`)
  await page.getByRole('link', { name: ARABIC.title }).click()
  expect(pathOf(page)).toBe(`/ar/me/permissions/asked/${asked}`)
  const text = await page.locator('main').innerText()
  for (const told of [ARABIC.text, ARABIC.refusal, ARABIC.withdrawal]) expect(text).toContain(told)
  expect(await page.locator('input:checked').count()).toBe(0)
  const buttons = await page.locator('button[name="answer"]').all()
  const [yes, no] = await Promise.all(buttons.map((one) => one.boundingBox()))
  expect([yes?.width, yes?.height]).toEqual([no?.width, no?.height])
  await expectFits(page)

  await page.locator('button[value="yes"]').click()
  expect(await page.locator('.kern-alert, [role="alert"]').first().innerText()).not.toBe('')
  await page.getByRole('checkbox', { name: 'الهاتف' }).check()
  await page.getByRole('checkbox', { name: '16' }).check()
  await page.locator('button[value="yes"]').click()
  expect(pathOf(page)).toBe(`/ar/me/permissions/asked/${asked}`)
  await page.getByRole('link', { name: 'قلت نعم' }).click()
  expect(await page.locator('main').innerText()).toContain(ARABIC.text)
  await expectFits(page)
  const reference = pathOf(page).split('/').at(-1) ?? ''
  expect(await room.entries(reference)).toEqual(['given by resident'])

  await page.goto(`${url}/ar/me/permissions`)
  await expectFits(page)
  const stops = page.getByRole('button', { name: 'إنهاء' })
  expect(await stops.count()).toBe(1)
  await stops.click()
  expect(await room.entries(reference)).toEqual(['given by resident', 'withdrawn by resident'])
  expect(await page.locator('main').innerText()).toContain('سُحبت الموافقة')
  await context.close()
}, 120_000)

test('a text that nobody reviewed has no yes in Arabic, but a no and a wish; in German it has both', async () => {
  const asked = await room.asked(clerk, person, unreviewed)
  const [context, page] = await enter('ar')
  const { url } = room.app
  await page.goto(`${url}/ar/me/permissions/asked/${asked}`)
  expect(await page.locator('button[value="yes"]').count()).toBe(0)
  expect(await page.locator('button[value="no"]').count()).toBe(1)
  await expectFits(page)
  await page.getByRole('button', { name: 'أحتاج إلى ترجمة' }).click()
  expect(await page.locator('main').innerText()).toContain('طلبت ترجمة.')
  await page.goto(`${url}/de/me/permissions/asked/${asked}`)
  await page.locator('button[value="yes"]').click()
  expect(await page.locator('main').innerText()).toContain('Sie haben Ja gesagt')
  await context.close()
}, 120_000)

test('stopping takes no more steps than giving', async () => {
  const asked = await room.asked(clerk, person, unreviewed)
  const [context, page] = await enter('de')
  const { url } = room.app
  const acts: string[] = []
  const act = async (what: string, done: () => Promise<unknown>) => {
    acts.push(what)
    await done()
  }
  await page.goto(`${url}/de/me/permissions`)
  await act('give', () => page.locator(`a[href$="/asked/${asked}"]`).click())
  await act('give', () => page.locator('button[value="yes"]').click())
  await page.goto(`${url}/de/me/permissions`)
  const before = await page.getByRole('button', { name: 'Beenden' }).count()
  await act('stop', () => page.getByRole('button', { name: 'Beenden' }).first().click())
  await page.goto(`${url}/de/me/permissions`)
  expect(await page.getByRole('button', { name: 'Beenden' }).count()).toBe(before - 1)
  const count = (word: string) => acts.filter((one) => one === word).length
  expect(count('stop')).toBeLessThanOrEqual(count('give'))
  await context.close()
}, 120_000)

test.each(['ar', 'de'] as const)(
  'every state is accessible in %s',
  async (tag) => {
    const given = await room.asked(clerk, person, contacts)
    const [reference = ''] = await room.answered(person, given, ['phone'])
    const open = await room.asked(clerk, person, unreviewed)
    const choice = await room.asked(clerk, person, contacts)
    const context = await browser.context({ locale: tag, javaScriptEnabled: true })
    const page = await enterAs('resident-ar', { url: room.app.url, context })
    for (const path of [
      '',
      `/asked/${open}`,
      `/asked/${choice}`,
      `/asked/${given}`,
      `/${reference}`,
    ]) {
      await page.goto(`${room.app.url}/${tag}/me/permissions${path}`)
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
      expect(violations.map(({ id, nodes }) => [path, id, nodes[0]?.html])).toEqual([])
      await expectFits(page)
    }
    await room.answered(person, open, [])
    await room.answered(person, choice, [])
    await context.close()
  },
  120_000,
)
