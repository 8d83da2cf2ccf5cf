import { daysAfter } from '../../server/platform/kernel/days.js'
import { releaseDue } from '../../server/overview/index.js'
import type { Person, Room } from '../inquiries/room.js'
import { REFUSED } from '../platform/answers.js'
import { commits, says, type Who } from '../support/past.js'
import { visitor } from '../support/visitor.js'
import { tellingOffice, type TellingOffice } from './office.js'

let office: TellingOffice
let room: Room

beforeAll(async () => {
  office = await tellingOffice()
  room = office.room
  await room.staff('dpo', 'dpo')
})

afterAll(() => room?.close())

const booked = (changes: object = {}) => office.booked(changes)
const tell = (appointments: readonly object[], changes: object = {}) =>
  office.tell(appointments, changes)
const entries = () => office.entries()

/** The office says that nothing stands against showing it any more. */
const REVIEWED = `insert into overview.review (sealed_index, number, finding, reason, day, office, staff, noted_at,
    expires_on, alone)
  select leaf_index, 1, 'ended', 'no_danger', current_date, recipient, gen_random_uuid(), now(), expires_on, true
    from overview.sealed_event where leaf_index = $1`

describe('an appointment', () => {
  let explained = -1
  let early = -1
  let withheld = -1
  let strange = -1

  beforeAll(async () => {
    // What came before the appointments of this file is Amina's, too: so this is another person's.
    const subject = { scheme: 'azr', value: office.bilal.number }
    early = (await room.accesses(office.bilal, 1))[0] ?? -1
    await tell([booked({ subject, unit: 'benefits' })])
    explained = (await room.accesses(office.bilal, 1, { unit: 'benefits' }))[0] ?? -1
    strange = (await room.accesses(office.bilal, 1, { unit: 'placement' }))[0] ?? -1
    const held = { unit: 'benefits', disclosure: 'withheld' }
    withheld = (await room.accesses(office.bilal, 1, held))[0] ?? -1
    await tell([
      { ...booked({ subject, day: daysAfter(office.today, 9) }), ref: 'to-be-called-off' },
    ])
    await tell([
      booked({ subject, ref: 'to-be-called-off', version: 2, status: 'cancelled' }),
      booked({ subject: { scheme: 'azr', value: office.letter.number } }),
    ])
    await room.accesses(office.letter, 1)
  })

  const pageOf = async (who: string, path: string, language = 'de') => {
    const browser = visitor(room.app, language)
    await browser.signIn(who)
    return browser.get(`/${language}/me/${path}`)
  }
  const TITLE = 'Termin bei dieser Behörde'

  it('stands beside each access that it explains, and beside no other', async () => {
    const of = async (entry: number) => (await pageOf('resident-fa', `accesses/${entry}`)).body
    expect(await of(explained)).toContain(TITLE)
    expect(await of(early)).not.toContain(TITLE)
    expect(await of(strange)).not.toContain(TITLE)
    expect((await pageOf('resident-fa', `accesses/${withheld}`)).status).toBe(404)
  })

  it('is said to have been called off after the look, beside the access', async () => {
    const browser = visitor(room.app)
    await browser.signIn('resident-ar')
    const one = booked({ unit: 'records' })
    await tell([one])
    const [look = -1] = await room.accesses(office.amina, 1, { unit: 'records' })
    const of = async (language: string) => {
      const { body } = await browser.get(`/${language}/me/accesses/${look}`)
      return body
    }
    expect(await of('de')).toContain(TITLE)
    expect(await of('de')).not.toContain('Die Behörde hat ihn am')
    await tell([{ ...one, version: 2 }])
    expect((await of('de')).match(/Gemeldet am/g)).toHaveLength(1)
    await tell([{ ...one, version: 3, day: daysAfter(office.today, 2) }])
    expect(await of('de')).toMatch(
      /Die Behörde hat ihn am [^<]*<time[^>]*>[^<]*<\/time>[^<]* geändert\./,
    )
    await tell([{ ...one, version: 4, status: 'cancelled' }])
    expect(await of('de')).toMatch(/Die Behörde hat ihn am .* abgesagt\./)
    expect(await of('en')).toMatch(/The office cancelled it on /)
    expect(await of('ar')).toContain('ألغته الجهة في')
  })

  it('stands on the page of its office, what was called off as well', async () => {
    const { body } = await pageOf('resident-fa', `offices/${room.office.code}`)
    expect(body.match(/Gemeldet am/g)).toHaveLength(2)
    expect(body).toContain('abgesagt')
    const { body: none } = await pageOf('resident-ar', 'offices')
    expect(none).not.toContain('Gemeldet am')
    const { body: arabic } = await pageOf('resident-fa', `offices/${room.office.code}`, 'ar')
    expect(arabic).toContain('مواعيدك في هذه الجهة')
  })

  it('is not told to whoever has a letter alone', async () => {
    const browser = visitor(room.app)
    await browser.signIn('resident-letter')
    const { body: list } = await browser.get('/de/me/accesses')
    const entry = /\/de\/me\/accesses\/(\d+)/.exec(list)?.[1] ?? ''
    const { status, body } = await browser.get(`/de/me/accesses/${entry}`)
    expect(status).toBe(200)
    expect(body).not.toContain('Termin')
    const { body: kind } = await browser.get('/de/me/offices/jobcenter')
    expect(kind).not.toContain('Termin')
  })

  it('stands in the copy of the person, each thing that was said of it', async () => {
    const sections = room.app.portal.sectionsIn('de')
    const section = sections.find(({ name }) => name === 'appointments')
    const items: object[] = []
    for await (const item of section?.items(office.bilal.actor) ?? []) items.push(item)
    expect(items).toMatchObject([
      { office: room.office.code, unit: 'benefits', day: office.today, state: 'booked' },
      { unit: null, day: daysAfter(office.today, 9), state: 'booked' },
      { unit: null, day: daysAfter(office.today, 9), state: 'cancelled' },
    ])
  })

  it('explains to the rules of oversight what it explains to the person, and what is withheld', async () => {
    await room.app.portal.ledger.tick()
    await room.app.portal.watching.work()
    const { rows } = await room.superuser.query<Record<string, number>>(
      `select leaf_index::int as leaf from oversight.finding where rule = 'no_case'
       union all select leaf_index::int from oversight.sealed_finding where rule = 'no_case' order by 1`,
    )
    const found = rows.map(({ leaf }) => leaf)
    expect(found).toContain(early)
    expect(found).toContain(strange)
    expect(found).not.toContain(explained)
    expect(found).not.toContain(withheld)
    const { rows: sums } = await room.superuser.query<{ n: number }>(
      'select sum(appointment)::int as n from oversight.tally',
    )
    // Withheld accesses are in no count; the others are of the person with a letter, and of Amina.
    expect(sums).toEqual([{ n: 3 }])
  })

  it('explains what was held back by what stood when it came', async () => {
    const day = daysAfter(office.today, 1)
    const one = booked({ unit: 'front_desk', day })
    await tell([one])
    const held = { unit: 'front_desk', disclosure: 'case_review' }
    const [look = -1] = await room.accesses(office.amina, 1, held)
    await tell([{ ...one, version: 2, status: 'cancelled' }])
    await room.superuser.query(REVIEWED, [look])
    const { portal, installation, clock } = room.app
    expect(await releaseDue({ ...portal, ...installation, clock })).toBe(1)
    const { rows } = await room.superuser.query<{ shown: number }>(
      'select leaf_index::int as shown from overview.release where sealed_index = $1',
      [look],
    )
    const { body } = await pageOf('resident-ar', `accesses/${rows[0]?.shown ?? -1}`)
    expect(body).toContain(TITLE)
    expect(body).toMatch(/Die Behörde hat ihn am .* abgesagt\./)
  })

  it('is named to the officer among what explains', async () => {
    const browser = visitor(room.app)
    await browser.signIn('dpo')
    const { body } = await browser.get('/de/oversight/flags/rules')
    expect(body).toContain('Termin, vorher gemeldet')
  })
})

describe('the table of appointments', () => {
  const TABLE = 'appointments.appointment'
  const RESIDENT: Who = ['web', 'web_resident']
  const settingsOf = ({ actor }: Person) => ({
    account: actor.account,
    subjects: actor.subjects.join(','),
  })

  it('shows a person their own rows, and staff none', async () => {
    const all = [`select leaf_index from ${TABLE}`]
    expect(await says(room, { who: RESIDENT, settings: settingsOf(office.bilal) }, all)).toEqual([
      '3 rows',
    ])
    expect(await says(room, { who: RESIDENT, settings: {} }, all)).toEqual(['0 rows'])
    const settings = { office: String(room.office.id) }
    for (const who of [
      ['web', 'web_staff'],
      ['reporting', 'reporting'],
      ['worker', 'worker'],
      ['ingest', 'ingest'],
    ]) {
      expect(await says(room, { who: who as unknown as Who, settings }, all)).toEqual([REFUSED])
    }
  })

  it('is changed by nobody, and emptied of nothing before its day', async () => {
    const tries = [
      `update ${TABLE} set day = current_date`,
      `delete from ${TABLE}`,
      `truncate ${TABLE}`,
    ]
    for (const [login, role] of [RESIDENT, ['ingest', 'ingest']] as const) {
      const insider = { who: [login, role] as Who, settings: settingsOf(office.bilal) }
      expect(await says(room, insider, tries)).toEqual(tries.map(() => REFUSED))
    }
    const before = await entries()
    expect(await room.app.portal.appointments.forget()).toBe(0)
    const retention = { who: ['retention', 'retention'] as Who, settings: {} }
    expect(await commits(room, retention, [`delete from ${TABLE}`])).toBe('done')
    expect(await entries()).toBe(before)
    await expect(room.superuser.query(`update ${TABLE} set day = current_date`)).rejects.toThrow(
      'append-only',
    )
  })

  it('goes on its day', async () => {
    const before = await entries()
    await room.superuser.query(
      `insert into ${TABLE} select class, current_date, 900000, recorded_at, subject, ref, day, 99, kind, by,
        office, unit, null, null, null, salt from ${TABLE} limit 1`,
    )
    expect(await room.app.portal.appointments.forget()).toBe(1)
    expect(await entries()).toBe(before)
  })

  it('is part of the log: every entry opens to what was committed', async () => {
    expect(await room.faults()).toEqual([])
  })
})
