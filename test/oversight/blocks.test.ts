import type { StaffActor } from '../../server/identity/index.js'
import { roomOf, type Person, type Room } from '../blocks/room.js'
import { visitorAs } from '../journeys/stations.js'
import { REFUSED } from '../platform/answers.js'
import { startTestApp } from '../support/app.js'
import { says } from '../support/past.js'
import type { Visitor } from '../support/visitor.js'

const LIST = '/de/oversight/blocks'

let room: Room
let officer: StaffActor
let foreign: StaffActor
let clerk: StaffActor
let amina: Person
let dpo: Visitor
/** References by what became of them. */
const blocks: Record<'overdue' | 'unsigned' | 'force' | 'lifted' | 'guarded', string> = {
  ...{ overdue: '', unsigned: '', force: '', lifted: '', guarded: '' },
}

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('resident-ar')
  const [bilal, cem, dana, ewa] = [
    await room.resident('bilal'),
    await room.resident('cem'),
    await room.resident('dana'),
    await room.resident('ewa'),
  ]
  clerk = await room.staff('caseworker', 'caseworker')
  officer = await room.staff('dpo', 'dpo')
  foreign = await room.staff('dpo-2', 'dpo', room.other)
  blocks.force = await room.granted(bilal, clerk)
  blocks.unsigned = await room.applied(cem)
  blocks.lifted = await room.granted(dana, clerk)
  await room.own(dana, blocks.lifted, { event: 'lifted' })
  blocks.overdue = await room.applied(amina, { signed: true, words: 'Meine eigenen Worte' })
  await room.superuser.query(
    `update blocks.block set due_on = (now() at time zone 'Europe/Berlin')::date - 3 where reference = $1`,
    [blocks.overdue],
  )
  blocks.guarded = await room.applied(ewa, { signed: true })
  await room.step(clerk, blocks.guarded, { event: 'granted', isGuarded: true })
  dpo = await visitorAs(room.app, 'dpo')
}, 90_000)

afterAll(() => room?.close())

const linked = (body: string) =>
  [...body.matchAll(/\/oversight\/blocks\/([0-9A-Z]{8})"/g)].map(([, reference]) => reference)
const looks = async () => {
  const { rows } = await room.superuser.query<{ n: number }>(
    `select count(*)::int as n from overview.access_event where subject = any($1)`,
    [amina.actor.subjects],
  )
  return rows[0]?.n ?? -1
}

describe('the blocks of an office', () => {
  it('stand in a list by what is due, without their persons and their words', async () => {
    const before = await looks()
    const { status, body } = await dpo.get(LIST)
    expect(status).toBe(200)
    expect(linked(body)).toEqual([blocks.overdue, blocks.unsigned, blocks.force])
    expect(body).toContain('Seit 3 Tagen überfällig')
    expect(body).toContain('Unterschrift fehlt noch')
    expect(linked((await dpo.get(`${LIST}?show=over`)).body)).toEqual([blocks.lifted])
    for (const secret of [amina.number, ...amina.actor.subjects, 'Meine eigenen Worte']) {
      expect(body).not.toContain(secret)
    }
    expect(await looks()).toBe(before)
  })

  it('are opened one at a time, and the person sees who looked at what', async () => {
    const before = await looks()
    const { status, body } = await dpo.get(`${LIST}/${blocks.overdue}`)
    expect(status).toBe(200)
    expect(body).toContain('Dieser Blick steht im Protokoll der Person.')
    expect(body).not.toContain('Meine eigenen Worte')
    expect(await looks()).toBe(before + 1)
    const person = await visitorAs(room.app, 'resident-ar')
    const list = await person.get('/de/me/accesses')
    const entry = /\/de\/me\/accesses\/(\d+)"/.exec(list.body)?.[1]
    const seen = await person.get(`/de/me/accesses/${entry}`)
    expect(seen.body).toContain('Datenschutz')
    expect(seen.body).toContain(blocks.overdue)
    // A flow allows it: the look breaks no rule.
    expect(seen.body).not.toContain('Was hier nicht passt')
    expect(await room.faults()).toEqual([])
  })

  it('that guard a witness are nowhere, and asking for one leaves no look', async () => {
    const entries = async () => {
      const { rows } = await room.superuser.query<{ n: number }>(
        'select (select count(*) from overview.access_event)::int + (select count(*) from overview.sealed_event)::int as n',
      )
      return rows[0]?.n
    }
    const before = await entries()
    for (const path of [LIST, `${LIST}?show=over`]) {
      expect((await dpo.get(path)).body).not.toContain(blocks.guarded)
    }
    const guarded = await dpo.get(`${LIST}/${blocks.guarded}`)
    const none = await dpo.get(`${LIST}/X7K2M4NP`)
    expect([guarded.status, none.status]).toEqual([404, 404])
    expect(await entries()).toBe(before)
  })

  it('are its officer’s alone', async () => {
    const other = await visitorAs(room.app, 'dpo-2')
    expect(linked((await other.get(LIST)).body)).toEqual([])
    expect((await other.get(`${LIST}/${blocks.overdue}`)).status).toBe(404)
    expect((await (await visitorAs(room.app, 'caseworker')).get(LIST)).status).toBe(404)
  })

  it('page through more than fit, without a gap', async () => {
    const { blockOversight } = room.app.portal
    await room.superuser
      .query(`insert into blocks.block (block, reference, subject, kind, state, office, grounds, version,
        saved_at, expires_on, form_met_at, filed_at, due_on)
      select gen_random_uuid(), 'PAGE' || lpad(n::text, 4, '0'), gen_random_uuid(), 'objection', 'in_review', office,
          grounds, 1, saved_at, expires_on, saved_at, saved_at, current_date + (n / 7)
        from blocks.block, generate_series(1, 70) n where reference = '${blocks.force}'`)
    const found: string[] = []
    for (let after: { key: string; reference: string } | undefined, isMore = true; isMore;) {
      const query = { isOver: false, ...(after === undefined ? {} : { after }) }
      const { items, next } = await blockOversight.list(officer, query)
      found.push(...items.map(({ reference }) => reference))
      const [key = '', reference = ''] = next?.split('.') ?? []
      after = { key, reference }
      isMore = next !== undefined
    }
    expect(found).toHaveLength(73)
    expect(new Set(found).size).toBe(73)
    expect([found[0], found.at(-1)]).toEqual([blocks.overdue, blocks.force])
  })
})

describe('the views of the database', () => {
  const as = ({ staff }: StaffActor, office = room.office) => ({
    who: ['reporting', 'reporting'] as const,
    settings: { staff, office: String(office.id) },
  })

  it('tell whose a block is to the officer of the office alone, and nothing of one that guards', async () => {
    const of = (reference: string) => [
      `select from reporting.opened_block where reference = '${reference}'`,
    ]
    expect(await says(room, as(officer), of(blocks.overdue))).toEqual(['1 rows'])
    expect(await says(room, as(officer), of(blocks.guarded))).toEqual(['0 rows'])
    for (const who of [as(clerk), as(foreign), as(foreign, room.other), as(officer, room.other)]) {
      expect(await says(room, who, of(blocks.overdue))).toEqual(['0 rows'])
    }
    const listed = [`select from reporting.block where reference = '${blocks.guarded}'`]
    expect(await says(room, as(officer), listed)).toEqual(['0 rows'])
    expect(await says(room, as(officer), ['select from blocks.block'])).toEqual([REFUSED])
  })
})
