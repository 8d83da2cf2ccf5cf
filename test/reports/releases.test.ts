import type { StaffActor } from '../../server/identity/index.js'
import type { Room } from '../inquiries/room.js'
import { REFUSED } from '../platform/answers.js'
import { commits, says as saysPast } from '../support/past.js'
import { csrfIn, type Visitor } from '../support/visitor.js'
import { officerOf, REPORTS, type Officer } from './officer.js'

const RELEASES = '/de/oversight/releases'
/** A sign-in of the demonstration that nobody else has here. */
const COLLEAGUE = 'caseworker-2'
const DAY_MS = 86_400_000

let officer: Officer
let room: Room
let supervisor: Visitor
/** A second officer of the same office. */
let colleague: StaffActor

beforeAll(async () => {
  officer = await officerOf()
  room = officer.room
  supervisor = await officer.reader('supervisor')
  colleague = await room.staff(COLLEAGUE, 'dpo')
}, 60_000)

afterAll(() => room?.close())

async function decided(browser: Visitor, reference: string, decision: string): Promise<number> {
  const { body } = await browser.get(REPORTS.replace('reports', 'releases'))
  const csrf = /name="csrf" value="([^"]+)"/.exec(body)?.[1] ?? ''
  return (await browser.post(`${RELEASES}/${reference}`, { csrf, decision })).status
}

const stateOf = async (reference: string) => (await officer.read(reference)).state

describe('a report that was asked for', () => {
  it('is asked for with a reason, and not without', async () => {
    const { body } = await officer.dpo.get(`${REPORTS}/new?shown=yes&format=csv`)
    expect(body).toMatch(/value="csv"[^>]* checked/)
    const form = { csrf: csrfIn(body), query: 'shown=yes', language: 'ar', format: 'json' }
    const sent = await officer.dpo.post(REPORTS, form)
    expect(sent.status).toBe(400)
    expect(sent.body).toContain('Wählen Sie einen Grund.')
    expect(sent.body).toMatch(/value="json"[^>]* checked/)
    expect(sent.body).toContain('name="query" value="shown&#x3D;yes"')
  })

  it('is not made before somebody else has released it', async () => {
    const reference = await officer.unreleased({ query: 'shown=yes' })
    const looks = await officer.looks()
    expect(await officer.work()).toBe(0)
    expect(await officer.looks()).toEqual(looks)
    const { body } = await officer.dpo.get(`${REPORTS}/${reference}`)
    expect(body).toContain('wartet auf eine zweite Person')
    expect(body).toContain('Regelmäßige Kontrolle')
    // A zero would read as a report without any access.
    expect(body).not.toContain('Zugriffe gefunden')
    const list = await supervisor.get(RELEASES)
    expect(list.body).toContain(reference)
    expect(list.body).toContain('Jobcenter Stadt Pforzheim')
    expect(list.body).toContain('Zugriffe passen')
    expect(await decided(supervisor, reference, 'released')).toBe(303)
    expect(await officer.work()).toBe(1)
    expect(await stateOf(reference)).toBe('ready')
    expect((await officer.dpo.get(`${REPORTS}/${reference}`)).body).toContain(
      'Freigegeben von der Aufsicht',
    )
    expect((await supervisor.get(RELEASES)).body).not.toContain(reference)
  })

  it('is released by another officer of the office, who is not named', async () => {
    const reference = await officer.unreleased()
    expect((await officer.dpo.get(RELEASES)).body).not.toContain(reference)
    const other = await officer.reader(COLLEAGUE)
    expect((await other.get(RELEASES)).body).toContain(reference)
    expect((await other.get(`${REPORTS}/${reference}`)).body).toContain('Berichte freigeben')
    expect(await decided(other, reference, 'released')).toBe(303)
    const { body } = await officer.dpo.get(`${REPORTS}/${reference}`)
    expect(body).toContain('Freigegeben von einer anderen Person für Datenschutz')
    expect(body).not.toContain(colleague.staff)
  })

  it('is not released by whoever asked for it', async () => {
    const reference = await officer.unreleased()
    const { body } = await officer.dpo.get(`${REPORTS}/${reference}`)
    const form = { csrf: csrfIn(body), decision: 'released' }
    const sent = await officer.dpo.post(`${RELEASES}/${reference}`, form)
    expect(sent.status).toBe(409)
    expect(sent.body).toContain('Diesen Bericht haben Sie selbst angefordert.')
    expect(await stateOf(reference)).toBe('unreleased')
  })

  it('is no concern of the officer of another office', async () => {
    const reference = await officer.unreleased()
    const elsewhere = await officer.reader('dpo-2')
    expect((await elsewhere.get(RELEASES)).body).not.toContain(reference)
    const csrf = csrfIn((await elsewhere.get(`${REPORTS}/new`)).body)
    const sent = await elsewhere.post(`${RELEASES}/${reference}`, { csrf, decision: 'released' })
    expect(sent.status).toBe(404)
    expect(await stateOf(reference)).toBe('unreleased')
  })

  it('ends with a refusal', async () => {
    const reference = await officer.unreleased()
    expect(await decided(supervisor, reference, 'refused')).toBe(303)
    expect(await officer.work()).toBeLessThan(2)
    expect(await stateOf(reference)).toBe('refused')
    const { body } = await officer.dpo.get(`${REPORTS}/${reference}`)
    expect(body).toContain('Nicht freigegeben von der Aufsicht')
  })

  it('is decided once: the second of two hears that it is too late', async () => {
    const reference = await officer.unreleased()
    const { releases } = room.app.portal
    const answers = await Promise.all([
      releases.decide(officer.supervisor, { reference, decision: 'released' }),
      releases.decide(colleague, { reference, decision: 'refused' }),
    ])
    expect([...answers].sort()).toEqual(['done', 'not_now'])
    expect(await decided(supervisor, reference, 'released')).toBe(409)
  })

  it('can be cancelled by its asker before, and not be released then', async () => {
    const reference = await officer.unreleased()
    const other = await officer.reader(COLLEAGUE)
    const csrf = csrfIn((await other.get(`${REPORTS}/new`)).body)
    expect((await other.post(`${REPORTS}/${reference}/cancel`, { csrf })).status).toBe(409)
    const { body } = await officer.dpo.get(`${REPORTS}/${reference}`)
    const form = { csrf: csrfIn(body) }
    expect((await officer.dpo.post(`${REPORTS}/${reference}/cancel`, form)).status).toBe(303)
    const late = await supervisor.post(`${RELEASES}/${reference}`, {
      ...{ csrf: csrfIn((await supervisor.get('/de/oversight/confirmations')).body) },
      decision: 'released',
    })
    expect(late.status).toBe(409)
    expect(late.body).toContain('schon entschieden')
  })

  it('lapses when nobody has released it for 14 days', async () => {
    const reference = await officer.unreleased()
    const { clock, portal } = room.app
    const asked = clock.now()
    clock.moveTo(new Date(asked.getTime() + 14 * DAY_MS - 60_000))
    expect(await officer.lapse()).toBe(0)
    clock.moveTo(new Date(asked.getTime() + 14 * DAY_MS + 60_000))
    const decision = { reference, decision: 'released' } as const
    expect(await portal.releases.decide(officer.supervisor, decision)).toBe('not_now')
    expect(await officer.lapse()).toBeGreaterThan(0)
    clock.moveTo(asked)
    expect(await stateOf(reference)).toBe('lapsed')
    expect((await officer.dpo.get(`${REPORTS}/${reference}`)).body).toContain('innerhalb von 14')
  })

  it('fails where its asker is no longer the officer when it is made', async () => {
    const asked = await room.app.portal.archive.ask(colleague, {
      ...{ format: 'pdf', language: 'de', filter: {}, reason: 'audit', expected: undefined },
    })
    const decision = { reference: asked, decision: 'released' } as const
    expect(await room.app.portal.releases.decide(officer.actor, decision)).toBe('done')
    const become = `update identity.staff set state = $2 where staff = $1`
    await room.superuser.query(become, [colleague.staff, 'suspended'])
    await officer.work()
    await room.superuser.query(become, [colleague.staff, 'active'])
    expect(await stateOf(asked)).toBe('failed')
  })
})

describe('the database', () => {
  const web = ['web', 'web_staff'] as const
  const own = () => String(room.office.id)
  const release = (reference: string) =>
    `do $$ begin
      if reports.decide('${reference}', 'released', now()) <> 'done' then
        raise exception 'not done' using errcode = '42501';
      end if;
    end $$`

  it('lets officers ask for their own office, cancel, and write nothing else', async () => {
    await room.superuser.query(
      `update reports.report set state = 'lapsed', ended_at = now() where state = 'unreleased'`,
    )
    const settings = { office: own(), staff: officer.actor.staff }
    const row = (office: number, state: string, reason = `'audit'`) =>
      `insert into reports.report (report, reference, office, staff, format, language, filter, log_size, log_at,
        catalogue, software, state, reason, asked_at) values (gen_random_uuid(), upper(left(md5(random()::text), 8)), ${office},
        '${officer.actor.staff}', 'pdf', 'de', '{}', 1, now(), 1, '1', '${state}', ${reason}, now())`
    const answers = await saysPast(room, { who: web, settings }, [
      row(room.office.id, 'unreleased'),
      row(room.office.id, 'waiting'),
      row(room.office.id, 'unreleased', 'null'),
      row(room.other.id, 'unreleased'),
      row(room.office.id, 'failed'),
      `update reports.report set digest = 'x'`,
      `update reports.report set state = 'ready'`,
      `insert into reports.chunk values (gen_random_uuid(), 1, 1, 'x', current_date)`,
      'delete from reports.report',
      `insert into reports.release values (gen_random_uuid(), now(), 'released', 'officer', 1, gen_random_uuid())`,
      'update reports.release set office = 1',
      'select staff from reports.release',
    ])
    // Nothing is open, so what would make a report ready finds none.
    expect(answers).toEqual([
      ...['1 rows', REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, '0 rows', REFUSED, REFUSED],
      ...[REFUSED, REFUSED, REFUSED],
    ])
    const tables = ['report', 'part', 'chunk', 'release'].map(
      (name) => `select from reports.${name}`,
    )
    const worker = await room.staff('worker', 'caseworker')
    for (const past of [
      { office: String(room.other.id), staff: officer.actor.staff },
      { office: own() },
      { office: own(), staff: worker.staff },
    ]) {
      expect(await saysPast(room, { who: web, settings: past }, tables)).toEqual(
        tables.map(() => '0 rows'),
      )
    }
  })

  it('releases for nobody but another officer of the office and a supervisor, both active', async () => {
    const worker = await room.staff('worker-2', 'caseworker')
    const elsewhere = await room.staff('dpo-4', 'dpo', room.other)
    const operator = await room.staff('operator', 'operator')
    const gone = await room.staff('supervisor-2', 'supervisor')
    await room.superuser.query(`update identity.staff set state = 'suspended' where staff = $1`, [
      gone.staff,
    ])
    const reference = await officer.unreleased()
    const answer = (settings: Readonly<Record<string, string>>) =>
      commits(room, { who: web, settings }, [release(reference)])
    for (const { staff } of [officer.actor, worker, elsewhere, operator, gone]) {
      expect(await answer({ office: own(), staff })).toBe(REFUSED)
    }
    expect(await answer({ office: String(room.other.id), staff: elsewhere.staff })).toBe(REFUSED)
    expect(await answer({ office: own() })).toBe(REFUSED)
    expect(await answer({ office: own(), staff: colleague.staff })).toBe('done')
    expect(await stateOf(reference)).toBe('waiting')
    const second = await officer.unreleased()
    const { staff } = officer.supervisor
    const settings = { office: '', staff }
    expect(await commits(room, { who: web, settings }, [release(second)])).toBe('done')
  })

  it('shows supervisors what waits, and no file', async () => {
    await officer.unreleased()
    const settings = { office: '', staff: officer.supervisor.staff }
    const answers = await saysPast(room, { who: web, settings }, [
      `select from reports.report where state <> 'unreleased'`,
      'select from reports.part',
      'select from reports.chunk',
    ])
    expect(answers).toEqual(['0 rows', '0 rows', '0 rows'])
    const waiting = await saysPast(room, { who: web, settings }, ['select from reports.report'])
    expect(waiting).not.toEqual(['0 rows'])
    expect((await supervisor.get(REPORTS)).status).toBe(404)
  })

  it('lets the worker make what was released, and release nothing', async () => {
    await officer.unreleased()
    const answers = await saysPast(room, { who: ['worker', 'worker'], settings: {} }, [
      `update reports.report set state = 'working' where state = 'unreleased'`,
      `update reports.report set state = 'waiting' where state = 'unreleased'`,
      `select reports.decide('x', 'released', now())`,
    ])
    expect(answers).toEqual(['0 rows', '0 rows', REFUSED])
  })

  it('keeps what was decided as it is', async () => {
    const owner = room.app.installation.roles.owner
    for (const change of [
      `update reports.release set by = 'officer'`,
      'delete from reports.release',
    ]) {
      await room.superuser.query('begin')
      await expect(room.superuser.query(change)).rejects.toMatchObject({ code: REFUSED })
      await room.superuser.query('rollback')
    }
    await room.superuser.query('begin')
    await room.superuser.query(`set local role ${owner}`)
    await expect(room.superuser.query('truncate reports.release')).rejects.toMatchObject({
      code: REFUSED,
    })
    await room.superuser.query('rollback')
  })

  it('tells everybody else nothing but whether a checksum was issued', async () => {
    const tables = ['report', 'part', 'chunk', 'release'].map(
      (name) => `select from reports.${name}`,
    )
    expect(await saysPast(room, { who: ['web', 'web_public'], settings: {} }, tables)).toEqual(
      tables.map(() => REFUSED),
    )
  })
})
