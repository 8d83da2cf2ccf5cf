import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import type { StaffStep } from '../../server/rectification/steps.js'
import { startTestApp } from '../support/app.js'
import { walker, type Walker } from './journey.js'
import { roomOf, type Room } from './room.js'

let room: Room
let resident: ResidentActor
let person: Walker

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  resident = await room.resident('resident-ar')
  person = await walker(room.app, 'resident-ar')
})

afterAll(() => room?.close())

const take = async (clerk: StaffActor, reference: string, step: StaffStep) =>
  room.app.portal.casework.step(clerk, { reference, version: await room.version(reference) }, step)
const isActive = (actor: StaffActor, state: 'active' | 'suspended') =>
  room.superuser.query('update identity.staff set state = $2 where staff = $1', [
    actor.staff,
    state,
  ])

const SENTENCES = {
  de: 'Diese Behörde arbeitet noch nicht mit dem Portal',
  en: 'This authority does not work with the portal yet',
  ar: 'هذه الدائرة لا تعمل مع البوابة بعد',
} as const

describe('an office that has nobody here', () => {
  let reference = ''

  it.each(Object.entries(SENTENCES))(
    'is filed with all the same, and the person reads that a letter is needed (%s)',
    async (lang, sentence) => {
      // With an eID the form is met at once: nothing but the office is in the way of the clock.
      reference ||= await room.app.portal.rectification.file(
        { ...resident, assurance: 'high' },
        await room.draft(resident, { field: 'azr.residence_title', statement: TITLE }),
      )
      const page = await person.open(`/${lang}/me/requests/${reference}`)
      expect(page.body).toContain(sentence)
      expect(page.body).toContain(`/${lang}/me/requests/${reference}/letter.pdf`)
      // No office has it yet: no day is named by which it must answer.
      expect(page.body).not.toContain('due.ics')
      const letter = await person.browser.get(`/${lang}/me/requests/${reference}/letter.pdf`)
      expect([letter.status, letter.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    },
  )

  it('reminds nobody of an answer before it has the request', async () => {
    const { rows } = await room.superuser.query<{ reference: string }>(
      `select reference from rectification.answers_due('2099-01-01')`,
    )
    expect(rows).toEqual([])
  })

  it('is no such office any more once somebody is active there', async () => {
    const clerk = await room.clerk('clerk', register())
    const { body } = await person.open(`/de/me/requests/${reference}`)
    expect(body).not.toContain(SENTENCES.de)
    expect(body).toContain('due.ics')
    await isActive(clerk, 'suspended')
    expect((await person.open(`/de/me/requests/${reference}`)).body).toContain(SENTENCES.de)
    await isActive(clerk, 'active')
  })
})

describe('a case that is passed on to an office that has nobody here', () => {
  let reference = ''
  let clerk: StaffActor
  let desk: Walker

  beforeAll(async () => {
    clerk = await room.clerk('caseworker')
    desk = await walker(room.app, 'caseworker')
    reference = await room.filed(resident)
    await take(clerk, reference, { event: 'form_met', on: day() })
    await take(clerk, reference, { event: 'claimed' })
  })

  it('is offered with a mark, and the page says what follows', async () => {
    const { body } = await desk.open(`/de/work/cases/${reference}`)
    expect(body).toMatch(/value="i\.rt\.abh">[^<]* – nicht im Portal</)
    expect(body).toContain('Dort sieht niemand den Antrag. Die Person muss einen Brief senden.')
    const there = await room.clerk('there', room.other)
    expect((await desk.open(`/de/work/cases/${reference}`)).body).toMatch(
      /value="i\.rt\.abh">(?![^<]*nicht im Portal)/,
    )
    await isActive(there, 'suspended')
  })

  it('stays in a list of the office that passed it on, and its clock runs on', async () => {
    await desk.open(`/de/work/cases/${reference}`)
    await desk.send(`/de/work/cases/${reference}/pass`, { office: 'i.rt.abh' })
    const list = await desk.open('/de/work/queue/passed-on')
    expect(list.body).toContain(reference)
    expect((await desk.open('/de/work/queue')).body).toContain('/de/work/queue/passed-on')
    // A list alone: the case itself is the other office's.
    expect((await desk.open(`/de/work/cases/${reference}`)).status).toBe(404)
    const { body } = await person.open(`/de/me/requests/${reference}`)
    expect(body).toContain(SENTENCES.de)
    expect(body).toContain('Die Frist bleibt gleich.')
    expect(body).toContain('due.ics')
    const letter = await person.browser.get(`/de/me/requests/${reference}/letter.pdf`)
    expect(letter.status).toBe(200)
    const { rows } = await room.superuser.query<{ reference: string }>(
      `select reference from rectification.answers_due('2099-01-01')`,
    )
    expect(rows.map((row) => row.reference)).toContain(reference)
  })

  it('is in nobody else’s list, and leaves it once somebody is active there', async () => {
    const elsewhere = await room.clerk(
      'elsewhere',
      room.app.installation.catalogue.parties.all.find(
        ({ kind, id }) => kind === 'office' && id !== room.office.id && id !== room.other.id,
      ),
    )
    expect(await room.app.portal.casework.passedOn(elsewhere)).toEqual([])
    const back = await room.clerk('back', room.other)
    expect(await room.app.portal.casework.passedOn(clerk)).toEqual([])
    expect(
      (await room.app.portal.casework.queue(back, {})).cases.map(({ row }) => row.reference),
    ).toEqual([reference])
    expect(await room.faults()).toEqual([])
  })
})

const TITLE = {
  kind: 'wrong',
  wanted: { form: 'text', text: 'Blaue Karte EU' },
  evidence: ['nothing'],
  restrict: false,
} as const

const register = () => room.app.installation.catalogue.parties.byCode('i.de.bva')

const day = () =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(room.app.clock.now())
