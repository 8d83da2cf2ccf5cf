import { germanDay } from '../../server/platform/kernel/days.js'
import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import { daysAfter } from '../../server/rectification/days.js'
import type { StaffStep } from '../../server/rectification/steps.js'
import { authenticator, type Options } from '../identity/authenticator.js'
import { csrfIn, visitor } from '../support/visitor.js'
import { ADDRESS, MINUTE, openMailRoom, type MailRoom } from './mail-room.js'

let mail: MailRoom
let amina: ResidentActor
let clerk: StaffActor

beforeAll(async () => {
  mail = await openMailRoom()
  clerk = await mail.room.clerk('clerk')
  amina = mail.amina
})

afterAll(() => mail?.close())

beforeEach(() => mail.reset())

/** The first number that the room gives. */
const NUMBER = '111111111112'
const job = (name: string) =>
  mail.room.app.portal.jobs.find((one) => one.name === name)?.work() ?? Promise.resolve(-1)

/** Messages of Amina, the oldest first. */
async function told() {
  const { items } = await mail.room.app.portal.inbox.list(amina, undefined)
  return [...items].reverse().map(({ code, params }) => ({ code, params }))
}

describe('a code that lets somebody in', () => {
  const issue = (way: 'handed' | 'posted', recovery: boolean) =>
    mail.room.app.portal.issuing.issue(
      { office: mail.room.office.id, staff: clerk.staff },
      {
        number: { scheme: 'azr', value: NUMBER },
        way: way === 'handed' ? { kind: way } : { kind: way, birthYear: 1990 },
        ...{ recovery, language: 'ar' },
      },
    )

  beforeEach(() => mail.room.superuser.query('delete from identity.activation_code'))

  it.each([
    ['handed', false, 'code_handed'],
    ['posted', false, 'code_posted'],
    ['handed', true, 'loss_handed'],
  ] as const)('%s (after a loss: %s) is told as %s', async (way, recovery, code) => {
    expect(await issue(way, recovery)).toMatchObject({ kind: 'issued' })
    expect(await told()).toEqual([{ code, params: { office: mail.room.office.code } }])
  })

  it('by post after a loss is told and mailed at once, 72 hours before it counts', async () => {
    await mail.confirmed('each')
    await mail.room.superuser.query('delete from notices.message')
    const issued = await issue('posted', true)
    if (issued.kind !== 'issued') throw new Error(issued.kind)
    expect(await mail.send()).toBe(1)
    expect(mail.post.mails.map(({ to }) => to)).toEqual([[ADDRESS]])
    const printer = { office: mail.room.office.id, staff: clerk.staff }
    const sheet = await mail.room.app.portal.issuing.sheet(printer, issued.sheet)
    expect(await told()).toEqual([
      {
        code: 'loss_posted',
        params: { office: mail.room.office.code, time: sheet?.validFrom.toISOString() },
      },
    ])
    const browser = visitor(mail.room.app)
    await browser.signIn('resident-ar')
    const inbox = await browser.get('/de/me/messages')
    const [, href = ''] = /href="(\/de\/me\/messages\/[0-9a-f-]{36})"/.exec(inbox.body) ?? []
    const page = await browser.get(href)
    expect(page.body).toContain('Er gilt erst ab')
    expect(page.body).toContain('href="/de/me/devices"')
  })

  it('that is not issued is not told', async () => {
    await issue('posted', false)
    await mail.room.superuser.query('delete from notices.message')
    expect(await issue('posted', false)).toEqual({ kind: 'letter' })
    expect(await told()).toEqual([])
  })
})

describe('a new passkey', () => {
  it('is told in the transaction that binds it, and one that is not bound is not', async () => {
    const browser = visitor(mail.room.app)
    await browser.signIn('resident-ar')
    const page = '/de/me/devices/new'
    const key = authenticator(mail.room.app.url)
    const bind = async () => {
      const { body } = await browser.get(page)
      const raw = /data-options="([^"]+)"/.exec(body)?.[1] ?? ''
      const json = raw.replaceAll('&quot;', '"').replaceAll('&#x3D;', '=').replaceAll('&amp;', '&')
      const answer = key.create(JSON.parse(json) as Options)
      return (await browser.post(page, { csrf: csrfIn(body), answer })).status
    }
    expect(await bind()).toBe(303)
    expect(await bind()).toBe(400)
    expect(await told()).toEqual([{ code: 'passkey_added', params: {} }])
  })
})

describe('an account that nobody uses', () => {
  const lastUsed = (daysAgo: number) =>
    mail.room.superuser.query(
      'update identity.account set last_used_at = $2::timestamptz - $3 * interval $$1 day$$ where account = $1',
      [amina.account, mail.room.app.clock.now(), daysAgo],
    )

  it('is told of its end within six weeks before it, once, and by mail', async () => {
    await mail.confirmed('each')
    await mail.room.superuser.query('delete from notices.message')
    await lastUsed(3 * 365 - 60)
    expect(await job('notices.warn-unused')).toBe(0)
    await lastUsed(3 * 365 - 30)
    expect(await job('notices.warn-unused')).toBe(1)
    expect(await job('notices.warn-unused')).toBe(1)
    const [message, ...more] = await told()
    expect(more).toEqual([])
    expect(message?.code).toBe('account_ends')
    expect(await mail.send()).toBe(1)
    const { rows } = await mail.room.superuser.query<{ gone: string }>(
      'select identity.delete_unused_accounts($1) as gone',
      [new Date(`${message?.params['day'] ?? ''}T00:00:00+01:00`)],
    )
    expect(Number(rows[0]?.gone)).toBe(0)
    await lastUsed(0)
    await mail.room.superuser.query('delete from notices.message')
    expect(await job('notices.warn-unused')).toBe(0)
  })
})

describe('an answer', () => {
  async function take(reference: string, step: StaffStep) {
    const version = await mail.room.version(reference)
    await mail.room.app.portal.casework.step(clerk, { reference, version }, step)
  }

  /** A request whose clock runs; the day on which its answer is due. */
  async function running() {
    const reference = await mail.room.filed(amina)
    const on = germanDay(mail.room.app.clock.now())
    await take(reference, { event: 'form_met', on })
    const { rows } = await mail.room.superuser.query<{ due: string }>(
      'select due_on::text as due from rectification.request where reference = $1',
      [reference],
    )
    return { reference, due: rows[0]?.due ?? '' }
  }

  const noon = (day: string) => mail.room.app.clock.moveTo(new Date(`${day}T12:00:00Z`))
  const remind = () => job('rectification.remind')

  beforeEach(() => mail.room.superuser.query('delete from rectification.request'))

  it('that is due is told a week before and once it is late, each once', async () => {
    const { reference, due } = await running()
    const params = { reference, office: mail.room.office.code, day: due }
    expect(await told()).toEqual([{ code: 'request_form_met', params }])
    await mail.room.superuser.query('delete from notices.message')
    noon(daysAfter(due, -8))
    expect(await remind()).toBe(0)
    noon(daysAfter(due, -7))
    await remind()
    noon(due)
    await remind()
    expect(await told()).toEqual([{ code: 'request_due_soon', params }])
    noon(daysAfter(due, 1))
    await Promise.all([remind(), remind()])
    noon(daysAfter(due, 9))
    await remind()
    expect((await told()).map(({ code }) => code)).toEqual(['request_due_soon', 'request_overdue'])
  })

  it('that takes longer is told of with its new day, and counts anew from there', async () => {
    const { reference, due } = await running()
    await take(reference, { event: 'claimed' })
    noon(daysAfter(due, -3))
    await remind()
    mail.later(MINUTE)
    await take(reference, { event: 'extended', months: 1, reason: 'complex' })
    const last = (await told()).at(-1)
    expect(last).toMatchObject({ code: 'request_extended' })
    const longer = last?.params['day'] ?? ''
    expect(longer > due).toBe(true)
    noon(daysAfter(due, 1))
    expect(await remind()).toBe(0)
    noon(daysAfter(longer, 1))
    await remind()
    expect((await told()).at(-1)).toEqual({
      code: 'request_overdue',
      params: { reference, office: mail.room.office.code, day: longer },
    })
  })

  it('that has come, or that the person no longer wants, is late no more', async () => {
    const { reference, due } = await running()
    await mail.room.app.portal.rectification.withdraw(amina, reference)
    noon(daysAfter(due, 10))
    expect(await remind()).toBe(0)
  })

  it('tells what the person can do, on a page that leads to the request', async () => {
    const { due, reference } = await running()
    await mail.room.superuser.query('delete from notices.message')
    noon(daysAfter(due, 1))
    await remind()
    const browser = visitor(mail.room.app)
    await browser.signIn('resident-ar')
    const inbox = await browser.get('/en/me/messages')
    const [, href = ''] = /href="(\/en\/me\/messages\/[0-9a-f-]{36})"/.exec(inbox.body) ?? []
    const page = await browser.get(href)
    expect(page.body).toContain('complain to the data protection authority')
    expect(page.body).toContain(`href="/en/me/requests/${reference}"`)
  })
})
