import type { StaffActor } from '../../server/identity/index.js'
import { answersTo, REFUSED } from '../platform/answers.js'
import { startTestApp } from '../support/app.js'
import { says as saysPast, type Settings, type Who } from '../support/past.js'
import { citerOf } from './citing.js'
import { roomOf, type Person, type Room } from './room.js'

let room: Room
let amina: Person
let bilal: Person
let clerk: StaffActor
let officer: StaffActor
let elsewhere: StaffActor
let officerElsewhere: StaffActor
/** Consents of Amina: one that was refused, and one that was withdrawn. */
let refused = ''
let withdrawn = ''

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('amina')
  bilal = await room.resident('bilal')
  clerk = await room.staff('clerk')
  officer = await room.staff('officer', 'dpo')
  elsewhere = await room.staff('elsewhere', 'caseworker', room.other)
  officerElsewhere = await room.staff('officer-elsewhere', 'dpo', room.other)
  const colleague = await room.staff('colleague')
  // The other office is named as a recipient: it must learn of no refusal all the same.
  const recipients = [room.other.code]
  const chamber = await room.published(
    [clerk, colleague],
    room.content('c.cv_chamber', { recipients }),
  )
  const news = await room.published([clerk, colleague], room.content('c.newsletter'))
  const [no = ''] = await room.answered(amina, await room.asked(clerk, amina, news), [])
  refused = no
  const [yes = ''] = await room.answered(amina, await room.asked(clerk, amina, chamber), ['all'])
  withdrawn = yes
  await room.app.portal.consents.withdraw(amina.actor, withdrawn)
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

const ROLES: readonly Who[] = [
  ['web', 'web_resident'],
  ['web', 'web_staff'],
  ['web', 'web_public'],
  ['ingest', 'ingest'],
  ['worker', 'worker'],
  ['reporting', 'reporting'],
  ['retention', 'retention'],
]
const READS = ['ask', 'consent', 'entry', 'notice'].map((table) => `select 1 from consent.${table}`)
const NONE = READS.map(() => '0 rows')

describe('a resident past every check of the application', () => {
  it('sees what is their own, and nothing without a setting', async () => {
    expect(await says(RESIDENT, asResident(amina), READS)).toEqual([
      '2 rows',
      '2 rows',
      '3 rows',
      '2 rows',
    ])
    expect(await says(RESIDENT, asResident(bilal), READS)).toEqual(NONE)
    expect(await says(RESIDENT, {}, READS)).toEqual(NONE)
  })

  it('takes nothing back, gives nothing to others, and writes as nobody else', async () => {
    const set = (what: string) =>
      `update consent.consent set ${what} where reference = '${refused}'`
    expect(
      await says(RESIDENT, asResident(amina), [
        set(`state = 'withdrawn'`),
        set(`state = 'given'`),
        set('given_at = now()'),
        set('office = 1'),
        'delete from consent.consent',
        'delete from consent.ask',
        `insert into consent.ask (ask) values (gen_random_uuid())`,
        `update consent.notice set state = 'acknowledged'`,
        'select from consent.sealed_notice',
        `update consent.version set content = ''`,
      ]),
    ).toEqual(['0 rows', '0 rows', ...Array.from({ length: 8 }, () => REFUSED)])
  })
})

describe('a refusal', () => {
  it('is seen by the office that asked and the person, by nobody else who works anywhere', async () => {
    const reads = [`select state from consent.consent where reference = '${refused}'`]
    expect(await says(STAFF, asStaff(clerk), reads)).toEqual(['1 rows'])
    expect(await says(STAFF, asStaff(officer), reads)).toEqual(['1 rows'])
    for (const who of [elsewhere, officerElsewhere]) {
      expect(await says(STAFF, asStaff(who), reads)).toEqual(['0 rows'])
      expect(await says(STAFF, asStaff(who), READS)).toEqual(NONE)
      const { consentDesk, consentNotices } = room.app.portal
      await expect(consentDesk.consent(who, refused)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect((await consentDesk.list(who, { isOpen: false })).items).toEqual([])
      expect(await consentNotices.letters(who)).toEqual([])
    }
    for (const settings of [{}, { staff: clerk.staff }]) {
      expect(await says(STAFF, settings, READS)).toEqual(NONE)
    }
  })

  it.each(ROLES.slice(2))('reaches no other role: %s as %s', async (...who) => {
    const settings = { ...asResident(amina), ...asStaff(clerk) }
    const answers = await says(who, settings, READS)
    // The worker sees what runs out, retention what is due: neither is ever a refusal that is kept.
    const seen: Readonly<Record<string, readonly string[]>> = {
      worker: [REFUSED, '0 rows', '1 rows', REFUSED],
      retention: [REFUSED, REFUSED, '0 rows', '0 rows'],
    }
    expect(answers).toEqual(seen[who[1]] ?? READS.map(() => REFUSED))
  })

  it('is nothing to whoever records accesses: citing it is like citing nothing', async () => {
    const { rows } = await room.superuser.query<{ reference: string; consent: string }>(
      'select reference, consent from consent.consent',
    )
    const idOf = (wanted: string) => rows.find(({ reference }) => reference === wanted)?.consent
    const cited = (id: string | undefined) => `select consent from consent.cited('{${id}}')`
    const nobodys = '00000000-0000-4000-8000-000000000000'
    const ids = [idOf(refused), idOf(withdrawn), nobodys]
    expect(await says(['ingest', 'ingest'], {}, ids.map(cited))).toEqual([
      '0 rows',
      '1 rows',
      '0 rows',
    ])
    for (const who of ROLES.filter(([, role]) => role !== 'ingest')) {
      expect(await says(who, asStaff(clerk), [cited(idOf(withdrawn))])).toEqual([REFUSED])
    }
  })

  it('is told to nobody, though the wording names recipients', async () => {
    const { rows } = await room.superuser.query(
      `select from consent.notice n join consent.consent c using (consent) where c.reference = $1`,
      [refused],
    )
    expect(rows).toEqual([])
    expect(await room.app.portal.consentNotices.told(amina.actor, refused)).toEqual([])
  })
})

describe('what was published', () => {
  it.each(ROLES)('never changes: %s as %s', async (...who) => {
    const settings = { ...asResident(amina), ...asStaff(clerk) }
    const answers = await says(who, settings, [
      `update consent.version set content = '{}', digest = digest`,
      `update consent.version set published_by = drafted_by`,
      'delete from consent.version where published_at is not null',
      'truncate consent.version',
    ])
    // Staff may write drafts; the trigger and the policies refuse what was published.
    const isStaff = who[1] === 'web_staff'
    expect(answers).toEqual([REFUSED, REFUSED, isStaff ? '0 rows' : REFUSED, REFUSED])
    expect(
      await answersTo(room.superuser, [
        `update consent.version set content = '{}'`,
        'delete from consent.version',
      ]),
    ).toEqual([REFUSED, REFUSED])
  })
})

describe('the consent ledger', () => {
  it('is changed by nobody, in no partition', async () => {
    const { rows } = await room.superuser.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_inherits i on i.inhrelid = c.oid
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'consent' and c.relkind = 'r' and c.relispartition`,
    )
    const tables = ['consent.entry', ...rows.map(({ name }) => name)]
    expect(tables.length).toBeGreaterThan(2)
    for (const table of tables) {
      const statements = [
        `update ${table} set kind = kind`,
        `truncate ${table}`,
        `delete from ${table}`,
      ]
      for (const who of ROLES) {
        const settings = { ...asResident(amina), ...asStaff(clerk) }
        const answers = await says(who, settings, statements)
        const isDue = who[1] === 'retention' && table === 'consent.entry'
        expect([table, who, answers]).toEqual([
          table,
          who,
          [REFUSED, REFUSED, isDue ? '0 rows' : REFUSED],
        ])
      }
      const owner = await answersTo(room.superuser, statements.slice(0, 2))
      expect(owner).toEqual(
        table === 'consent.entry' || owner[0] === REFUSED ? [REFUSED, REFUSED] : owner,
      )
    }
  })

  it.each(ROLES)('is sent and flagged by those who do it alone: %s as %s', async (...who) => {
    const id = '00000000-0000-4000-8000-000000000000'
    const answers = await says(who, {}, [
      `select consent.make_notices('${id}')`,
      `select consent.flag_ended('${id}')`,
      'select notice from consent.take_notices(now(), 0)',
      `select consent.settle_notice('${id}', 'sent', now())`,
      `select overview.flag_ended('${id}', now(), now())`,
      `select recipient from overview.received_under('${id}')`,
    ])
    const may = answers.map((answer) => answer !== REFUSED)
    const isWorker = who[1] === 'worker'
    const ends = who[1] === 'web_resident' || who[1] === 'web_staff'
    expect(may).toEqual([ends, ends, isWorker, isWorker, false, false])
  })
})

test('functions of the effect do nothing for a consent that holds', async () => {
  const chamber = await room.app.portal.templating.list(clerk)
  const template = chamber.find(({ content }) => content.code === 'c.cv_chamber')?.template ?? ''
  const [reference = ''] = await room.answered(bilal, await room.asked(clerk, bilal, template), [
    'all',
  ])
  const { consent } = await room.app.portal.consents.consent(bilal.actor, reference)
  const id = consent.consent
  await citerOf(room)({ person: bilal, consent: id, recipient: room.other.code })
  const made = [`select consent.make_notices('${id}')`, `select consent.flag_ended('${id}')`]
  await says(RESIDENT, asResident(amina), made)
  const { rows } = await room.superuser.query(
    `select from consent.notice where consent = $1 union all
      select from overview.access_flag f join overview.access_event e using (leaf_index)
        where e.consent_id = $1 and f.rule = 'consent.not_valid'`,
    [id],
  )
  expect(rows).toEqual([])
})
