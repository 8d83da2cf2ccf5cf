import type { StaffActor } from '../../server/identity/index.js'
import { roomOf, type Person, type Room } from '../inquiries/room.js'
import { REFUSED } from '../platform/answers.js'
import { startTestApp } from '../support/app.js'
import { commits, says as saysPast } from '../support/past.js'
import { csrfIn, type Visitor } from '../support/visitor.js'
import { visitorAs } from '../journeys/stations.js'

const LIST = '/de/oversight/unmaskings'
const ACCESSES = '/de/oversight/accesses'
const PSEUDONYM = 'u-4711-x'
const DAY_MS = 86_400_000
/** A sign-in of the demonstration that nobody else has here. */
const COLLEAGUE = 'caseworker-2'

let room: Room
let amina: Person
let officer: StaffActor
let colleague: StaffActor
let dpo: Visitor
let supervisor: Visitor
/** Accesses with a pseudonym, open and withheld, and one without. */
let entries: { open: number; withheld: number; without: number }

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  amina = await room.resident('amina')
  officer = await room.staff('dpo', 'dpo')
  colleague = await room.staff(COLLEAGUE, 'dpo')
  await room.staff('dpo-2', 'dpo', room.other)
  await room.staff('supervisor', 'supervisor')
  const marked = { operatorRef: PSEUDONYM }
  const [open = 0] = await room.accesses(amina, 1, marked)
  const [withheld = 0] = await room.accesses(amina, 1, { ...marked, disclosure: 'withheld' })
  const [without = 0] = await room.accesses(amina, 1, { operatorRef: undefined })
  entries = { open, withheld, without }
  await room.app.portal.ledger.tick()
  dpo = await reader('dpo')
  supervisor = await reader('supervisor')
}, 60_000)

afterAll(() => room?.close())

const reader = (name: string) => visitorAs(room.app, name)

async function looks(): Promise<readonly [number, number]> {
  const { rows } = await room.superuser.query<{ seen: number; sealed: number }>(
    `select (select count(*)::int from overview.access_event where stream is null and subject = any($1)) as seen,
      (select count(*)::int from overview.sealed_event where stream is null and subject = any($1)) as sealed`,
    [amina.actor.subjects],
  )
  return [rows[0]?.seen ?? 0, rows[0]?.sealed ?? 0]
}

const unmaskings = () => room.app.portal.unmaskings

/** Asks who acted as the officer does, on the page of the access; the reference. */
async function asked(entry: number): Promise<string> {
  const before = new Set((await unmaskings().list(officer)).map(({ reference }) => reference))
  const { body } = await dpo.get(`${ACCESSES}/${entry}`)
  expect(body).toContain('Wer hat gehandelt?')
  const form = { csrf: csrfIn(body), entry: String(entry), reason: 'misuse' }
  expect((await dpo.post(LIST, form)).status).toBe(303)
  const after = await unmaskings().list(officer)
  return after.find(({ reference }) => !before.has(reference))?.reference ?? ''
}

async function released(entry: number): Promise<string> {
  const reference = await asked(entry)
  const { body } = await supervisor.get(LIST)
  expect(body).toContain(reference)
  const form = { csrf: csrfIn(body), decision: 'released' }
  expect((await supervisor.post(`${LIST}/${reference}`, form)).status).toBe(303)
  return reference
}

describe('who acted in an access', () => {
  it('is told to whoever asked, once a supervisor has released it, and each opening stands in the log', async () => {
    const reference = await asked(entries.open)
    const before = await looks()
    expect((await dpo.get(`${LIST}/${reference}`)).status).toBe(404)
    expect(await looks()).toEqual(before)
    const list = await supervisor.get(LIST)
    expect(list.body).toContain('Verdacht auf Missbrauch')
    expect(list.body).not.toContain(PSEUDONYM)
    const form = { csrf: csrfIn(list.body), decision: 'released' }
    expect((await supervisor.post(`${LIST}/${reference}`, form)).status).toBe(303)
    expect((await dpo.get(LIST)).body).toContain(`${LIST}/${reference}"`)
    for (const times of [1, 2]) {
      const { status, body } = await dpo.get(`${LIST}/${reference}`)
      expect(status).toBe(200)
      expect(body).toContain(PSEUDONYM)
      expect(await looks()).toEqual([before[0] + times, before[1]])
    }
    const { rows } = await room.superuser.query<{ kind: string }>(
      `select kind from oversight.unmasking_event e join oversight.unmasking u using (unmasking)
        where u.reference = $1 order by number`,
      [reference],
    )
    expect(rows.map(({ kind }) => kind)).toEqual(['released', 'opened', 'opened'])
    expect((await dpo.get(LIST)).body).not.toContain(PSEUDONYM)
    expect((await dpo.get(ACCESSES)).body).not.toContain(PSEUDONYM)
  })

  it('is opened without a trace for the person where the access is withheld', async () => {
    const reference = await released(entries.withheld)
    const [seen, sealed] = await looks()
    const { body } = await dpo.get(`${LIST}/${reference}`)
    expect(body).toContain(PSEUDONYM)
    expect(body).toContain('unsichtbar')
    expect(await looks()).toEqual([seen, sealed + 1])
    expect(await room.faults()).toEqual([])
  })

  it('is told to nobody else, not even to whoever released it', async () => {
    const reference = await released(entries.open)
    const before = await looks()
    for (const name of ['supervisor', COLLEAGUE, 'dpo-2']) {
      expect((await (await reader(name)).get(`${LIST}/${reference}`)).status).toBe(404)
    }
    expect(await looks()).toEqual(before)
  })

  it('is not released by whoever asked, nor twice, nor elsewhere', async () => {
    const reference = await asked(entries.open)
    const { body } = await dpo.get(`${ACCESSES}/${entries.open}`)
    const own = await dpo.post(`${LIST}/${reference}`, {
      ...{ csrf: csrfIn(body), decision: 'released' },
    })
    expect(own.status).toBe(409)
    expect(own.body).toContain('selbst angefragt')
    const elsewhere = await reader('dpo-2')
    const csrf = csrfIn((await elsewhere.get('/de/oversight/reports/new')).body)
    const form = { csrf, decision: 'released' }
    expect((await elsewhere.post(`${LIST}/${reference}`, form)).status).toBe(404)
    const answers = await Promise.all([
      unmaskings().decide(colleague, { reference, decision: 'refused' }),
      unmaskings().decide(colleague, { reference, decision: 'released' }),
    ])
    expect([...answers].sort()).toEqual(['done', 'not_now'])
  })

  it('is no longer opened 14 days after its release, nor released 14 days after it was asked', async () => {
    const reference = await released(entries.open)
    const waiting = await asked(entries.open)
    const { clock } = room.app
    const now = clock.now()
    clock.moveTo(new Date(now.getTime() + 14 * DAY_MS + 60_000))
    await expect(unmaskings().entryOf(officer, reference)).rejects.toThrow('NOT_FOUND')
    await expect(unmaskings().open(officer, reference)).rejects.toThrow('NOT_FOUND')
    const late = { reference: waiting, decision: 'released' } as const
    expect(await unmaskings().decide(colleague, late)).toBe('not_now')
    const states = new Map(
      (await unmaskings().list(officer)).map((one) => [one.reference, one.state]),
    )
    clock.moveTo(now)
    expect([states.get(reference), states.get(waiting)]).toEqual(['ended', 'lapsed'])
  })

  it('cannot be asked where there is no pseudonym, or another office acted', async () => {
    const { body } = await dpo.get(`${ACCESSES}/${entries.without}`)
    expect(body).not.toContain('Wer hat gehandelt?')
    const form = {
      csrf: csrfIn((await dpo.get(`${ACCESSES}/${entries.open}`)).body),
      reason: 'misuse',
    }
    expect((await dpo.post(LIST, { ...form, entry: String(entries.without) })).status).toBe(404)
    expect((await dpo.post(LIST, { ...form, entry: '99999999' })).status).toBe(404)
    const elsewhere = await reader('dpo-2')
    const csrf = csrfIn((await elsewhere.get('/de/oversight/reports/new')).body)
    const other = { csrf, reason: 'misuse', entry: String(entries.open) }
    expect((await elsewhere.post(LIST, other)).status).toBe(404)
  })
})

describe('the database', () => {
  const who = ['web', 'web_staff'] as const
  const own = () => String(room.office.id)
  const must = (condition: string) =>
    `do $$ begin if not (${condition}) then raise exception 'no' using errcode = '42501'; end if; end $$`

  it('lets nobody but officers ask, in their own name, and nobody write history', async () => {
    const worker = await room.staff('worker', 'caseworker')
    const ask = (staff: string, entry = entries.open) =>
      `insert into oversight.unmasking values (gen_random_uuid(), upper(left(md5(random()::text), 8)), ${entry}, ${room.office.id},
        '${staff}', 'misuse', now())`
    const settings = { office: own(), staff: officer.staff }
    expect(
      await saysPast(room, { who, settings }, [
        ask(officer.staff),
        ask(colleague.staff),
        ask(officer.staff, entries.without),
        `insert into oversight.unmasking_event (unmasking, kind, at, by, staff)
          select unmasking, 'released', now(), 'officer', staff from oversight.unmasking`,
        'select staff from oversight.unmasking_event',
        'update oversight.unmasking set office = 1',
        'delete from oversight.unmasking',
        'select from overview.operator_ref',
      ]),
    ).toEqual(['1 rows', REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED])
    const past = { office: own(), staff: worker.staff }
    expect(
      await saysPast(room, { who, settings: past }, [
        ask(worker.staff),
        'select from oversight.unmasking',
        'select kind from oversight.unmasking_event',
      ]),
    ).toEqual([REFUSED, '0 rows', '0 rows'])
  })

  it('opens for the asker alone, and releases for nobody who is not a second person', async () => {
    const reference = await asked(entries.open)
    const worker = await room.staff('worker-2', 'caseworker')
    const decide = must(`oversight.decide_unmasking('${reference}', 'released', now()) = 'done'`)
    const open = must(`exists (select from oversight.open_unmasking('${reference}', now()))`)
    const says = (staff: string, statement: string) =>
      commits(room, { who, settings: { office: own(), staff } }, [statement])
    for (const { staff } of [officer, worker]) expect(await says(staff, decide)).toBe(REFUSED)
    expect(await says(officer.staff, open)).toBe(REFUSED)
    expect(await says(colleague.staff, decide)).toBe('done')
    for (const { staff } of [colleague, worker]) expect(await says(staff, open)).toBe(REFUSED)
    expect(await says(officer.staff, open)).toBe('done')
  })

  it('keeps the history as it is', async () => {
    for (const table of ['unmasking', 'unmasking_event']) {
      for (const change of [
        `update oversight.${table} set staff = gen_random_uuid()`,
        `delete from oversight.${table}`,
      ]) {
        await expect(room.superuser.query(change)).rejects.toMatchObject({ code: REFUSED })
      }
    }
  })
})
