import fc from 'fast-check'
import type { Around, WatchedAccess } from '../../server/oversight/flags/access.js'
import { explanationOf, reasonsOf } from '../../server/oversight/flags/explanation.js'
import { daysAfter, germanDay } from '../../server/platform/kernel/days.js'
import { tellingOffice, type TellingOffice } from '../appointments/office.js'
import { visitorAs } from '../journeys/stations.js'
import type { Visitor } from '../support/visitor.js'

const NOTHING = 'Das Portal kennt nichts, was diesen Zugriff erklärt.'

let office: TellingOffice
let dpo: Visitor

beforeAll(async () => {
  office = await tellingOffice()
  await office.room.staff('dpo', 'dpo')
  dpo = await visitorAs(office.room.app, 'dpo')
}, 60_000)

afterAll(() => office?.room.close())

/** What the page of an access says of what explains it, in words. */
async function explained(index: number, reader = dpo): Promise<string> {
  const { status, body } = await reader.get(`/de/oversight/accesses/${index}`)
  expect(status).toBe(200)
  const [, part = ''] = body.split('Was erklärt diesen Zugriff?')
  return (
    part
      .split('<h2>')[0]
      ?.replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ') ?? ''
  )
}

const looked = async (person: TellingOffice['amina'], changes: object = {}) =>
  (await office.room.accesses(person, 1, changes))[0] ?? -1
const german = (day: string) => {
  const [year = '', month = '', date = ''] = day.split('-')
  const name = new Date(`${year}-${month}-01`).toLocaleString('de', { month: 'long' })
  return `${Number(date)}. ${name} ${year}`
}

describe('the page of an access', () => {
  it('names the appointment that explains it, and that it was called off or moved afterwards', async () => {
    const { amina, booked, tell, today } = office
    const before = await looked(amina)
    expect(await explained(before)).toContain(NOTHING)
    const one = booked()
    await tell([one])
    const index = await looked(amina)
    const said = `Die Person hatte einen Termin am ${german(today)}. Ihre Behörde meldete ihn am ${german(today)}.`
    expect(await explained(index)).toContain(said)
    expect(await explained(index)).not.toContain('nach diesem Zugriff')
    await tell([{ ...one, version: 2, day: daysAfter(today, 90) }])
    expect(await explained(index)).toContain(
      `${said} Sie änderte ihn nach diesem Zugriff, am ${german(today)}.`,
    )
    const off = { ...one, version: 3, day: daysAfter(today, 90), status: 'cancelled' }
    await tell([off])
    expect(await explained(index)).toContain(
      `${said} Sie sagte ihn nach diesem Zugriff ab, am ${german(today)}.`,
    )
    for (const unexplained of [before, await looked(amina)]) {
      expect(await explained(unexplained)).toContain(NOTHING)
    }
  })

  it('says the same of an access that is withheld, and its person reads nothing new', async () => {
    const { amina, booked, tell, room } = office
    await tell([booked()])
    const index = await looked(amina, { disclosure: 'withheld' })
    const seen = async () =>
      (
        await room.superuser.query(
          'select leaf_index from overview.access_event where subject = any($1)',
          [amina.actor.subjects],
        )
      ).rowCount
    const count = await seen()
    expect(await explained(index)).toContain('Die Person hatte einen Termin')
    expect(await seen()).toBe(count)
  })

  it('names an open case and the time as of which it speaks, and keeps nothing', async () => {
    const { bilal, room } = office
    const first = await looked(bilal)
    const question = { kind: 'ask', reasons: ['other'] } as const
    await room.app.portal.inquiries.ask(bilal.actor, { index: first, question })
    const index = await looked(bilal, { occurredAt: room.app.clock.now().toISOString() })
    const said = await explained(index)
    const today = german(germanDay(room.app.clock.now()))
    expect(said).toContain(`Ihre Behörde hat seit dem ${today} einen Fall dieser Person.`)
    expect(said).toContain(`Das weiß das Portal jetzt: ${today}`)
    expect(await explained(first)).toContain(NOTHING)
  })

  it('knows nothing of the business of the other office', async () => {
    const { bilal, room } = office
    const register = room.app.installation.catalogue.parties.byCode('i.de.bva')
    await room.staff('dpo-2', 'dpo', register)
    const other = await visitorAs(room.app, 'dpo-2')
    expect(await explained(await looked(bilal), other)).toContain('Die andere Stelle hat gehandelt')
  })

  it('is explained to officers alone', async () => {
    const clerk = await office.room.staff('caseworker', 'caseworker')
    const { explaining } = office.room.app.portal
    await expect(explaining.why(clerk, await looked(office.amina))).rejects.toThrow('NOT_FOUND')
  })
})

describe('reasons', () => {
  const NOON = Date.parse('2026-11-25T11:00:00Z')
  const at = fc.integer({ min: -120, max: 5 }).map((days) => new Date(NOON + days * 86_400_000))
  const look = fc.record({
    ...{ index: fc.integer({ min: 1, max: 20 }), occurredAt: at, purpose: fc.constantFrom(1, 2) },
    ...{ isQuery: fc.boolean(), isManual: fc.boolean(), ofThePortal: fc.boolean() },
    citesConsent: fc.boolean(),
    broken: fc.constantFrom<Record<string, number>>({}, {}, {}, { 'rst.school': 1 }),
  })
  const access = look.map((some): WatchedAccess => ({
    ...{ expiresOn: '2027-11-25', subject: 'somebody', unit: 4, isSealed: false },
    ...some,
  }))
  const around = fc.record({
    cases: fc.array(fc.record({ from: at, to: at }, { requiredKeys: ['from'] }), { maxLength: 4 }),
    told: fc.array(at, { maxLength: 3 }),
    appointments: fc.array(
      fc.record({ day: at.map(germanDay), toldAt: at, from: fc.integer({ min: 0, max: 20 }) }),
      { maxLength: 4 },
    ),
    accesses: fc.array(access, { maxLength: 4 }),
  })
  const DUTIES = {
    isMandatory: (purpose: number) => purpose === 1,
    isCasework: () => false,
  }

  it('begin with what explains the access to the rules, and are none where nothing does', () => {
    fc.assert(
      fc.property(access, around, (one, known: Around) => {
        expect(reasonsOf(one, known, DUTIES)[0]?.kind).toBe(explanationOf(one, known, DUTIES))
      }),
      { numRuns: 1_000 },
    )
  })
})
