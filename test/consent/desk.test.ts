import { berlinDay } from '../../server/rectification/index.js'
import { walker, type Walker } from '../rectification/journey.js'
import { startTestApp } from '../support/app.js'
import type { StaffActor } from '../../server/identity/index.js'
import { roomOf, type Person, type Room } from './room.js'

const DESK = '/de/work/consents'

let room: Room
let person: Person
let staff: readonly [StaffActor, StaffActor]
let clerk: Walker
let newsletter: string
let contact: string

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('resident-ar')
  staff = [await room.staff('caseworker'), await room.staff('caseworker-2')]
  clerk = await walker(room.app, 'caseworker')
  newsletter = await room.published(staff, room.content('c.newsletter'))
  contact = await room.published(staff, room.content('c.mentoring', IN_PARTS))
})

afterEach(async () => {
  expect(await room.faults()).toEqual([])
})

afterAll(() => room?.close())

/** Two parts, each with a name in both languages. */
const IN_PARTS = {
  parts: ['phone', 'post'],
  wordings: {
    de: {
      ...{ title: 'Begleitung finden', text: 'Wir suchen jemanden für Sie.', reviewed: true },
      ...{ refusal: 'Es ändert sich nichts.', withdrawal: 'Danach endet die Suche.' },
      parts: { phone: 'Anruf', post: 'Brief' },
    },
    ar: {
      ...{ title: 'مرافقة', text: 'نبحث لك عن شخص.', reviewed: false },
      ...{ refusal: 'لا يتغير شيء.', withdrawal: 'ثم ينتهي البحث.' },
      parts: { phone: 'مكالمة', post: 'رسالة' },
    },
  },
}

/** Asks the person through the pages; the reference. */
async function ask(
  template: string,
  number = person.number,
  parts: readonly string[] = IN_PARTS.parts,
) {
  await clerk.open(`${DESK}/ask?template=${template}`)
  const sent = await clerk.send(`${DESK}/ask`, { template, scheme: 'azr', number, parts })
  return { ...sent, reference: sent.to.split('/').at(-1) ?? '' }
}

/** Records at the desk what somebody said, on the page of the asking or consent. */
async function send(reference: string, word: string, fields: Parameters<Walker['send']>[1]) {
  await clerk.open(`${DESK}/${reference}`)
  return clerk.send(`${DESK}/${reference}/${word}`, fields)
}

/** The consents that answer an asking. */
async function consentsOf(reference: string) {
  const { answers } = await room.app.portal.consentDesk.open(staff[0], reference)
  return answers.map(({ consent }) => consent)
}

const looks = async () => {
  const { rows } = await room.superuser.query<{ case_ref: string | null }>(
    'select case_ref from overview.access_event where stream is null and subject = $1',
    [person.subject],
  )
  return rows.length
}

/** Why the office says that it looked, and what it breaks. */
const reasons = async () => {
  const { rows } = await room.superuser.query<{ why: string }>(
    `select distinct purpose.code || ' ' || basis.code || coalesce(' ' || flag.rule, '') as why
      from overview.access_event event
      join catalogue.term purpose on purpose.kind = 'purpose' and purpose.id = event.purpose
      join catalogue.term basis on basis.kind = 'legal_basis' and basis.id = event.legal_basis
      left join overview.access_flag flag on flag.leaf_index = event.leaf_index
      where event.stream is null and event.subject = $1`,
    [person.subject],
  )
  return rows.map(({ why }) => why)
}

const SAID = { channel: 'counter', helper: 'none', language: 'de' }
const today = () => berlinDay(room.app.clock.now())

describe('asking at a counter', () => {
  it('stands in the log of the person, waits under their permissions, and is told them', async () => {
    const before = await looks()
    const asked = await ask(newsletter)
    expect([asked.status, asked.to]).toEqual([200, expect.stringMatching(/consents\/ask\/\w{8}$/)])
    expect(asked.body).toContain(asked.reference)
    expect(asked.body).toContain('„Meine Einwilligungen“')
    expect(await looks()).toBe(before + 1)
    const waiting = await room.app.portal.consents.asked(person.actor)
    expect(waiting.map((one) => one.ask.reference)).toContain(asked.reference)
    const inbox = await room.app.portal.inbox.list(person.actor, undefined)
    expect(JSON.stringify(inbox)).toContain('consent_asked')
    await send(asked.reference, 'call-off', {})
    expect(await room.app.portal.consents.asked(person.actor)).toEqual([])
  })

  it('answers a number that nobody has here as one that somebody has', async () => {
    const known = await ask(newsletter)
    const unknown = await ask(newsletter, '999999999999')
    const bare = (body: string, reference: string) =>
      body.replaceAll(reference, '').replaceAll(/name="csrf" value="[^"]+"/g, '')
    expect(unknown.status).toBe(known.status)
    expect(bare(unknown.body, unknown.reference)).toBe(bare(known.body, known.reference))
    for (const { body, to, reference } of [known, unknown]) {
      expect(body + to).not.toContain(person.number)
      await send(reference, 'call-off', {})
    }
  })

  it('keeps what was typed where the number cannot be one, and asks nobody', async () => {
    const before = await looks()
    const refused = await ask(newsletter, '12')
    expect(refused.status).toBe(400)
    expect(refused.body).toContain('Das kann keine solche Nummer sein.')
    expect(refused.body).toContain('value="12"')
    expect(await looks()).toBe(before)
  })

  it('asks for the parts that were chosen', async () => {
    const form = await clerk.open(`${DESK}/ask?template=${contact}`)
    expect(form.body).toMatch(/value="phone" checked/)
    const asked = await ask(contact, person.number, ['post'])
    const { ask: row } = await room.app.portal.consentDesk.open(staff[0], asked.reference)
    expect(row.parts).toEqual(['post'])
    await send(asked.reference, 'call-off', {})
  })
})

describe('the list of an office', () => {
  it('names nobody, and puts who waits for an interpreter first', async () => {
    const second = await room.resident('resident-fa')
    const first = await ask(newsletter, second.number)
    const later = await ask(newsletter)
    await room.app.portal.consents.wish(second.actor, first.reference)
    const { body } = await clerk.open(DESK)
    expect(body.indexOf(first.reference)).toBeLessThan(body.indexOf(later.reference))
    expect(body).toContain('Wünscht eine Dolmetscherin')
    for (const secret of [person.number, person.subject, second.subject]) {
      expect(body).not.toContain(secret)
    }
    for (const { reference } of [first, later]) await send(reference, 'call-off', {})
    expect((await clerk.open(DESK)).body).not.toContain(first.reference)
    expect((await clerk.open(`${DESK}?show=ended`)).body).toContain(first.reference)
    expect((await clerk.open(`${DESK}?after=w.x.y`)).status).toBe(200)
  })

  it('is read page by page, each asking once', async () => {
    const { consentDesk } = room.app.portal
    for (let one = 0; one < 30; one++) {
      const subject = `00000000-0000-4000-8000-0000000000${10 + one}`
      await consentDesk.ask(staff[0], { subject, template: newsletter })
    }
    const first = await clerk.open(DESK)
    const older = /href="([^"]*after[^"]*)"/.exec(first.body)?.[1]?.replaceAll('&#x3D;', '=') ?? ''
    const second = await clerk.open(older)
    const found = [first, second].flatMap(({ body }) => [
      ...new Set([...body.matchAll(/consents\/([2-9A-Z]{8})"/g)].map(([, name]) => name)),
    ])
    expect(new Set(found).size).toBe(30)
    expect(found.length).toBe(30)
  })
})

describe('an opened asking', () => {
  it('is a look that its person sees, and says neither name nor number', async () => {
    const { reference } = await ask(contact)
    const before = await looks()
    const { body } = await clerk.open(`${DESK}/${reference}`)
    expect(await looks()).toBe(before + 1)
    expect(await reasons()).toEqual(['portal_consent gdpr_7_1'])
    expect(body).toContain('Begleitung finden')
    expect(body).toContain('nicht geprüft: Englisch und Arabisch')
    for (const secret of [person.number, person.subject]) expect(body).not.toContain(secret)
    await send(reference, 'call-off', {})
  })

  it('takes no yes at the counter, neither from its form nor from its use case', async () => {
    const { reference } = await ask(contact)
    const yes = { 'answer-phone': 'yes', 'answer-post': 'no', ...SAID }
    const refused = await send(reference, 'record', yes)
    expect(refused.status).toBe(400)
    expect(refused.body).toContain('Ein Ja braucht Papier mit Unterschrift.')
    const manner = { ...SAID, effectiveAt: room.app.clock.now() } as const
    const said = { ...manner, channel: 'counter', helper: 'none' } as const
    await expect(
      room.app.portal.consentDesk.record(staff[0], reference, {
        ...{ allowed: ['phone'], manner: said, isOfAge: true },
      }),
    ).rejects.toMatchObject({ problem: 'NO_YES' })
    expect(await consentsOf(reference)).toEqual([])
    const refusal = { 'answer-phone': 'no', 'answer-post': 'no', ...SAID }
    expect((await send(reference, 'record', refusal)).status).toBe(200)
    expect((await consentsOf(reference)).map(({ state }) => state)).toEqual(['refused', 'refused'])
  })

  it('takes a yes on signed paper part by part, and a withdrawal by the code on the letter', async () => {
    const { reference } = await ask(contact)
    const paper = { channel: 'paper', on: today(), helper: 'helper', language: 'de' }
    const done = await send(reference, 'record', {
      ...{ 'answer-phone': 'yes', 'answer-post': 'no' },
      ...paper,
    })
    expect(done.status).toBe(200)
    const [phone, post] = await consentsOf(reference)
    expect([phone?.state, post?.state]).toEqual(['given', 'refused'])
    expect(await room.entries(phone?.reference ?? '')).toEqual(['given by office'])
    await clerk.open(`${DESK}/find`)
    const code = (phone?.reference ?? '').toLowerCase().replace(/^(.{4})/, '$1-')
    const found = await clerk.send(`${DESK}/find`, { code })
    expect(found.to).toBe(`${DESK}/${phone?.reference}`)
    expect(found.body).toContain('Jemand hat geholfen')
    const ended = await clerk.send(`${found.to}/withdraw`, { ...SAID, channel: 'counter' })
    expect(ended.body).toContain('Widerrufen')
    expect(await room.entries(phone?.reference ?? '')).toEqual([
      'given by office',
      'withdrawn by office',
    ])
  })

  it('takes a yes in a language that nobody checked only where somebody interpreted', async () => {
    const { reference } = await ask(contact)
    const paper = { 'answer-phone': 'yes', 'answer-post': 'yes', channel: 'paper', on: today() }
    const alone = await send(reference, 'record', { ...paper, language: 'ar', helper: 'helper' })
    expect(alone.status).toBe(409)
    expect(alone.body).toContain('Dann muss jemand dolmetschen.')
    const heard = await send(reference, 'record', {
      ...{ ...paper, language: 'ar', helper: 'interpreter' },
    })
    expect(heard.status).toBe(200)
  })

  it('wants an answer for each part, who was there, and a day that can be', async () => {
    const { reference } = await ask(contact)
    const refused = await send(reference, 'record', { channel: 'paper', on: '2999-01-01' })
    expect(refused.status).toBe(400)
    for (const field of ['answer-phone', 'answer-post', 'helper', 'language', 'on']) {
      expect(refused.body).toContain(`href="#${field}"`)
    }
    const before = await send(reference, 'record', {
      ...{ ...SAID, 'answer-phone': 'no', 'answer-post': 'no', channel: 'paper', on: '2020-01-01' },
    })
    expect(before.status).toBe(409)
    expect(before.body).toContain('Dieser Tag liegt vor der Frage')
    await send(reference, 'call-off', {})
    const late = await send(reference, 'record', {
      ...{ ...SAID, 'answer-phone': 'no', 'answer-post': 'no' },
    })
    expect(late.status).toBe(409)
  })
})
