import type { StaffActor } from '../../server/identity/index.js'
import { walker, type Walker } from '../rectification/journey.js'
import { startTestApp } from '../support/app.js'
import { roomOf, type Person, type Room } from './room.js'

let room: Room
let person: Person
let own: Walker
let clerk: Walker
let second: Walker
let clerkActor: StaffActor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('resident-ar')
  clerkActor = await room.staff('caseworker', 'caseworker')
  await room.staff('caseworker-2', 'caseworker')
  own = await walker(room.app, 'resident-ar')
  clerk = await walker(room.app, 'caseworker')
  second = await walker(room.app, 'caseworker-2')
})

afterEach(async () => {
  expect(await room.faults()).toEqual([])
})

afterAll(() => room?.close())

const WORDS = 'أخاف أن يجدني أحد من بلدي'
const messages = async () => (await own.open('/ar/me/messages')).body

/** Applies through the pages; the reference. */
async function apply(lang = 'ar', grounds: readonly string[] = ['life', 'health']) {
  await own.open(`/${lang}/me/blocks`)
  const limits = await own.send(`/${lang}/me/blocks`, { kind: 'transmission' })
  const at = limits.to.replace(/\/limits$/, '')
  const reasons = await own.send(`${at}/limits`)
  const office = await own.send(`${at}/grounds`, { grounds, words: WORDS })
  const check = await own.send(`${at}/office`, { office: room.office.code })
  const filed = await own.send(`${at}/check/file`)
  const reference = filed.to.split('/').at(-1) ?? ''
  return { limits, reasons, office, check, filed, reference, at }
}

const act = async (who: Walker, reference: string, word: string, fields = {}) => {
  await who.open(`/de/work/blocks/${reference}`)
  return who.send(`/de/work/blocks/${reference}/${word}`, fields)
}

describe('a resident who is afraid', () => {
  it('finds a form again that was left on its first page, and cannot send it yet', async () => {
    await own.open('/de/me/blocks')
    const begun = await own.send('/de/me/blocks', { kind: 'transmission' })
    const at = begun.to.replace(/\/limits$/, '')
    const list = await own.open('/de/me/blocks')
    expect(list.body).toContain(`${at}/check`)
    const check = await own.open(`${at}/check`)
    expect([check.status, check.body.includes('Noch nichts ausgewählt')]).toEqual([200, true])
    expect((await own.send(`${at}/check/file`)).status).toBe(409)
    await own.open(`${at}/check`)
    await own.send(`${at}/check/drop`)
  })

  it('finds the block, reads what it does not do, applies, and sees it in force', async () => {
    expect((await own.open('/ar/me')).body).toContain('/ar/me/blocks')
    const { limits, office, check, filed, reference } = await apply()
    expect(limits.body).toContain('الدوائر الألمانية')
    expect(office.body).toContain('<ol class="steps">')
    expect(check.body).toContain('lang="de"')
    expect(check.body).toContain('Mein Leben ist in Gefahr')
    expect(check.body).toContain(WORDS)
    expect(filed.status).toBe(200)
    expect(filed.body).toContain(`${reference}/letter.pdf`)

    const letter = await own.browser.get(`/ar/me/blocks/${reference}/letter.pdf`)
    expect([letter.status, letter.headers.get('content-type')]).toEqual([200, 'application/pdf'])

    const list = await clerk.open('/de/work/blocks')
    expect(list.body).toContain(reference)
    expect(list.body).not.toContain(WORDS)
    const opened = await clerk.open(`/de/work/blocks/${reference}`)
    expect(opened.body).toContain(WORDS)
    expect(opened.body).toContain('Eine Auskunft ist nicht möglich.')
    expect(opened.body).not.toContain('/grant')
    expect((await own.open('/ar/me/accesses')).body).toContain('portal_casework')

    await act(clerk, reference, 'form', { form_form: 'letter' })
    expect((await own.open(`/ar/me/blocks/${reference}`)).body).toContain('<ol class="steps">')
    const granted = await act(clerk, reference, 'grant', { grant_until: '2099-12-31' })
    expect(granted.status).toBe(200)
    const page = await own.open(`/ar/me/blocks/${reference}`)
    expect(page.body).toContain('سارٍ')
    expect(page.body).not.toContain('letter.pdf')
    expect(await messages()).toContain(reference)

    const lifted = await own.send(`/ar/me/blocks/${reference}/lift`)
    expect(lifted.body).toContain('رُفع')
    expect(await room.events(person, reference)).toEqual(['filed', 'form_met', 'granted', 'lifted'])
  })

  it('cannot file twice what waits, nor without a ground, and keeps what was typed', async () => {
    const { reference } = await apply('de')
    const again = await apply('de', ['freedom'])
    expect(again.filed.status).toBe(409)
    expect(again.filed.body).toContain('Diesen Antrag gibt es schon.')
    await own.open(`${again.at}/grounds`)
    const empty = await own.send(`${again.at}/grounds`, { words: '\u202eصقر' })
    expect([empty.status, empty.body.includes('صقر')]).toEqual([400, true])
    const unsaid = await own.send(`${again.at}/grounds`, { grounds: 'other', words: '' })
    expect(unsaid.body).toContain('Bitte schreiben Sie kurz')
    await own.open(`/de/me/blocks/${reference}`)
    const gone = await own.send(`/de/me/blocks/${reference}/withdraw`)
    expect(gone.body).toContain('Zurückgezogen')
    await own.open(`${again.at}/check`)
    const filed = await own.send(`${again.at}/check/file`)
    expect(filed.status).toBe(200)
    await own.send(`/de/me/blocks/${filed.to.split('/').at(-1)}/withdraw`)
  })

  it('who protects others asks to lift it, and the office decides', async () => {
    const reference = await room.granted(person, clerkActor, { grounds: ['others'] })
    const page = await own.open(`/de/me/blocks/${reference}`)
    expect(page.body).toContain('Diese Sperre schützt auch andere Menschen.')
    expect((await own.send(`/de/me/blocks/${reference}/lift`)).status).toBe(409)
    await own.open(`/de/me/blocks/${reference}`)
    await own.send(`/de/me/blocks/${reference}/ask-lift`)
    await act(clerk, reference, 'agree', { agree_words_de: 'Alle sind in Sicherheit.' })
    expect((await own.open(`/de/me/blocks/${reference}`)).body).toContain(
      'Alle sind in Sicherheit.',
    )
    expect((await room.row(reference)).state).toBe('lifted')
  })
})

describe('an office', () => {
  it('refuses with four eyes, reasons and remedies', async () => {
    const reference = await room.applied(person, { signed: true })
    const bare = await act(clerk, reference, 'refuse')
    expect([bare.status, bare.body.includes('Bitte wählen Sie etwas aus.')]).toEqual([400, true])
    await act(clerk, reference, 'refuse', { refuse_reasons: 'no_danger' })
    expect((await act(clerk, reference, 'confirm')).status).toBe(409)
    expect((await act(second, reference, 'confirm')).status).toBe(200)
    const { body } = await own.open(`/de/me/blocks/${reference}`)
    expect(body).toContain('Eine Gefahr ist nicht erkennbar.')
    expect(body).toContain('Widerspruch beim Amt')
    expect(body).toContain('datenschutzkonferenz-online.de')
  })

  it('asks before a transfer in spite of a block, and decides with reasons on record', async () => {
    const reference = await room.granted(person, clerkActor)
    const hear = {
      ...{ hear_about: 'transfer', hear_recipient: 'auslaendische_behoerde' },
      ...{ hear_transfer: 'own_interest', hear_hearing_until: '2099-01-31' },
      hear_words_de: 'Die Botschaft fragt wegen Ihres Passes.',
    }
    const soon = await act(clerk, reference, 'hear', { ...hear, hear_hearing_until: '2020-01-01' })
    expect(soon.status).toBe(400)
    await act(clerk, reference, 'hear', hear)
    expect((await own.open('/ar/me')).body).toContain('دائرة تسألك بشأن الحجب')
    const page = await own.open(`/ar/me/blocks/${reference}`)
    expect(page.body).toContain('Die Botschaft fragt wegen Ihres Passes.')
    const early = { transfer_result: 'sent', transfer_transfer: 'duty' }
    expect((await act(clerk, reference, 'transfer', early)).status).toBe(409)
    await own.open(`/ar/me/blocks/${reference}`)
    await own.send(`/ar/me/blocks/${reference}/answer`, { answer: 'objects', words: 'لا أريد' })
    expect((await clerk.open(`/de/work/blocks/${reference}`)).body).toContain('لا أريد')
    const unreasoned = await act(clerk, reference, 'transfer', { transfer_result: 'sent' })
    expect(unreasoned.status).toBe(400)
    await act(clerk, reference, 'transfer', { transfer_result: 'not_sent' })
    expect((await room.row(reference)).state).toBe('in_force')
    await room.own(person, reference, { event: 'lifted' })
  })

  it('ends a block only after a hearing', async () => {
    const reference = await room.granted(person, clerkActor)
    expect((await act(clerk, reference, 'end', { end_reasons: 'danger_over' })).status).toBe(409)
    await act(clerk, reference, 'hear', {
      ...{ hear_about: 'ending', hear_ending: 'danger_over', hear_hearing_until: '2099-01-31' },
    })
    await own.open(`/ar/me/blocks/${reference}`)
    await own.send(`/ar/me/blocks/${reference}/answer`, { answer: 'agrees' })
    await act(clerk, reference, 'end', { end_reasons: 'danger_over' })
    expect((await room.row(reference)).state).toBe('ended')
  })

  it('does not decide what has changed meanwhile', async () => {
    const reference = await room.applied(person, { signed: true })
    await clerk.open(`/de/work/blocks/${reference}`)
    await room.own(person, reference, { event: 'withdrawn' })
    const late = await clerk.send(`/de/work/blocks/${reference}/grant`)
    expect([late.status, late.body.includes('Zurückgezogen')]).toEqual([409, true])
  })
})
