import type { Person, Room } from '../inquiries/room.js'
import type { Wanted } from '../../server/reports/service/archive.js'
import { REFUSED } from '../platform/answers.js'
import { says as saysPast } from '../support/past.js'
import { csrfIn, visitor, type Visitor } from '../support/visitor.js'
import { officerOf, REPORTS, sha256, type Officer } from './officer.js'

let officer: Officer
let room: Room
let bilal: Person
/** An access to data of Amina that she sees, and one that is withheld from her. */
let entries: { open: number; withheld: number }

beforeAll(async () => {
  officer = await officerOf()
  room = officer.room
  bilal = await room.resident('resident-fa')
  await room.accesses(bilal, 2)
  const [open = 0] = await room.accesses(officer.amina, 1)
  const [withheld = 0] = await room.accesses(officer.amina, 1, { disclosure: 'withheld' })
  entries = { open, withheld }
  await room.app.portal.ledger.tick()
}, 60_000)

afterAll(() => room?.close())

/** Asks for a report on the person of an access as the officer does, who looks at the access. */
async function asked(entry: number, format = 'json'): Promise<string> {
  const access = await officer.dpo.get(`/de/oversight/accesses/${entry}`)
  expect(access.body).toContain(`reports/new?entry&#x3D;${entry}"`)
  const { body } = await officer.dpo.get(`${REPORTS}/new?entry=${entry}`)
  expect(body).not.toContain('Zugriffe passen')
  const form = { csrf: csrfIn(body), query: '', entry: String(entry), format, reason: 'complaint' }
  const sent = await officer.dpo.post(REPORTS, form)
  return sent.headers.get('location')?.split('/').at(-1) ?? ''
}

async function looksAtBilal(): Promise<number> {
  const { rows } = await room.superuser.query<{ count: number }>(
    'select count(*)::int as count from overview.access_event where stream is null and subject = any($1)',
    [bilal.actor.subjects],
  )
  return rows[0]?.count ?? Number.NaN
}

describe('a report on one person', () => {
  it('shows their accesses alone, needs nobody else, and stands in their log', async () => {
    const reference = await asked(entries.open)
    expect((await officer.read(reference)).state).toBe('waiting')
    const [seen, sealed] = await officer.looks()
    const before = await looksAtBilal()
    expect(await officer.work()).toBe(1)
    expect(await officer.looks()).toEqual([seen + 1, sealed + 1])
    expect(await looksAtBilal()).toBe(before)
    const text = (await officer.fileOf(reference)).toString()
    const { rows } = await room.superuser.query<{ count: number }>(
      `select count(*)::int as count from (
        select leaf_index, subject, source, recipient from overview.access_event
        union all select leaf_index, subject, source, recipient from overview.sealed_event) entry
        where subject = any($1) and leaf_index < $2 and $3 in (source, recipient)`,
      [officer.amina.actor.subjects, (await officer.read(reference)).log.size, room.office.id],
    )
    expect(JSON.parse(text)).toMatchObject({ count: rows[0]?.count, scope: 'one person' })
    for (const subject of officer.amina.actor.subjects) expect(text).not.toContain(subject)
    const { body } = await officer.dpo.get(`${REPORTS}/${reference}`)
    expect(body).toContain('Zugriffe der Behörde auf die Daten einer Person')
  })

  it('is kept without anything that names or keys the person', async () => {
    const { rows } = await room.superuser.query<{ row: string }>(
      'select row_to_json(r)::text as row from reports.report r',
    )
    for (const { row } of rows) {
      for (const subject of officer.amina.actor.subjects) expect(row).not.toContain(subject)
    }
  })

  it('is not asked for through an access of another office, nor with a filter', async () => {
    const other = await officer.reader('dpo-2')
    expect((await other.get(`${REPORTS}/new?entry=${entries.open}`)).status).toBe(404)
    const csrf = csrfIn((await other.get(`${REPORTS}/new`)).body)
    const form = { csrf, entry: String(entries.open), format: 'json', reason: 'complaint' }
    expect((await other.post(REPORTS, form)).status).toBe(404)
    expect((await officer.dpo.get(`${REPORTS}/new?entry=x`)).status).toBe(404)
    const settings = { office: String(room.office.id), staff: officer.actor.staff }
    const row = (state: string, entry: string, filter = '{}') =>
      `insert into reports.report (report, reference, office, staff, format, language, filter, log_size, log_at,
        catalogue, software, state, reason, entry, asked_at) values (gen_random_uuid(), upper(left(md5(random()::text), 8)),
        ${room.office.id}, '${officer.actor.staff}', 'pdf', 'de', '${filter}', 1, now(), 1, '1', '${state}', 'audit',
        ${entry}, now())`
    const web = ['web', 'web_staff'] as const
    expect(
      await saysPast(room, { who: web, settings }, [
        row('waiting', '1'),
        row('waiting', 'null'),
        row('waiting', '1', '{"shown":"yes"}'),
      ]),
    ).toEqual(['1 rows', REFUSED, '23514'])
  })

  it('is confirmed to that person alone; to everybody else it is as unknown as any', async () => {
    const reference = await asked(entries.open, 'csv')
    await officer.work()
    const hash = sha256(await officer.fileOf(reference))
    const { digest = '' } = await officer.read(reference)
    const never = hash.replace(/^./, (c) => (c === '0' ? '1' : '0'))
    const says = async (reader: Visitor, sum: string, of = '') =>
      (await reader.get(`/de/check?hash=${sum}&reference=${of}`)).body
    const without = (body: string, sum: string) =>
      body.replaceAll(sum, 'SUM').replace(/nonce="[^"]*"|value="[^"]*"/g, '')
    const others = [visitor(room.app), officer.dpo, await officer.reader('resident-fa')]
    for (const reader of others) {
      expect(await says(reader, hash)).toContain('Nicht bekannt')
      expect(await says(reader, digest, reference)).toContain('Nicht bekannt')
      expect(without(await says(reader, hash), hash)).toBe(
        without(await says(reader, never), never),
      )
    }
    const { archive } = room.app.portal
    const about = { checksum: hash, reference: '' }
    expect(await archive.check(about, officer.amina.actor)).toMatchObject({ kind: 'unchanged' })
    expect(await archive.check(about, bilal.actor)).toEqual({ kind: 'unknown' })
  })

  it('is not confirmed to anybody where it was asked for through an access that they must not know of', async () => {
    const reference = await asked(entries.withheld)
    await officer.work()
    const checksum = sha256(await officer.fileOf(reference))
    const about = { checksum, reference }
    const { archive } = room.app.portal
    expect(await archive.check(about, officer.amina.actor)).toEqual({ kind: 'unknown' })
  })

  it('fails where the access through which it was asked for is gone', async () => {
    const reference = await asked(entries.open)
    await room.superuser.query('update reports.report set entry = 99999999 where reference = $1', [
      reference,
    ])
    await officer.work()
    expect((await officer.read(reference)).state).toBe('failed')
  })
})

describe('many reports on one person each', () => {
  const RELEASES = '/de/oversight/releases'
  const { stringify } = JSON
  /** As if these had been asked for so many hours earlier. */
  const pass = (hours: number) =>
    room.superuser.query(
      `update reports.report set alone_at = alone_at - make_interval(hours => $1)`,
      [hours],
    )
  const wanted = (): Wanted => ({
    ...{ entry: entries.open, format: 'json', language: 'de', filter: {} },
    ...{ reason: 'complaint', expected: undefined },
  })
  const ask = async (times: number) => {
    const { archive } = room.app.portal
    const all = Array.from({ length: times }, () => archive.ask(officer.actor, wanted()))
    const states = await Promise.all(
      (await Promise.all(all)).map(async (one) => (await officer.read(one)).state),
    )
    await room.superuser.query(
      `update reports.report set state = 'failed', ended_at = now() where state = 'waiting'`,
    )
    return states.filter((state) => state === 'waiting').length
  }

  beforeAll(async () => {
    await pass(24 * 31)
    while ((await officer.work()) > 0);
  })

  it('need a second person from the sixth within a day on, even where they are asked for at once', async () => {
    expect(await ask(7)).toBe(5)
  })

  it('say so before and after, keep what was chosen, and are made once released', async () => {
    const { body } = await officer.dpo.get(`${REPORTS}/new?entry=${entries.open}`)
    expect(body).toContain('Diesen Bericht gibt eine zweite Person frei.')
    expect(body).toContain('Die zweite Person sieht den Grund.')
    const reference = await asked(entries.open)
    expect(await officer.work()).toBe(0)
    expect((await officer.dpo.get(`${REPORTS}/${reference}`)).body).toContain(
      'wartet auf eine zweite Person',
    )
    const supervisor = await officer.reader('supervisor')
    const list = (await supervisor.get(RELEASES)).body
    expect(list).toContain(reference)
    expect(list).toContain('Zugriffe der Behörde auf die Daten einer Person')
    for (const subject of officer.amina.actor.subjects) expect(list).not.toContain(subject)
    const form = { csrf: csrfIn(list), decision: 'released' }
    expect((await supervisor.post(`${RELEASES}/${reference}`, form)).status).toBe(303)
    expect(await officer.work()).toBe(1)
    expect((await officer.read(reference)).state).toBe('ready')
  })

  it('count for each officer alone, by the clock of the database, and for 30 days as well', async () => {
    const colleague = await room.staff('caseworker-2', 'dpo')
    const { archive } = room.app.portal
    expect(await archive.mayDoAlone(colleague)).toBe(true)
    expect(await archive.mayDoAlone(officer.actor)).toBe(false)
    // Nor does another office of theirs make two officers of one.
    const { enrolment } = room.app.portal
    const post = { officer: officer.actor.staff, role: 'dpo', office: room.other.id } as const
    const further = await enrolment.createDemoStaff({ ...post, assurance: 'high' })
    const elsewhere = { ...officer.actor, staff: further, office: room.other.id }
    expect(await archive.mayDoAlone(elsewhere)).toBe(false)
    const as = {
      who: ['web', 'web_staff'] as const,
      settings: { office: String(room.office.id), staff: officer.actor.staff },
    }
    const insert = (values: object) => {
      const row = {
        ...{ reference: 'LONGAGO1', office: room.office.id, staff: officer.actor.staff },
        ...{ report: '00000000-0000-4000-8000-000000000001', format: 'pdf', language: 'de' },
        ...{ filter: {}, log_size: 1, log_at: '2020-01-01', catalogue: 1, software: '1', tries: 0 },
        ...{ state: 'waiting', reason: 'audit', entry: 1, found: 0, written: 0 },
        ...{ asked_at: '2020-01-01', alone_at: '2020-01-01', ...values },
      }
      return `insert into reports.report select * from
        json_populate_record(null::reports.report, '${stringify(row)}') returning state`
    }
    const waits = `with made as (${insert({})}) select from made where state = 'unreleased'`
    expect(await saysPast(room, as, [waits, insert({ entry: null })])).toEqual(['1 rows', REFUSED])
    for (let day = 1; day < 4; day++) {
      await pass(25)
      expect(await ask(5)).toBe(5)
    }
    await pass(25)
    expect(await ask(1)).toBe(0)
    await pass(24 * 30)
    expect(await archive.mayDoAlone(officer.actor)).toBe(true)
  })
})
