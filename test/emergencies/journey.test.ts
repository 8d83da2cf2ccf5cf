import { offHours } from '../../server/oversight/flags/hours.js'
import { releaseDue } from '../../server/overview/index.js'
import { visitorAs } from '../journeys/stations.js'
import { commits, type Who } from '../support/past.js'
import { DAY, declaringOffice, HOUR, type DeclaringOffice } from './office.js'

const LIST = '/de/oversight/flags'

let office: DeclaringOffice

beforeAll(async () => {
  office = await declaringOffice()
  await office.room.staff('dpo', 'dpo')
  // Somebody looks at night, by the German clock.
  while (offHours(office.room.app.clock.now()) !== 'night') office.pass(HOUR)
}, 60_000)

afterAll(() => office?.room.close())

const linked = (body: string) =>
  [...body.matchAll(/\/oversight\/flags\/(\d+)\/([a-z_]+)"/g)].map(
    ([, index, rule]) => `${index} ${rule}`,
  )
const wordsOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

/** What an officer who signs in now finds, in one state. */
async function found(state = 'open'): Promise<readonly string[]> {
  const dpo = await visitorAs(office.room.app, 'dpo')
  return linked((await dpo.get(`${LIST}?state=${state}`)).body)
}

async function read(person: string, path: string, language = 'ar') {
  const { status, body } = await (
    await visitorAs(office.room.app, person, language)
  ).get(`/${language}/me/${path}`)
  return { status, text: wordsOf(body) }
}

describe('an access at night that is declared to be in an emergency', () => {
  let noted = { seq: -1, index: -1 }
  let bare = { seq: -1, index: -1 }
  let late = { seq: -1, index: -1 }
  let withheld = { seq: -1, index: -1 }
  let secret = { seq: -1, index: -1 }

  const note = () => ({ notedAt: office.room.app.clock.now().toISOString(), notedBy: 'unit_head' })

  beforeAll(async () => {
    noted = await office.access(office.amina)
    bare = await office.access(office.bilal)
    late = await office.access(office.letter)
    withheld = await office.access(office.bilal, { disclosure: 'case_review' })
    secret = await office.access(office.bilal, { disclosure: 'withheld' })
    await office.judge()
  })

  it('is found at first as any other', async () => {
    const all = await found()
    for (const { index } of [noted, bare, withheld, secret]) {
      expect(all).toContain(`${index} off_hours`)
      expect(all).toContain(`${index} no_case`)
    }
  })

  it('is explained once its note is told in time, and by nothing less', async () => {
    const ground = 'child_at_risk'
    const those = [noted, bare, late, withheld, secret].map(({ seq }) => ({ seq, ground }))
    expect((await office.declare(those)).body['recorded']).toBe(5)
    await office.judge()
    expect(await found()).toContain(`${noted.index} off_hours`)
    office.pass(2 * DAY)
    const again = [noted, withheld, secret].map(({ seq }) => ({ seq, ground, ...note() }))
    expect((await office.declare(again)).body['recorded']).toBe(3)
    await office.judge()
    const open = await found()
    for (const { index } of [noted, withheld, secret]) {
      expect(open.filter((one) => one.startsWith(`${index} `))).toEqual([])
    }
    expect(open).toContain(`${bare.index} off_hours`)
    expect(open).toContain(`${bare.index} no_case`)
    expect(await found('explained')).toContain(`${withheld.index} no_case`)
    const dpo = await visitorAs(office.room.app, 'dpo')
    const page = wordsOf((await dpo.get(`${LIST}/${noted.index}/off_hours`)).body)
    expect(page).toContain('Notfall, rechtzeitig begründet')
    expect(page).toContain('Portal')
  })

  it('is read by its person in Arabic, with its ground and its note', async () => {
    const { text } = await read('resident-ar', `accesses/${noted.index}`)
    expect(text).toContain('أُبلغ عنه كحالة طوارئ')
    expect(text).toContain('طفل في خطر')
    expect(text).toContain('يوجد تعليل مكتوب')
    expect(text).toContain('رئاسة القسم')
    const other = await read('resident-fa', `accesses/${bare.index}`)
    expect(other.text).toContain('لا يوجد تعليل مكتوب بعد')
    expect((await read('resident-letter', `accesses/${late.index}`)).text).not.toContain('طوارئ')
  })

  it('without a note is a finding when the week is over, and its person reads that there is none', async () => {
    office.pass(4 * DAY)
    await office.judge()
    expect(await found()).not.toContain(`${bare.index} emergency_without_note`)
    office.pass(2 * DAY)
    await office.judge()
    const open = await found()
    expect(open.filter((one) => one.endsWith('emergency_without_note')).sort()).toEqual(
      [bare, late].map(({ index }) => `${index} emergency_without_note`).sort(),
    )
    const dpo = await visitorAs(office.room.app, 'dpo')
    const { body } = await dpo.get(`${LIST}/${bare.index}/emergency_without_note`)
    expect(wordsOf(body)).toContain(
      'Als Notfall gemeldet (Ein Kind war in Gefahr). In 7 Tagen keine Begründung.',
    )
    expect((await read('resident-fa', `accesses/${bare.index}`)).text).toContain(
      'كان لدى الجهة وقت حتى',
    )
    // Told too late it is said to be so, and explains nothing.
    const told = await office.declare([{ seq: late.seq, ground: 'child_at_risk', ...note() }])
    expect(told.status).toBe(201)
    await office.judge()
    expect(await found()).toContain(`${late.index} emergency_without_note`)
    expect(await found()).toContain(`${late.index} no_case`)
    // Whoever has the login of the rules explains nothing whose note is missing, or came late.
    const worker = { who: ['worker', 'worker'] as Who, settings: {} }
    const settle = `select oversight.settle_emergencies(${office.room.office.id}, 0, 1000000, now())`
    expect(await commits(office.room, worker, [settle])).toBe('done')
    for (const { index } of [bare, late]) expect(await found()).toContain(`${index} no_case`)
  })

  it('is explained at once where its note comes before the rules read it', async () => {
    const before = await tallied()
    const { seq, index } = await office.access(office.amina, { unit: 'benefits' })
    await office.declare([{ seq, ground: 'missing_person', ...note() }])
    await office.judge()
    expect((await found()).filter((one) => one.startsWith(`${index} `))).toEqual([])
    expect(await tallied()).toBe(before + 1)
  })

  it('is counted for the officer beside what the unit looked up by hand, and tried on past data', async () => {
    const dpo = await visitorAs(office.room.app, 'dpo')
    const { body } = await dpo.get(`${LIST}/rules`)
    const words = wordsOf(body)
    expect(words).toContain('Notfälle je Bereich')
    // Of the visible ones alone: three without a unit, two of them with a note, though one came late.
    expect(words).toMatch(/Nicht gemeldet 3 3 2 100 %/)
    const now = office.room.app.clock.now()
    const day = (back: number) => new Date(now.getTime() - back * DAY).toISOString().slice(0, 10)
    const trial = await dpo.get(`${LIST}/rules?from=${day(20)}&until=${day(0)}`)
    expect(wordsOf(trial.body).split('Was die Regeln fänden')[2]).toMatch(
      /Notfall ohne Begründung 2 /,
    )
  })

  it('says so on the page of the access, where its note came in time', async () => {
    const dpo = await visitorAs(office.room.app, 'dpo')
    const opened = wordsOf((await dpo.get(`/de/oversight/accesses/${noted.index}`)).body)
    expect(opened).toMatch(/Ihre Behörde meldete einen Notfall: Ein Kind war in Gefahr ?\./)
    const other = wordsOf((await dpo.get(`/de/oversight/accesses/${bare.index}`)).body)
    expect(other).not.toContain('meldete einen Notfall')
  })

  it('stands in the copy of its person; what is withheld stands nowhere', async () => {
    const section = (language: string) =>
      office.room.app.portal.sectionsIn(language).find(({ name }) => name === 'emergencies')
    const items: object[] = []
    for await (const item of section('de')?.items(office.bilal.actor) ?? []) items.push(item)
    expect(items).toMatchObject([{ access: bare.index, ground: 'child_at_risk', note: 'none' }])
    expect(items).toHaveLength(1)
    expect((await read('resident-fa', `accesses/${secret.index}`)).status).toBe(404)
  })

  it('that was held back tells of it once it is shown, and not before', async () => {
    await office.room.superuser.query(REVIEWED, [withheld.index])
    const { portal, installation, clock } = office.room.app
    expect(await releaseDue({ ...portal, ...installation, clock })).toBe(1)
    const { rows } = await office.room.superuser.query<{ shown: number }>(
      'select leaf_index::int as shown from overview.release where sealed_index = $1',
      [withheld.index],
    )
    const shown = rows[0]?.shown ?? -1
    const { text } = await read('resident-fa', `accesses/${shown}`, 'de')
    expect(text).toContain('Als Notfall gemeldet')
    expect(text).toContain('Eine Begründung gibt es.')
    await office.judge()
    expect((await found()).filter((one) => one.startsWith(`${shown} `))).toEqual([])
  })

  it('is part of the log: every entry opens to what was committed', async () => {
    expect(await office.room.faults()).toEqual([])
  })
})

/** The office says that nothing stands against showing it any more. */
const REVIEWED = `insert into overview.review (sealed_index, number, finding, reason, day, office, staff, noted_at,
    expires_on, alone)
  select leaf_index, 1, 'ended', 'no_danger', current_date, recipient, gen_random_uuid(), now(), expires_on, true
    from overview.sealed_event where leaf_index = $1`

async function tallied(): Promise<number> {
  const { rows } = await office.room.superuser.query<{ n: number }>(
    'select coalesce(sum(emergency), 0)::int as n from oversight.tally',
  )
  return rows[0]?.n ?? 0
}
