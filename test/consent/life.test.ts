import { startTestApp } from '../support/app.js'
import { visitor } from '../support/visitor.js'
import { roomOf, type Person, type Room } from './room.js'
import type { StaffActor } from '../../server/identity/index.js'

let room: Room
let person: Person
let stranger: Person
let clerk: StaffActor
let colleague: StaffActor
let elsewhere: StaffActor
let newsletter: string

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('amina')
  stranger = await room.resident('dilan')
  clerk = await room.staff('clerk')
  colleague = await room.staff('colleague')
  elsewhere = await room.staff('elsewhere', 'caseworker', room.other)
  newsletter = await room.published([clerk, colleague], room.content('c.newsletter'))
})

afterEach(async () => {
  expect(await room.faults()).toEqual([])
})

afterAll(() => room?.close())

const consents = () => room.app.portal.consents
const desk = () => room.app.portal.consentDesk

describe('a consent', () => {
  it('is asked, given and withdrawn, each an entry of the log', async () => {
    const asked = await room.asked(clerk, person, newsletter)
    expect((await consents().asked(person.actor)).map(({ ask }) => ask.reference)).toEqual([asked])
    const [reference = ''] = await room.answered(person, asked, ['all'])
    const given = await consents().consent(person.actor, reference)
    expect(given.consent).toMatchObject({ state: 'given', part: 'all' })
    expect(await consents().asked(person.actor)).toEqual([])
    await consents().withdraw(person.actor, reference)
    await consents().withdraw(person.actor, reference)
    expect(await room.entries(reference)).toEqual(['given by resident', 'withdrawn by resident'])
  })

  it('that nobody answered stays in the history, with the words that were to be read', async () => {
    const reader = await room.resident('resident-en')
    const asked = await room.asked(clerk, reader, newsletter)
    await desk().callOff(clerk, asked)
    const { clock } = room.app
    const before = clock.now()
    clock.moveTo(new Date(before.getTime() + 60_000))
    const later = await room.asked(clerk, reader, newsletter)
    clock.moveTo(new Date(before.getTime() + 31 * 86_400_000))
    const history = async () =>
      (await consents().unanswered(reader.actor)).map(({ ask }) => [ask.reference, ask.state])
    // What time has ended is over before the job says so.
    expect(await history()).toEqual([
      [later, 'open'],
      [asked, 'called_off'],
    ])
    expect(await consents().asked(reader.actor)).toEqual([])
    await room.app.portal.consentUpkeep.expire()
    expect(await history()).toEqual([
      [later, 'lapsed'],
      [asked, 'called_off'],
    ])
    expect(await consents().unanswered(stranger.actor)).toEqual([])
    const browser = visitor(room.app)
    await browser.signIn('resident-en')
    const { body } = await browser.get('/de/me/permissions')
    for (const reference of [asked, later]) {
      expect(body).toContain(`/de/me/permissions/asked/${reference}`)
      const { body: words } = await browser.get(`/de/me/permissions/asked/${reference}`)
      expect(words).toContain(room.content('c.newsletter').wordings['de']?.text)
    }
    expect(body).toContain('Die Stelle fragt nicht mehr.')
    clock.moveTo(before)
  })

  it('that is refused is known to the asking office alone', async () => {
    const asked = await room.asked(clerk, person, newsletter)
    const [reference = ''] = await room.answered(person, asked, [])
    expect(await room.entries(reference)).toEqual(['refused by resident'])
    const { answers } = await desk().open(clerk, asked)
    expect(answers.map(({ consent }) => consent.state)).toEqual(['refused'])
    for (const who of [elsewhere, await room.staff('officer', 'dpo', room.other)]) {
      await expect(desk().open(who, asked)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(desk().consent(who, reference)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect((await desk().list(who, { isOpen: true })).items).toEqual([])
    }
  })

  it('is no yes on words that nobody checked, nor without the age, whatever form is sent', async () => {
    const reader = await room.resident('reader')
    const grown = room.content('c.mentoring', { minAge: 16 })
    const asked = await room.asked(clerk, reader, await room.published([clerk, colleague], grown))
    const { ask } = await consents().ask(reader.actor, asked)
    const yes = { allowed: ['all'], step: ask.step, helper: 'none' } as const
    const say = (more: { language: string; isOfAge: boolean }) =>
      consents().answer(reader.actor, asked, { ...yes, ...more })
    for (const language of ['en', 'ar']) {
      await expect(say({ language, isOfAge: true })).rejects.toMatchObject({ problem: 'NO_YES' })
    }
    await expect(say({ language: 'de', isOfAge: false })).rejects.toMatchObject({
      problem: 'TOO_YOUNG',
    })
    const [reference = ''] = await room.answered(reader, asked, [])
    expect(await room.entries(reference)).toEqual(['refused by resident'])
  })

  it('of another person is not there', async () => {
    const asked = await room.asked(clerk, person, newsletter)
    await expect(consents().ask(stranger.actor, asked)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const [reference = ''] = await room.answered(person, asked, ['all'])
    for (const step of [
      () => consents().consent(stranger.actor, reference),
      () => consents().withdraw(stranger.actor, reference),
    ]) {
      await expect(step()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    expect(await consents().list(stranger.actor)).toEqual([])
  })

  it('takes the place of the one before it', async () => {
    const [earlier] = (await consents().list(person.actor)).filter(
      ({ consent }) => consent.state === 'given',
    )
    const [reference = ''] = await room.answered(
      person,
      await room.asked(clerk, person, newsletter),
      ['all'],
    )
    expect(await room.entries(earlier?.consent.reference ?? '')).toEqual([
      'given by resident',
      'superseded by resident',
    ])
    const { entries } = await consents().consent(person.actor, reference)
    expect(entries[0]?.other).toBe(earlier?.consent.consent)
  })

  it('runs out by itself, and what is due is forgotten', async () => {
    const { expire, forget } = room.app.portal.consentUpkeep
    const [card] = (await consents().list(person.actor)).filter(
      ({ consent }) => consent.state === 'given',
    )
    const waiting = await room.asked(clerk, stranger, newsletter)
    const start = room.app.clock.now()
    room.app.clock.moveTo(card?.consent.validUntil ?? start)
    expect(await expire()).toBe(2)
    const { reference = '' } = card?.consent ?? {}
    expect(await room.entries(reference)).toEqual(['given by resident', 'expired by portal'])
    expect((await consents().ask(stranger.actor, waiting)).ask.state).toBe('lapsed')
    expect(await forget()).toBeGreaterThan(0)
    room.app.clock.moveTo(start)
  })
})
