import type { Login, RoleName } from '../../server/platform/db/roles.js'
import type { StaffActor } from '../../server/identity/index.js'
import { answersTo, REFUSED } from '../platform/answers.js'
import { startTestApp } from '../support/app.js'
import { roomOf, type Person, type Room } from './room.js'

let room: Room
let amina: Person
let bilal: Person
let clerk: StaffActor
let colleague: StaffActor
let officer: StaffActor
let elsewhere: StaffActor
let waiting = ''
let force = ''
let others = ''
let guarded = ''

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('amina')
  bilal = await room.resident('bilal')
  clerk = await room.staff('clerk', 'caseworker')
  colleague = await room.staff('colleague', 'caseworker')
  officer = await room.staff('officer', 'dpo')
  elsewhere = await room.staff('elsewhere', 'caseworker', room.other)
  force = await room.granted(amina, clerk)
  others = await room.granted(amina, clerk, { grounds: ['others'] })
  guarded = await room.applied(amina, { signed: true })
  await room.step(clerk, guarded, { event: 'granted', isGuarded: true })
  waiting = await room.applied(amina, { signed: true })
  await room.app.portal.blocks.begin(amina.actor, 'objection')
})

afterAll(() => room?.close())

type Who = readonly [Login, RoleName]
type Settings = Readonly<Record<string, string>>
const RESIDENT: Who = ['web', 'web_resident']
const STAFF: Who = ['web', 'web_staff']

const asResident = ({ actor }: Person): Settings => ({
  account: actor.account,
  subjects: actor.subjects.join(','),
})
const asStaff = ({ staff, office }: StaffActor): Settings => ({ staff, office: String(office) })

/** What the database answers to statements of a role, past every check of the application. */
async function says(who: Who, settings: Settings, statements: readonly string[]) {
  const [login, role] = who
  const client = await room.app.installation.pools[login].connect()
  try {
    await client.query(`set role ${room.app.installation.roles[role]}`)
    for (const [name, value] of Object.entries(settings)) {
      await client.query('select set_config($1, $2, false)', [`mirat.${name}`, value])
    }
    return await answersTo(client, statements)
  } finally {
    client.release(true)
  }
}

const BLOCK = 'blocks.block'
const EVENT = 'blocks.block_event'
const all = `select block from ${BLOCK}`
const set = (what: string, reference: string) =>
  `update ${BLOCK} set ${what} where reference = '${reference}'`
const over = (state: string) => `state = '${state}', ended_at = now(), version = 9`
const idOf = (reference: string) => `(select block from ${BLOCK} where reference = '${reference}')`

const draftOf = (person: Person, changes: Readonly<Record<string, string>> = {}) => {
  const { account, subjects } = person.actor
  const row = {
    ...{ block: 'gen_random_uuid()', subject: `'${subjects[0]}'`, account: `'${account}'` },
    ...{ kind: "'transmission'", state: "'draft'", grounds: "'{}'", version: '0' },
    ...{ saved_at: 'now()', expires_on: 'current_date', ...changes },
  }
  return `insert into ${BLOCK} (${Object.keys(row).join()}) values (${Object.values(row).join()})`
}
const act = (by: string, subject: string | undefined, block: string) =>
  `insert into ${EVENT} (class, expires_on, leaf_index, recorded_at, subject, block, reference, what,
     number, kind, by, office, salt)
   select 50, current_date + 30, 999999, now(), '${subject}', ${block}, 'AAAAAAAA', 'transmission', 9,
     'granted', '${by}', ${by === 'office' ? room.office.id : 'null'}, decode(repeat('00', 32), 'hex')`

describe('a resident past every check of the application', () => {
  it('sees own blocks alone, and none without a setting', async () => {
    expect(await says(RESIDENT, asResident(amina), [all])).toEqual(['5 rows'])
    expect(await says(RESIDENT, asResident(bilal), [all, `select number from ${EVENT}`])).toEqual([
      '0 rows',
      '0 rows',
    ])
    expect(await says(RESIDENT, {}, [all])).toEqual(['0 rows'])
  })

  it('begins drafts for nobody else, and nothing that is granted', async () => {
    expect(
      await says(RESIDENT, asResident(amina), [
        draftOf(amina),
        draftOf(bilal),
        draftOf(amina, { account: `'${bilal.actor.account}'` }),
        draftOf(amina, { from_at: 'now()' }),
        draftOf(amina, { state: "'in_force'" }),
        draftOf(amina, { is_guarded: 'true' }),
      ]),
    ).toEqual(['1 rows', ...Array.from({ length: 5 }, () => REFUSED)])
  })

  it('withdraws and lifts, and grants, prolongs and refuses nothing', async () => {
    expect(
      await says(RESIDENT, asResident(amina), [
        set(over('withdrawn'), waiting),
        set(over('lifted'), force),
        set("state = 'lifting'", others),
        set(over('lifted'), others),
        set("state = 'in_force'", waiting),
        set(over('refused'), waiting),
        set(over('lifted'), waiting),
        set("until = '2099-01-01'", force),
        set('from_at = now()', waiting),
        set('is_guarded = false', guarded),
        set('case_key = null', force),
        `delete from ${BLOCK} where state <> 'draft'`,
      ]),
    ).toEqual([
      ...['1 rows', '1 rows', '1 rows'],
      ...Array.from({ length: 8 }, () => REFUSED),
      '0 rows',
    ])
    expect(await says(RESIDENT, asResident(bilal), [set(over('lifted'), force)])).toEqual([
      '0 rows',
    ])
  })

  it('writes no act of an office, nor about a block of somebody else', async () => {
    const own = amina.actor.subjects[0]
    expect(
      await says(RESIDENT, asResident(amina), [
        act('resident', own, idOf(force)),
        act('office', own, idOf(force)),
        act('portal', own, idOf(force)),
        act('resident', bilal.actor.subjects[0], idOf(force)),
        act('resident', own, 'gen_random_uuid()'),
      ]),
    ).toEqual(['1 rows', REFUSED, REFUSED, REFUSED, REFUSED])
  })

  it('reads no transfer that nobody was heard about, and asks about nobody else’s block', async () => {
    const subjects = `array['${bilal.actor.subjects[0]}']::uuid[]`
    expect(
      await says(RESIDENT, asResident(amina), [
        'select from blocks.unheard_transfer',
        `select blocks.in_force(${subjects})`,
        `select blocks.is_blocked(${subjects}, now())`,
      ]),
    ).toEqual([REFUSED, REFUSED, REFUSED])
  })
})

describe('staff past every check of the application', () => {
  it('read blocks as caseworkers of the office that decides, without drafts', async () => {
    const reads = [`select reference from ${BLOCK} where not is_guarded`]
    expect(await says(STAFF, asStaff(clerk), reads)).toEqual(['3 rows'])
    const nobody: readonly Settings[] = [
      asStaff(officer),
      asStaff(elsewhere),
      { office: String(clerk.office) },
      { staff: clerk.staff },
      { ...asStaff(clerk), office: String(room.other.id) },
      {},
    ]
    for (const settings of nobody) {
      expect(await says(STAFF, settings, [...reads, `select number from ${EVENT}`])).toEqual([
        '0 rows',
        '0 rows',
      ])
    }
  })

  it('see what guards a witness only where they decided it themselves', async () => {
    const read = [`select reference from ${BLOCK} where is_guarded`]
    expect(await says(STAFF, asStaff(clerk), read)).toEqual(['1 rows'])
    expect(await says(STAFF, asStaff(colleague), read)).toEqual(['0 rows'])
    const { items } = await room.app.portal.blockDesk.list(clerk, { isOver: false })
    expect(items.map(({ reference }) => reference)).not.toContain(guarded)
    const open = (actor: StaffActor) => room.app.portal.blockDesk.open(actor, guarded)
    expect((await open(clerk)).block.isGuarded).toBe(true)
    await expect(open(colleague)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('confirm no refusal that they proposed themselves', async () => {
    const propose = `state = 'proposed', proposed_by = '${clerk.staff}', version = 2`
    expect(await says(STAFF, asStaff(clerk), [set(propose, waiting)])).toEqual(['1 rows'])
    await room.superuser.query(set(propose, waiting))
    expect(await says(STAFF, asStaff(clerk), [set(over('refused'), waiting)])).toEqual([REFUSED])
    expect(await says(STAFF, asStaff(colleague), [set(over('refused'), waiting)])).toEqual([
      '1 rows',
    ])
  })

  it('withdraw and expire nothing, and change nothing of an application', async () => {
    expect(
      await says(STAFF, asStaff(clerk), [
        set(over('withdrawn'), force),
        set(over('expired'), force),
        set("grounds = '{other}'", force),
        set('case_key = null', force),
        set(`office = ${room.other.id}`, force),
        `select account from ${BLOCK}`,
        `delete from ${BLOCK}`,
      ]),
    ).toEqual(Array.from({ length: 7 }, () => REFUSED))
    for (const other of [officer, elsewhere]) {
      expect(await says(STAFF, asStaff(other), [set(over('ended'), force)])).toEqual(['0 rows'])
    }
  })

  it('make no transmission block of what is no information block of theirs', async () => {
    const derive = `select blocks.derive('${(await room.row(force)).block}', gen_random_uuid(), 'AAAAAAAA',
      1, null, now(), current_date) is null as refused`
    expect(await says(STAFF, asStaff(clerk), [derive])).toEqual(['1 rows'])
    const { rows } = await room.superuser.query(
      "select from blocks.block where reference = 'AAAAAAAA'",
    )
    expect(rows).toEqual([])
  })
})

describe('what happened to blocks', () => {
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
    const settings = { ...asResident(amina), ...asStaff(clerk) }
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
    const settings = { ...asResident(amina), ...asStaff(clerk) }
    expect(
      await says(who, settings, [
        `select reference from ${EVENT}`,
        all,
        'select from blocks.unheard_transfer',
      ]),
    ).toEqual([REFUSED, REFUSED, REFUSED])
  })

  it('is asked by deliveries through functions alone', async () => {
    const subjects = `array['${amina.actor.subjects[0]}']::uuid[]`
    expect(
      await says(['ingest', 'ingest'], {}, [
        `select * from blocks.in_force(${subjects})`,
        `select * from blocks.restricted(${subjects})`,
        `select blocks.is_blocked(${subjects}, now())`,
      ]),
    ).toEqual([expect.stringMatching(/^[123] rows$/), '0 rows', REFUSED])
  })
})
