import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import { berlinDay } from '../../server/rectification/index.js'
import { mayState, MOST_STATED } from '../../server/rectification/rules.js'
import { startTestApp } from '../support/app.js'
import { walker, type Walker } from './journey.js'
import { roomOf, type Room } from './room.js'

const MOST = 3
/** More than may be open: who withdraws finds room again, until the day is full. */
const A_DAY = 5

let room: Room
let amina: ResidentActor
let clerk: StaffActor
let person: Walker

beforeAll(async () => {
  room = await roomOf(
    await startTestApp({ env: { OPEN_REQUESTS: String(MOST), FILINGS_A_DAY: String(A_DAY) } }),
  )
  amina = await room.resident('resident-ar')
  clerk = await room.clerk('clerk')
  person = await walker(room.app, 'resident-ar')
})

afterAll(() => room?.close())

const openOnes = async () => {
  const all = await room.app.portal.rectification.requests(amina)
  return all.filter(({ request }) => request.state === 'received')
}

describe('requests that one person may have open', () => {
  it('are no more than the bound, however many tabs send at once', async () => {
    const { rectification } = room.app.portal
    const drafts: string[] = []
    for (let at = 0; at < MOST + 3; at++) drafts.push(await room.draft(amina))
    const sent = await Promise.allSettled(drafts.map((draft) => rectification.file(amina, draft)))
    const lost = sent.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as { problem?: string }).problem] : [],
    )
    expect(lost).toEqual(['TOO_MANY_OPEN', 'TOO_MANY_OPEN', 'TOO_MANY_OPEN'])
    expect(await openOnes()).toHaveLength(MOST)
    // Nothing is lost: what was not filed is there as a draft.
    expect(await rectification.drafts(amina)).toHaveLength(3)
  })

  it.each([
    ['de', 'Sie haben schon 3 offene Anträge', 'Ihr Entwurf bleibt hier'],
    ['en', 'You already have 3 open requests', 'Your draft stays here'],
    ['ar', 'مفتوحة عددها', 'تبقى مسودتك هنا'],
  ])('say so on the page of the draft, which stays (%s)', async (lang, words, stays) => {
    const [draft] = await room.app.portal.rectification.drafts(amina)
    const at = `/${lang}/me/requests/drafts/${draft?.id}/check`
    await person.open(at)
    const page = await person.send(`${at}/file`)
    expect(page.status).toBe(409)
    expect(page.body).toContain(words)
    expect(page.body).toContain(stays)
    expect((await person.open(at)).status).toBe(200)
    expect(await openOnes()).toHaveLength(MOST)
  })

  it('make room as soon as one is no longer open', async () => {
    const { rectification } = room.app.portal
    const [first] = await openOnes()
    await rectification.withdraw(amina, first?.request.reference ?? '')
    const [draft] = await rectification.drafts(amina)
    const reference = await rectification.file(amina, draft?.id ?? '')
    // Sent once more, it is the same request and no further one.
    expect(await rectification.file(amina, draft?.id ?? '')).toBe(reference)
    const other = await room.resident('bilal')
    expect(await room.filed(other)).toMatch(/^[0-9A-Z]{8}$/)
  })
})

describe('requests that one person files', () => {
  let busy: ResidentActor
  let tab: Walker
  const rectification = () => room.app.portal.rectification

  it('are no more than so many on one day, however often they are withdrawn and sent at once', async () => {
    busy = await room.resident('resident-tr')
    tab = await walker(room.app, 'resident-tr')
    for (let at = 0; at < A_DAY - 2; at++) {
      await rectification().withdraw(busy, await room.filed(busy))
    }
    const drafts: string[] = []
    for (let at = 0; at < 3; at++) drafts.push(await room.draft(busy))
    const sent = await Promise.allSettled(drafts.map((draft) => rectification().file(busy, draft)))
    const lost = sent.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as { problem?: string }).problem] : [],
    )
    expect(lost).toEqual(['TOO_MANY_TODAY'])
    expect(await rectification().drafts(busy)).toHaveLength(1)
    const all = await rectification().requests(busy)
    expect(all).toHaveLength(A_DAY)
  })

  it.each([
    ['de', 'Sie haben heute schon 5 Anträge gesendet', 'Morgen ab 0 Uhr'],
    ['en', 'You have already sent 5 requests today', 'tomorrow, from 0:00'],
    ['ar', 'أرسلت اليوم طلبات عددها', 'تبقى مسودتك هنا'],
  ])('say on the page of the draft when it goes on (%s)', async (lang, words, when) => {
    const [draft] = await rectification().drafts(busy)
    const at = `/${lang}/me/requests/drafts/${draft?.id}/check`
    await tab.open(at)
    const page = await tab.send(`${at}/file`)
    expect(page.status).toBe(409)
    expect(page.body).toContain(words)
    expect(page.body).toContain(when)
  })

  it('go on with the next day of German time, and not before', async () => {
    const [draft] = await rectification().drafts(busy)
    const now = room.app.clock.now()
    const midnight = beginOfTomorrow(now)
    room.app.clock.moveTo(new Date(midnight.getTime() - 1_000))
    await expect(rectification().file(busy, draft?.id ?? '')).rejects.toMatchObject({
      problem: 'TOO_MANY_TODAY',
    })
    room.app.clock.moveTo(midnight)
    expect(await rectification().file(busy, draft?.id ?? '')).toMatch(/^[0-9A-Z]{8}$/)
    room.app.clock.moveTo(now)
  })
})

/** The first instant of the next day in Germany: of the hours of a day, the one at which the day changes. */
function beginOfTomorrow(now: Date): Date {
  const hour = 60 * 60_000
  let at = Math.ceil(now.getTime() / hour) * hour
  while (berlinDay(new Date(at)) === berlinDay(now)) at += hour
  return new Date(at)
}

describe('own statements on a decision', () => {
  it('have room for so many, and so many characters', () => {
    const { statements, characters } = MOST_STATED
    expect(mayState([], 'x'.repeat(characters))).toBe(true)
    expect(mayState([], 'x'.repeat(characters + 1))).toBe(false)
    expect(mayState(['x'.repeat(characters - 1)], '😀')).toBe(true)
    expect(
      mayState(
        Array.from({ length: statements - 1 }, () => 'x'),
        'x',
      ),
    ).toBe(true)
    expect(
      mayState(
        Array.from({ length: statements }, () => 'x'),
        'x',
      ),
    ).toBe(false)
  })

  it('beyond it are refused at their input, and what was typed stays', async () => {
    const { casework, rectification } = room.app.portal
    const [listed] = await openOnes()
    const reference = listed?.request.reference ?? ''
    const version = () => room.version(reference)
    await casework.step(clerk, { reference, version: await version() }, { event: 'claimed' })
    const text = { reasons: ['entry_is_right'] } as const
    await casework.step(
      clerk,
      { reference, version: await version() },
      { event: 'decided', outcome: 'not_proven', text },
    )
    const page = `/de/me/requests/${reference}`
    const words = 'Ich heiße anders. '.repeat(100).trim()
    for (let at = 0; at < 3; at++) {
      await person.open(page)
      expect((await person.send(`${page}/statement`, { state: words })).status).toBe(200)
    }
    await person.open(page)
    const refused = await person.send(`${page}/statement`, { state: `${words} Noch einmal.` })
    expect(refused.status).toBe(400)
    expect(refused.body).toMatch(/10 Erklärungen mit zusammen 6\.?000 Zeichen/)
    expect(refused.body).toContain('Noch einmal.')
    expect(refused.body).toMatch(/aria-invalid="true"/)
    const { events } = await rectification.request(amina, reference)
    expect(events.filter(({ event }) => event === 'stated')).toHaveLength(3)
  })
})
