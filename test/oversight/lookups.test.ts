import { setTimeout as sleep } from 'node:timers/promises'
import type { StaffActor } from '../../server/identity/index.js'
import type { Person, Room } from '../inquiries/room.js'
import { visitorAs } from '../journeys/stations.js'
import { REFUSED } from '../platform/answers.js'
import { commits, says } from '../support/past.js'
import type { Visitor } from '../support/visitor.js'
import { about, entriesIn, LIST, searcherOf, type Form, type Searcher } from './searcher.js'

const DAY_MS = 86_400_000
const NOTHING = 'kein Zugriff Ihrer Behörde'

let searcher: Searcher
let room: Room
let amina: Person
let hidden: Person
let strange: Person
let officer: StaffActor
let dpo: Visitor

beforeAll(async () => {
  searcher = await searcherOf()
  ;({ room, amina, hidden, strange, officer, dpo } = searcher)
}, 60_000)

afterAll(() => room?.close())

/** Forgets the searches so far, so that each test has its ten. */
beforeEach(() => unguarded('delete from oversight.lookup'))

const unguarded = (statement: string) => searcher.unguarded(statement)
const post = (visitor: Visitor, form: Partial<Form>) => searcher.post(visitor, form)
const searched = (form: Form) => searcher.searched(form)
const looks = (person: Person) => searcher.looks(person)

describe('an officer whom a person asks who saw their data', () => {
  it('finds the accesses by the number, goes on to the report, and the person sees the look', async () => {
    expect((await dpo.get('/de/oversight/accesses')).body).toContain(`href="${LIST}"`)
    const before = await looks(amina)
    const result = await searched(about(amina))
    expect(result).toMatch(new RegExp(`^${LIST}/[0-9A-Z]{8}$`))
    // The answer is the same for everybody; only who opens the result learns anything.
    expect(await looks(amina)).toEqual(before)
    const { status, body } = await dpo.get(result)
    expect(status).toBe(200)
    expect(await looks(amina)).toEqual([before[0] + 1, before[1]])
    // Looks through the portal are accesses of the office as well, this one included.
    expect(entriesIn(body)).toHaveLength(4 + before[0] + 1)
    expect(body).toContain('steht im Protokoll der Person')
    expect(body).toContain(`${entriesIn(body).length} Zugriffe Ihrer Behörde.`)
    expect(body).toContain('nichts Auffälliges')
    expect(body).not.toContain(amina.number)
    const [, entry = ''] = /reports\/new\?entry&#x3D;(\d+)/.exec(body) ?? []
    const report = await dpo.get(`/de/oversight/reports/new?entry=${entry}`)
    expect(report.body).toContain('die Daten einer Person')
    expect(await room.faults()).toEqual([])
  })

  it('leaves no trace for a person who may not know', async () => {
    const before = await looks(hidden)
    const { body } = await dpo.get(await searched({ ...about(hidden), reason: 'suspicion' }))
    expect(entriesIn(body)).toHaveLength(2 + 1)
    expect(await looks(hidden)).toEqual([before[0], before[1] + 1])
    expect(before[0]).toBe(0)
  })

  it('is told where there is nothing, of a number that nobody has as of one that another office knows', async () => {
    for (const form of [
      about(strange),
      about({ number: '999999999999' }),
      { scheme: 'local', number: 'A-1', reason: 'access' },
    ]) {
      const before = await looks(strange)
      const { body } = await dpo.get(await searched(form))
      expect(body).toContain(NOTHING)
      expect(entriesIn(body)).toEqual([])
      expect(await looks(strange)).toEqual(before)
    }
  })

  it.each([
    ['no kind', { number: '1', reason: 'access' }, 'scheme'],
    ['no number', { scheme: 'azr', reason: 'access' }, 'number'],
    ['letters for digits', { scheme: 'azr', number: 'abc', reason: 'access' }, 'number'],
    [
      'a number of another kind',
      { scheme: 'idnr', number: '1'.repeat(12), reason: 'access' },
      'number',
    ],
    ['no reason', { scheme: 'azr', number: '222222222223' }, 'reason'],
    [
      'a reason that there is not',
      { scheme: 'azr', number: '222222222223', reason: 'x' },
      'reason',
    ],
  ] as [string, Partial<Form>, string][])(
    'is told what is wrong with %s',
    async (_what, form, field) => {
      const { status, body } = await post(dpo, form)
      expect(status).toBe(400)
      expect(body).toContain(`href="#${field}"`)
      if (form.number !== undefined) expect(body).toContain(`value="${form.number}"`)
      expect(await room.app.portal.lookups.list(officer)).toEqual([])
    },
  )

  it('may search ten times a day, whatever they find, and as often as they ask at once', async () => {
    const { lookups } = room.app.portal
    const subject = amina.actor.subjects[0] ?? ''
    const asked = await Promise.all(
      Array.from({ length: 14 }, () => lookups.ask(officer, { subject, reason: 'access' })),
    )
    expect(asked.filter((one) => one !== undefined)).toHaveLength(10)
    const { status, body } = await post(dpo, about(strange))
    expect(status).toBe(409)
    expect(body).toContain('zu oft gesucht')
    await unguarded(`update oversight.lookup set counted_at = counted_at - interval '25 hours'`)
    expect(await searched(about(strange))).toContain(LIST)
  })

  it('is counted with whoever searches at the same moment', async () => {
    const { lookups } = room.app.portal
    const subject = amina.actor.subjects[0] ?? ''
    for (let count = 0; count < 9; count++)
      await lookups.ask(officer, { subject, reason: 'access' })
    const { pools, roles } = room.app.installation
    const clients = await Promise.all([pools.web.connect(), pools.web.connect()])
    const [first, second] = clients
    try {
      for (const client of clients) {
        await client.query(`begin; set local role ${roles.web_staff};
          set local mirat.office = '${room.office.id}'; set local mirat.staff = '${officer.staff}'`)
      }
      const search = (reference: string) =>
        `select oversight.look_up(gen_random_uuid(), '${reference}', 'access', null, now()) as done`
      expect((await first.query(search('AAAA2222'))).rows).toEqual([{ done: true }])
      const later = second.query(search('BBBB2222'))
      // It has to have begun: it waits for the first one, or has not heard of it.
      await Promise.race([later, sleep(300)])
      await first.query('commit')
      expect((await later).rows).toEqual([{ done: false }])
      await second.query('commit')
    } finally {
      for (const client of clients) client.release(true)
    }
  })

  it('is asked who they are once, however often they have searched', async () => {
    const { lookups } = room.app.portal
    const subject = amina.actor.subjects[0] ?? ''
    for (let count = 0; count < 9; count++)
      await lookups.ask(officer, { subject, reason: 'access' })
    const { superuser } = room
    await superuser.query(`begin; set local track_functions = 'all';
      set local mirat.office = '${room.office.id}'; set local mirat.staff = '${officer.staff}'`)
    const { rows: may } = await superuser.query('select oversight.may_look_up() as may')
    const { rows } = await superuser.query<{ calls: number }>(
      `select coalesce(sum(calls), 0)::int as calls from pg_stat_xact_user_functions where schemaname = 'identity'`,
    )
    await superuser.query('rollback')
    expect(may).toEqual([{ may: true }])
    expect(rows[0]?.calls).toBe(2)
  })

  it('opens the result alone, and for a day', async () => {
    const result = await searched(about(amina))
    const before = await looks(amina)
    for (const name of ['caseworker-2', 'dpo-2', 'supervisor']) {
      expect((await (await visitorAs(room.app, name)).get(result)).status).toBe(404)
    }
    const { clock } = room.app
    const now = clock.now()
    clock.moveTo(new Date(now.getTime() + DAY_MS + 1_000))
    const reference = result.split('/').at(-1) ?? ''
    await expect(room.app.portal.lookups.open(officer, reference)).rejects.toThrow('NOT_FOUND')
    clock.moveTo(now)
    expect(await looks(amina)).toEqual(before)
  })
})

describe('searches', () => {
  it('are seen by officers of the office and by the supervision, without number, person or member of staff', async () => {
    const reference = (await searched(about(amina))).split('/').at(-1) ?? ''
    for (const [name, isSeen] of [
      ['caseworker-2', true],
      ['supervisor', true],
      ['dpo-2', false],
    ] as const) {
      const { body } = await (await visitorAs(room.app, name)).get(LIST)
      expect(body.includes(reference)).toBe(isSeen)
      expect(body).not.toContain(amina.number)
      expect(body.includes(`${LIST}/${reference}`)).toBe(false)
      expect(body.includes('name="number"')).toBe(name !== 'supervisor')
    }
  })

  it('mark in the menu where people come from', async () => {
    const marked = (body: string) => {
      const links = [...body.matchAll(/<a href="([^"]+)"[^>]*aria-current="true"/g)]
      // The language of the page is marked as well.
      return new Set(links.flatMap(([, href = '']) => (href === LIST ? [] : [href])))
    }
    expect(marked((await dpo.get(LIST)).body)).toEqual(new Set(['/de/oversight/accesses']))
    const supervisor = await visitorAs(room.app, 'supervisor')
    expect(marked((await supervisor.get(LIST)).body)).toEqual(new Set(['/de/oversight/looks']))
  })

  it('say the same of somebody and of nobody to whoever has not opened them', async () => {
    const lists: string[] = []
    for (const form of [about(amina), about(strange)]) {
      await unguarded('delete from oversight.lookup')
      const reference = (await searched(form)).split('/').at(-1) ?? ''
      const { body } = await dpo.get(LIST)
      const list = body.slice(body.lastIndexOf('<h2>'), body.indexOf('</main>'))
      lists.push(list.replaceAll(reference, '').replaceAll(/<time.*?<\/time>/g, ''))
    }
    expect(lists[0]).toContain('Ergebnis öffnen')
    expect(lists[0]).toBe(lists[1])
  })

  it('go after a year, and not before', async () => {
    await searched(about(amina))
    expect(await room.app.portal.lookups.forget()).toBe(0)
    await unguarded('update oversight.lookup set expires_on = current_date')
    expect(await room.app.portal.lookups.forget()).toBe(1)
  })

  it('are written by the function alone, in the name of an officer, and stay', async () => {
    const reference = (await searched(about(amina))).split('/').at(-1) ?? ''
    const who = ['web', 'web_staff'] as const
    const worker = await room.staff('worker', 'caseworker')
    const settings = { office: String(room.office.id), staff: officer.staff }
    expect(
      await says(room, { who, settings }, [
        `insert into oversight.lookup values (gen_random_uuid(), 'ABCD2345', ${room.office.id}, '${officer.staff}',
          'access', null, now(), now(), '2027-01-01')`,
        'update oversight.lookup set entry = null',
        'delete from oversight.lookup',
        'select counted_at from oversight.lookup',
        'select entry from oversight.lookup',
      ]),
    ).toEqual([REFUSED, REFUSED, REFUSED, REFUSED, REFUSED])
    const call = `select oversight.look_up(gen_random_uuid(), 'ABCD2345', 'access', 1, now())`
    const settingsOf = { ...settings, staff: worker.staff }
    expect(await says(room, { who, settings: settingsOf }, [call])).toEqual(['1 rows'])
    await commits(room, { who, settings: settingsOf }, [call])
    const { rows } = await room.superuser.query<{ reference: string }>(
      'select reference from oversight.lookup',
    )
    expect(rows).toEqual([{ reference }])
    await expect(room.superuser.query('delete from oversight.lookup')).rejects.toThrow()
  })
})
