import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import type { StaffStep } from '../../server/rectification/steps.js'
import { answersTo, REFUSED } from '../platform/answers.js'
import { startTestApp } from '../support/app.js'
import { says as saysPast, type Settings, type Who } from '../support/past.js'
import { roomOf, type Room } from './room.js'

let room: Room
let amina: ResidentActor
let bilal: ResidentActor
let clerk: StaffActor
let draft = ''
/** Requests of Amina, by where they stand. */
const requests: Record<string, string> = {}

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('amina')
  bilal = await room.resident('bilal')
  clerk = await room.clerk('clerk')
  draft = await room.draft(amina)
  await room.superuser.query('insert into rectification.partner values ($1, $2, now())', [
    room.office.id,
    room.other.id,
  ])
  for (const state of ['received', 'question', 'proposed', 'decided', 'withdrawn'] as const) {
    requests[state] = await standing(state)
  }
})

afterAll(() => room?.close())

/** A request of Amina in a state; its reference. */
async function standing(state: string): Promise<string> {
  const { casework, rectification } = room.app.portal
  const reference = await room.filed(amina)
  const take = async (step: StaffStep) =>
    casework.step(clerk, { reference, version: await room.version(reference) }, step)
  if (state === 'received') return reference
  if (state === 'withdrawn') {
    await rectification.withdraw(amina, reference)
    return reference
  }
  await take({ event: 'claimed' })
  if (state === 'question') await take({ event: 'asked', questions: ['spelling'] })
  else {
    const outcome = state === 'proposed' ? 'corrected' : 'not_proven'
    await take({ event: 'decided', outcome, text: { reasons: ['evidence_shows'] } })
  }
  return reference
}

const RESIDENT: Who = ['web', 'web_resident']
const STAFF: Who = ['web', 'web_staff']
const asResident = ({ account, subjects }: ResidentActor) => ({
  account,
  subjects: subjects.join(','),
})
const SOMEBODY = '00000000-0000-4000-8000-000000000001'
const asOffice = (office: number) => ({ office: String(office), staff: SOMEBODY })

const says = (who: Who, settings: Settings, statements: readonly string[]) =>
  saysPast(room, { who, settings }, statements)

const REQUEST = 'rectification.request'
const EVENT = 'rectification.request_event'
const of = (reference: string | undefined) => `where reference = '${reference}'`
const set = (changes: string, reference: string | undefined) =>
  `update ${REQUEST} set ${changes} ${of(reference)}`

describe('a resident past every check of the application', () => {
  it('reads the own requests and drafts, and nobody else’s', async () => {
    const all = [`select request from ${REQUEST}`, `select reference from ${EVENT}`]
    const [mine = '', events = ''] = await says(RESIDENT, asResident(amina), all)
    expect(mine).toBe('6 rows')
    expect(Number.parseInt(events, 10)).toBeGreaterThan(8)
    expect(await says(RESIDENT, asResident(bilal), all)).toEqual(['0 rows', '0 rows'])
    expect(await says(RESIDENT, {}, all)).toEqual(['0 rows', '0 rows'])
    expect(await says(RESIDENT, { account: '', subjects: '' }, all)).toEqual(['0 rows', '0 rows'])
  })

  it('sees no draft of the same person under another account', async () => {
    const settings = { ...asResident(amina), account: bilal.account }
    const drafts = `select request from ${REQUEST} where state = 'draft'`
    expect(await says(RESIDENT, settings, [drafts])).toEqual(['0 rows'])
  })

  it('changes and deletes nobody else’s', async () => {
    const statements = [
      `update ${REQUEST} set state = 'withdrawn'`,
      `update ${REQUEST} set content = null`,
      `update ${REQUEST} set version = 1`,
      `delete from ${REQUEST}`,
    ]
    expect(await says(RESIDENT, asResident(bilal), statements)).toEqual(
      statements.map(() => '0 rows'),
    )
  })

  it('begins nothing for anybody else', async () => {
    const draftOf = (account: string, subject: string) =>
      `insert into ${REQUEST} (request, state, subject, account, field, language, version, saved_at)
       values (gen_random_uuid(), 'draft', '${subject}', '${account}', 1, 'de', 1, now())`
    const [own = '', other = ''] = [amina.subjects[0], bilal.subjects[0]]
    const pairs = [
      [amina.account, own],
      [bilal.account, own],
      [amina.account, other],
    ] as const
    const begun = pairs.map(([account, subject]) => draftOf(account, subject))
    expect(await says(RESIDENT, asResident(amina), begun)).toEqual(['1 rows', REFUSED, REFUSED])
  })

  it.each(['received', 'question', 'proposed', 'decided'])(
    'changes nothing of what was filed and is %s',
    async (state) => {
      const changes = [
        "content = '\\x00'",
        "reference = 'AAAAAAAA'",
        "kind = 'delete'",
        'office = 1',
        'due_on = current_date',
        'form_met_on = current_date',
        'is_restricted = not is_restricted',
        'has_evidence = not has_evidence',
        "filed_at = filed_at - interval '1 year'",
      ]
      const statements = changes.map((change) => set(change, requests[state]))
      expect(await says(RESIDENT, asResident(amina), statements)).toEqual(
        changes.map(() => REFUSED),
      )
    },
  )

  it('decides nothing, gives nobody a case, and proposes nothing', async () => {
    const statements = [
      set("state = 'decided'", requests['proposed']),
      set("state = 'decided'", requests['received']),
      set("state = 'in_review'", requests['received']),
      set("state = 'in_review'", requests['proposed']),
      set("state = 'received'", requests['decided']),
      set("state = 'closed'", requests['decided']),
      set("outcome = 'corrected'", requests['received']),
      set('assignee = gen_random_uuid()', requests['received']),
      set('second_office = 1', requests['proposed']),
      set('proposed_by = gen_random_uuid()', requests['proposed']),
      set('effective_at = now()', requests['proposed']),
      set('decided_at = now()', requests['received']),
      set('subject = gen_random_uuid()', requests['received']),
      set('case_key = null', requests['received']),
    ]
    expect(await says(RESIDENT, asResident(amina), statements)).toEqual(
      statements.map(() => REFUSED),
    )
  })

  it('brings nothing back that was withdrawn, and deletes nothing that was filed', async () => {
    expect(
      await says(RESIDENT, asResident(amina), [
        set("state = 'received'", requests['withdrawn']),
        set('version = 1', requests['withdrawn']),
        `delete from ${REQUEST} ${of(requests['received'])}`,
        `delete from ${REQUEST} where request = '${draft}'`,
      ]),
    ).toEqual(['0 rows', '0 rows', '0 rows', '1 rows'])
  })

  it('never reads who works on a request', async () => {
    const columns = ['assignee', 'proposed_by', 'second_office', 'effective_at', '*']
    const statements = columns.map((column) => `select ${column} from ${REQUEST}`)
    expect(await says(RESIDENT, asResident(amina), statements)).toEqual(columns.map(() => REFUSED))
  })

  it('writes no act of an office or of the portal, nor of anybody else', async () => {
    const act = (by: string, subject: string | undefined) =>
      `insert into ${EVENT} (class, expires_on, leaf_index, recorded_at, subject, request, reference,
         number, kind, by, salt)
       values (20, current_date + 30, 999999, now(), '${subject}', gen_random_uuid(), 'AAAAAAAA', 1,
         'decided', '${by}', decode(repeat('00', 32), 'hex'))`
    expect(
      await says(RESIDENT, asResident(amina), [
        act('office', amina.subjects[0]),
        act('portal', amina.subjects[0]),
        act('resident', bilal.subjects[0]),
      ]),
    ).toEqual([REFUSED, REFUSED, REFUSED])
  })
})

describe('an office past every check of the application', () => {
  const cases = `select request from ${REQUEST}`

  it('sees its own cases, and no draft', async () => {
    expect(
      await says(STAFF, asOffice(room.office.id), [cases, `${cases} where state = 'draft'`]),
    ).toEqual(['5 rows', '0 rows'])
  })

  it('sees no other office’s, but what it is asked to confirm while it is proposed', async () => {
    const proposed = `${cases} ${of(requests['proposed'])}`
    const events = `select number from ${EVENT} ${of(requests['received'])}`
    expect(await says(STAFF, asOffice(room.other.id), [cases, proposed, events])).toEqual([
      '1 rows',
      '1 rows',
      '0 rows',
    ])
    expect(await says(STAFF, {}, [cases, events])).toEqual(['0 rows', '0 rows'])
  })

  it('changes nothing of another office’s, takes no case and gives none away', async () => {
    expect(
      await says(STAFF, asOffice(room.other.id), [
        set("state = 'closed'", requests['received']),
        set(`office = ${room.other.id}`, requests['proposed']),
        set("state = 'decided'", requests['proposed']),
        `delete from ${REQUEST}`,
      ]),
    ).toEqual(['0 rows', REFUSED, REFUSED, REFUSED])
    expect(
      await says(STAFF, asOffice(room.office.id), [
        set(`office = ${room.other.id}`, requests['received']),
        set("state = 'draft'", requests['received']),
        set("content = '\\x00'", requests['received']),
        set('subject = gen_random_uuid()', requests['received']),
        set("outcome = 'corrected', case_key = null", requests['received']),
      ]),
    ).toEqual([REFUSED, REFUSED, REFUSED, REFUSED, REFUSED])
  })

  it('passes on and confirms through functions that look at the office themselves', async () => {
    const pass = (reference: string) =>
      `select 1 where (select rectification.pass_on('${reference}', 3, 1, now(), current_date))`
    const confirm = (reference: string) =>
      `select 1 where (select rectification.second_step('${reference}', 5, true, now(), current_date))`
    const idOf = async (state: string) => {
      const { rows } = await room.superuser.query<{ request: string }>(
        `select request from ${REQUEST} ${of(requests[state])}`,
      )
      return rows[0]?.request ?? ''
    }
    const [received, proposed] = [await idOf('received'), await idOf('proposed')]
    expect(
      await says(STAFF, asOffice(room.other.id), [
        pass(received),
        pass(proposed),
        confirm(received),
      ]),
    ).toEqual(['0 rows', '0 rows', '0 rows'])
    expect(
      await says(STAFF, asOffice(room.office.id), [pass(received), confirm(proposed)]),
    ).toEqual(['1 rows', '0 rows'])
    expect(await says(STAFF, asOffice(room.other.id), [confirm(proposed)])).toEqual(['1 rows'])
  })
})

describe('what happened to requests', () => {
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
    const settings = { ...asResident(amina), ...asOffice(room.office.id) }
    const statements = [
      `update ${EVENT} set kind = kind`,
      `truncate ${EVENT}`,
      `delete from ${EVENT}`,
    ]
    const [updated, truncated, deleted] = await says(who, settings, statements)
    expect([updated, truncated]).toEqual([REFUSED, REFUSED])
    // Retention deletes what is due, and nothing is.
    expect(deleted).toBe(who[1] === 'retention' ? '0 rows' : REFUSED)
    const asSuperuser = await answersTo(room.superuser, statements)
    expect(asSuperuser).toEqual([REFUSED, REFUSED, REFUSED])
  })

  it.each(WAYS.slice(2))('is read by nobody else: %s as %s', async (...who) => {
    const settings = { ...asResident(amina), ...asOffice(room.office.id) }
    const statements = [`select reference from ${EVENT}`, `select request from ${REQUEST}`]
    expect(await says(who, settings, statements)).toEqual([REFUSED, REFUSED])
  })
})
