import type { StaffActor } from '../../server/identity/index.js'
import { answersTo, REFUSED } from '../platform/answers.js'
import { startTestApp } from '../support/app.js'
import { says as saysPast, type Settings, type Who } from '../support/past.js'
import { ANSWER, roomOf, type Person, type Room } from './room.js'

let room: Room
let amina: Person
let bilal: Person
let officer: StaffActor
let clerk: StaffActor
let elsewhere: StaffActor
let waiting = ''
let answered = ''
/** Accesses of Amina: seen, withheld; and one of Bilal. */
let entries: { seen: number; withheld: number; others: number }

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('amina')
  bilal = await room.resident('bilal')
  officer = await room.staff('officer', 'dpo')
  clerk = await room.staff('clerk', 'caseworker')
  elsewhere = await room.staff('elsewhere', 'dpo', room.other)
  waiting = await room.asked(amina)
  answered = await room.asked(amina)
  await room.step(officer, answered, ANSWER)
  const [seen = 0] = await room.accesses(amina, 1)
  const [withheld = 0] = await room.accesses(amina, 1, { disclosure: 'withheld' })
  const [others = 0] = await room.accesses(bilal, 1)
  entries = { seen, withheld, others }
})

afterAll(() => room?.close())

const RESIDENT: Who = ['web', 'web_resident']
const STAFF: Who = ['web', 'web_staff']

const asResident = ({ actor }: Person): Settings => ({
  account: actor.account,
  subjects: actor.subjects.join(','),
})
const asStaff = ({ staff, office }: StaffActor): Settings => ({ staff, office: String(office) })

/** What the database answers to statements of a role, past every check of the application. */
const says = (who: Who, settings: Settings, statements: readonly string[]) =>
  saysPast(room, { who, settings }, statements)

const INQUIRY = 'inquiries.inquiry'
const EVENT = 'inquiries.inquiry_event'
const all = `select inquiry from ${INQUIRY}`
const set = (what: string, reference: string) =>
  `update ${INQUIRY} set ${what} where reference = '${reference}'`
const ended = (state: string) => `state = '${state}', ended_at = now(), version = 9`

function insert(person: Person, changes: Readonly<Record<string, string>> = {}): string {
  const { account, subjects } = person.actor
  const row = {
    ...{ inquiry: 'gen_random_uuid()', reference: "'AAAAAAAA'", subject: `'${subjects[0]}'` },
    ...{ account: `'${account}'`, entry: String(entries.seen), office: String(room.office.id) },
    ...{ kind: "'ask'", reasons: "'{other}'", state: "'received'", version: '1' },
    ...{ asked_at: 'now()', due_on: 'current_date', expires_on: 'current_date' },
    ...changes,
  }
  return `insert into ${INQUIRY} (${Object.keys(row).join()}) values (${Object.values(row).join()})`
}

const act = (by: string, subject: string | undefined, inquiry: string) =>
  `insert into ${EVENT} (class, expires_on, leaf_index, recorded_at, subject, inquiry, reference, entry,
     number, kind, by, office, salt)
   select 30, current_date + 30, 999999, now(), '${subject}', ${inquiry}, 'AAAAAAAA', 1, 9, 'answered',
     '${by}', ${by === 'office' ? room.office.id : 'null'}, decode(repeat('00', 32), 'hex')`
const idOf = (reference: string) =>
  `(select inquiry from ${INQUIRY} where reference = '${reference}')`

describe('a resident past every check of the application', () => {
  it('sees own inquiries alone, and none without a setting', async () => {
    expect(await says(RESIDENT, asResident(amina), [all, `select number from ${EVENT}`])).toEqual([
      '2 rows',
      '3 rows',
    ])
    expect(await says(RESIDENT, asResident(bilal), [all, `select number from ${EVENT}`])).toEqual([
      '0 rows',
      '0 rows',
    ])
    expect(await says(RESIDENT, {}, [all])).toEqual(['0 rows'])
  })

  it('asks about an own visible access alone: not a withheld one, not another’s, not none', async () => {
    const about = (entry: number) => insert(amina, { entry: String(entry) })
    expect(
      await says(RESIDENT, asResident(amina), [
        about(entries.seen),
        about(entries.withheld),
        about(entries.others),
        about(999_999),
      ]),
    ).toEqual(['1 rows', REFUSED, REFUSED, REFUSED])
  })

  it('asks for nobody else, and as nothing but a fresh question', async () => {
    expect(
      await says(RESIDENT, asResident(amina), [
        insert(bilal, { entry: String(entries.others) }),
        insert(amina, { account: `'${bilal.actor.account}'` }),
        insert(amina, { state: "'answered'" }),
      ]),
    ).toEqual([REFUSED, REFUSED, REFUSED])
  })

  it('withdraws and closes, and answers nothing', async () => {
    expect(
      await says(RESIDENT, asResident(amina), [
        set(ended('withdrawn'), waiting),
        set(ended('closed'), answered),
        set(ended('answered'), waiting),
        set("state = 'in_review'", waiting),
        set('office = 1', waiting),
        set('due_on = current_date', waiting),
        set('case_key = null', waiting),
        `delete from ${INQUIRY}`,
      ]),
    ).toEqual(['1 rows', '1 rows', REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED])
    expect(await says(RESIDENT, asResident(bilal), [set(ended('withdrawn'), waiting)])).toEqual([
      '0 rows',
    ])
  })

  it('writes no act of an office, nor about an inquiry of somebody else', async () => {
    const own = amina.actor.subjects[0]
    expect(
      await says(RESIDENT, asResident(amina), [
        act('resident', own, idOf(waiting)),
        act('office', own, idOf(waiting)),
        act('resident', bilal.actor.subjects[0], idOf(waiting)),
        act('resident', own, 'gen_random_uuid()'),
      ]),
    ).toEqual(['1 rows', REFUSED, REFUSED, REFUSED])
  })
})

describe('staff past every check of the application', () => {
  it('read inquiries as officers of the office that acted, and in no other way', async () => {
    const reads = [all, `select number from ${EVENT}`]
    expect(await says(STAFF, asStaff(officer), reads)).toEqual(['2 rows', '3 rows'])
    const nobody: readonly Settings[] = [
      asStaff(clerk),
      asStaff(elsewhere),
      { office: String(officer.office) },
      { staff: officer.staff },
      { ...asStaff(officer), office: String(room.other.id) },
      { ...asStaff(elsewhere), office: String(room.office.id) },
      {},
    ]
    for (const settings of nobody) {
      expect(await says(STAFF, settings, reads)).toEqual(['0 rows', '0 rows'])
    }
  })

  it('lose that sight with their role', async () => {
    const suspend = (state: string) =>
      room.superuser.query('update identity.staff set state = $2 where staff = $1', [
        officer.staff,
        state,
      ])
    await suspend('suspended')
    expect(await says(STAFF, asStaff(officer), [all])).toEqual(['0 rows'])
    await suspend('active')
    expect(await says(STAFF, asStaff(officer), [all])).toEqual(['2 rows'])
  })

  it('answer what is open, and change nothing of a question', async () => {
    expect(
      await says(STAFF, asStaff(officer), [
        set("state = 'in_review', version = 2", waiting),
        set(ended('answered'), waiting),
        set(ended('answered'), answered),
        set(ended('withdrawn'), waiting),
        set('case_key = null', waiting),
        set(`office = ${room.other.id}`, waiting),
        set("reasons = '{other}'", waiting),
        `select account from ${INQUIRY}`,
        `delete from ${INQUIRY}`,
      ]),
    ).toEqual(['1 rows', '1 rows', '0 rows', ...Array.from({ length: 6 }, () => REFUSED)])
    for (const other of [clerk, elsewhere]) {
      expect(await says(STAFF, asStaff(other), [set(ended('answered'), waiting)])).toEqual([
        '0 rows',
      ])
    }
  })

  it('write acts about inquiries that they see alone', async () => {
    const own = amina.actor.subjects[0]
    const { rows } = await room.superuser.query<{ inquiry: string }>(
      `select inquiry from ${INQUIRY} where reference = $1`,
      [waiting],
    )
    const id = `'${rows[0]?.inquiry}'::uuid`
    expect(
      await says(STAFF, asStaff(officer), [act('office', own, id), act('resident', own, id)]),
    ).toEqual(['1 rows', REFUSED])
    for (const other of [clerk, elsewhere]) {
      expect(await says(STAFF, asStaff(other), [act('office', own, id)])).toEqual([REFUSED])
    }
  })
})

describe('what happened to inquiries', () => {
  const WAYS: readonly Who[] = [
    ['web', 'web_resident'],
    ['web', 'web_staff'],
    ['web', 'web_public'],
    ['ingest', 'ingest'],
    ['worker', 'worker'],
    ['reporting', 'reporting'],
    ['retention', 'retention'],
  ]

  it.each(WAYS)('is changed by nobody: %s as %s', async (...who) => {
    const settings = { ...asResident(amina), ...asStaff(officer) }
    const statements = [
      `update ${EVENT} set kind = kind`,
      `truncate ${EVENT}`,
      `delete from ${EVENT}`,
    ]
    const [updated, truncated, deleted] = await says(who, settings, statements)
    expect([updated, truncated]).toEqual([REFUSED, REFUSED])
    // Retention deletes what is due, and nothing is.
    expect(deleted).toBe(who[1] === 'retention' ? '0 rows' : REFUSED)
    expect(await answersTo(room.superuser, statements)).toEqual([REFUSED, REFUSED, REFUSED])
  })

  it.each(WAYS.slice(2))('is read by nobody else: %s as %s', async (...who) => {
    const settings = { ...asResident(amina), ...asStaff(officer) }
    expect(await says(who, settings, [`select reference from ${EVENT}`, all])).toEqual([
      REFUSED,
      REFUSED,
    ])
  })
})
