import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import type { StaffStep } from '../../server/rectification/steps.js'
import { roomOf, type Room } from '../rectification/room.js'
import { startTestApp } from '../support/app.js'
import { visitor, type Visitor } from '../support/visitor.js'

let room: Room
let amina: ResidentActor
let bilal: ResidentActor
let clerk: StaffActor
let second: StaffActor
let browser: Visitor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('resident-ar')
  bilal = await room.resident('resident-en')
  clerk = await room.clerk('clerk')
  second = await room.clerk('second')
  browser = visitor(room.app)
  await browser.signIn('resident-ar')
})

afterAll(() => room?.close())

beforeEach(() => room.superuser.query('delete from notices.message'))

const INBOX = '/de/me/messages'

async function take(reference: string, step: StaffStep, actor = clerk): Promise<void> {
  const version = await room.version(reference)
  await room.app.portal.casework.step(actor, { reference, version }, step)
}

/** A request of Amina that the clerk works on. */
async function claimed(field?: string): Promise<string> {
  const reference = await room.filed(amina, field === undefined ? {} : { field })
  await take(reference, { event: 'claimed' })
  return reference
}

async function codes(actor = amina): Promise<string[]> {
  const { items } = await room.app.portal.inbox.list(actor, undefined)
  return items.map(({ code }) => code)
}

const linksIn = (body: string) =>
  [...body.matchAll(/href="(\/\w+\/me\/messages\/[0-9a-f-]{36})"/g)].map(([, href]) => href ?? '')

describe('a resident whose request moves', () => {
  it('finds a message for each answer of the office, in words of the language that is read', async () => {
    const reference = await claimed()
    await take(reference, { event: 'asked', questions: ['passport_copy'] })
    const home = await browser.get('/de/me')
    expect(home.body).toContain('Sie haben eine neue Nachricht')
    const inbox = await browser.get(INBOX)
    expect(inbox.body).toContain('Eine Behörde hat eine Frage an Sie')
    expect(inbox.body).toContain('pill-new')
    expect(inbox.body).toContain(reference)
    const [href = ''] = linksIn(inbox.body)
    const german = await browser.get(href)
    expect(german.body).toContain(reference)
    expect(german.body).toContain('Bundesamt für Migration und Flüchtlinge')
    const arabic = await browser.get(href.replace('/de/', '/ar/'))
    expect(arabic.body).toContain('لدى دائرة سؤال لك')
    expect(arabic.body).toContain('dir="rtl"')
    expect((await browser.get('/de/me')).body).not.toContain('neue Nachricht')
    expect((await browser.get(INBOX)).body).not.toContain('pill-new')
  })

  it('is told what an office does, and nothing of what moves inside it or what they did', async () => {
    const reference = await claimed()
    expect(await codes()).toEqual([])
    await take(reference, { event: 'released' })
    await take(reference, { event: 'passed_on', to: room.other })
    expect(await codes()).toEqual(['request_passed_on'])
    await room.app.portal.rectification.withdraw(amina, reference)
    expect(await codes()).toEqual(['request_passed_on'])
  })

  it('hears of a decision once it counts, with the day until which a court can be asked', async () => {
    const reference = await claimed()
    await take(reference, {
      event: 'decided',
      outcome: 'corrected',
      text: { reasons: ['evidence_shows'] },
    })
    expect(await codes()).toEqual([])
    await take(reference, { event: 'confirmed' }, second)
    const { items } = await room.app.portal.inbox.list(amina, undefined)
    expect(items).toEqual([
      expect.objectContaining({
        code: 'request_decided',
        params: {
          reference,
          office: room.office.code,
          day: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string,
        },
      }),
    ])
  })

  it('is told nothing where the step fails: message and event are one transaction', async () => {
    const reference = await claimed()
    const version = await room.version(reference)
    const step = { event: 'asked', questions: ['passport_copy'] } as const
    const both = await Promise.allSettled(
      [1, 2].map(() => room.app.portal.casework.step(clerk, { reference, version }, step)),
    )
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await codes()).toEqual(['request_asked'])
  })
})

describe('a message', () => {
  it('is nobody else’s: not in the list, not by its address, not marked as read', async () => {
    await take(await claimed(), { event: 'asked', questions: ['passport_copy'] })
    const [href = ''] = linksIn((await browser.get(INBOX)).body)
    const stranger = visitor(room.app)
    await stranger.signIn('resident-en')
    expect((await stranger.get(href)).status).toBe(404)
    expect(linksIn((await stranger.get(INBOX)).body)).toEqual([])
    expect(await codes(bilal)).toEqual([])
    expect(await room.app.portal.inbox.unread(amina)).toBe(1)
  })

  it('about a request does not exist for whoever opened a letter', async () => {
    await take(await claimed(), { event: 'asked', questions: ['passport_copy'] })
    const letter: ResidentActor = { ...amina, assurance: 'letter' }
    expect(await codes(letter)).toEqual([])
    expect(await room.app.portal.inbox.unread(letter)).toBe(0)
    const { items } = await room.app.portal.inbox.list(amina, undefined)
    const open = room.app.portal.inbox.open(letter, items[0]?.message ?? '')
    await expect(open).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it.each(['no-id', '00000000-0000-4000-8000-000000000000', 'settings%00'])(
    'of the address %s does not exist',
    async (id) => expect((await browser.get(`${INBOX}/${id}`)).status).toBe(404),
  )

  it('holds codes alone: a name, a sentence or an unknown parameter is refused', async () => {
    const { tell, inTransaction } = room.app.portal
    const [subject = ''] = amina.subjects
    const told = (params: object) =>
      inTransaction({ login: 'worker', role: 'worker' }, (trx) =>
        tell(trx, { subject, code: 'request_asked', params } as never),
      )
    const whole = { reference: '23456789', office: room.office.code }
    await told(whole)
    await expect(told({ reference: '23456789' })).rejects.toThrow(/office/)
    await expect(told({ ...whole, office: 'Amt für Ausländer' })).rejects.toThrow(/office/)
    await expect(told({ ...whole, name: 'Amina' })).rejects.toThrow(/name/)
    const past = (params: string) =>
      room.superuser.query(
        `select notices.tell(gen_random_uuid(), $1, 'request_asked', $2, now(), current_date + 9, null)`,
        [subject, params],
      )
    await past('{"reference": "23456789"}')
    await expect(past('{"reference": "Amina Yagmur"}')).rejects.toThrow(/holds_codes_alone/)
    await expect(past('{"reference": ["23456789"]}')).rejects.toThrow(/holds_codes_alone/)
    expect(await codes()).toHaveLength(2)
  })

  it('to somebody without an account reaches nobody and says so to nobody', async () => {
    const { tell, inTransaction } = room.app.portal
    const params = { office: room.office.code }
    const nobody = { subject: '00000000-0000-4000-8000-000000000000', code: 'code_handed' } as const
    await inTransaction({ login: 'worker', role: 'worker' }, (trx) =>
      tell(trx, { ...nobody, params }),
    )
    const { rows } = await room.superuser.query('select from notices.message')
    expect(rows).toEqual([])
  })

  it('is deleted after a year', async () => {
    await take(await claimed(), { event: 'asked', questions: ['passport_copy'] })
    const start = room.app.clock.now()
    const days = (count: number) =>
      room.app.clock.moveTo(new Date(start.getTime() + count * 86_400_000))
    days(364)
    await room.app.portal.inbox.forget()
    expect(await codes()).toHaveLength(1)
    days(366)
    await room.app.portal.inbox.forget()
    room.app.clock.moveTo(start)
    expect(await codes()).toEqual([])
  })
})

describe('a long list', () => {
  it('is read page by page, each message once', async () => {
    const [subject] = amina.subjects
    await room.superuser.query(
      `select notices.tell(gen_random_uuid(), $1, 'request_asked',
          jsonb_build_object('reference', '2345' || (1000 + n)), $2, current_date + 9, null)
        from generate_series(1, 45) n`,
      [subject, room.app.clock.now()],
    )
    const seen: string[] = []
    let path: string | undefined = INBOX
    for (let pages = 0; path !== undefined && pages < 9; pages++) {
      const { body } = await browser.get(path)
      seen.push(...linksIn(body))
      path = /rel="next" href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&#x3D;', '=')
    }
    expect(seen).toHaveLength(45)
    expect(new Set(seen).size).toBe(45)
    expect((await browser.get(`${INBOX}?after=yesterday`)).status).toBe(404)
  })
})
