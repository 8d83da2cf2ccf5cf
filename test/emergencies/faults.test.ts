import { authorityOf } from '../ingestion/authority.js'
import { contractFaults, observations, observe, type OpenApi } from '../ingestion/observed.js'
import { expectProblem } from '../ingestion/problems.js'
import { REFUSED } from '../platform/answers.js'
import { commits, says, type Who } from '../support/past.js'
import { DAY, declaringOffice, HOUR, TYP, type DeclaringOffice } from './office.js'

let office: DeclaringOffice

beforeAll(async () => {
  office = await declaringOffice()
}, 60_000)

afterAll(() => office?.room.close())

const GROUND = 'life_or_limb'
const now = (later = 0) => new Date(office.room.app.clock.now().getTime() + later).toISOString()
const note = (later = 0) => ({ notedAt: now(later), notedBy: 'unit_head' })
const count = async () => (await office.entries()).length

/** What is wrong, as an office reads it. */
async function faultsOf(...emergencies: readonly unknown[]): Promise<readonly string[]> {
  const { status, body } = await office.declare(emergencies)
  expect(status).toBe(422)
  const errors = body['errors'] as { seq: number; field: string; code: string }[]
  return errors.map(({ seq, field, code }) => `${seq} ${field} ${code}`)
}

describe('an office that declares emergencies', () => {
  it('has each noted once, however often and in whatever order it tells', async () => {
    const one = await office.access(office.amina)
    const before = await count()
    const bare = { seq: one.seq, ground: GROUND }
    const whole = { ...bare, ...note() }
    const said = async (what: object) => {
      const { status, body } = await office.declare([what])
      return [status, body['recorded'], body['known']]
    }
    expect(await said(bare)).toEqual([201, 1, 0])
    expect(await said(bare)).toEqual([200, 0, 1])
    expect(await said(whole)).toEqual([201, 1, 0])
    // What comes late says no more than is known.
    expect(await said(bare)).toEqual([200, 0, 1])
    expect(await said(whole)).toEqual([200, 0, 1])
    const other = await office.access(office.amina)
    expect(await said({ ...whole, seq: other.seq, ...note() })).toEqual([201, 2, 0])
    expect(await said({ seq: other.seq, ground: GROUND })).toEqual([200, 0, 1])
    expect(await count()).toBe(before + 4)
  })

  it('has the same noted once where it comes many times at once', async () => {
    const { seq } = await office.access(office.amina)
    const before = await count()
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => office.declare([{ seq, ground: GROUND }])),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201])
    expect(await count()).toBe(before + 1)
  })

  it('is refused another ground and another note: nothing that was said changes', async () => {
    const { seq } = await office.access(office.amina)
    const whole = { seq, ground: GROUND, ...note() }
    await office.declare([whole])
    const before = await office.entries()
    expect(await faultsOf({ ...whole, ground: 'systems_failed' })).toEqual([
      '1 ground ground_changed',
    ])
    expect(await faultsOf({ ...whole, ...note(1000) })).toEqual(['1 notedAt note_changed'])
    expect(await faultsOf({ ...whole, notedBy: 'office_head' })).toEqual(['1 notedAt note_changed'])
    expect(await office.entries()).toEqual(before)
  })

  it('is refused an access that was not by hand, or does not exist', async () => {
    const { seq } = await office.access(office.amina)
    const before = await count()
    expect(await faultsOf({ seq: seq + 1, ground: GROUND })).toEqual(['1 seq unknown_seq'])
    const program = await office.access(office.amina, { channel: 'automated' })
    expect(await faultsOf({ seq: program.seq, ground: GROUND })).toEqual(['1 seq not_manual'])
    // Of several, none is noted where one is refused.
    expect(await faultsOf({ seq, ground: GROUND }, { seq: program.seq, ground: GROUND })).toEqual([
      '2 seq not_manual',
    ])
    expect(await count()).toBe(before)
  })

  it('that reports what another office did says it of that office', async () => {
    const { seq, index } = await office.access(office.amina, {
      ...{ source: 'i.pf.jobcenter', recipient: 'i.de.bva' },
    })
    expect((await office.declare([{ seq, ground: GROUND }])).status).toBe(201)
    const { rows } = await office.room.superuser.query<{ office: number }>(
      'select office from emergencies.declaration where access = $1',
      [index],
    )
    const { parties } = office.room.app.installation.catalogue
    expect(rows).toEqual([{ office: parties.byCode('i.de.bva')?.id }])
  })

  it('finds no access of another stream under its number', async () => {
    const { seq } = await office.access(office.amina)
    const other = await authorityOf(office.room.app, { code: 'i.pf.abh' })
    const { firstSeq: _first, events: _events, ...common } = other.claims([])
    const declared = async (number: number, stream = other.stream) =>
      office.post(
        await other.sign(
          {
            ...common,
            jti: `j${number}${stream}`,
            stream,
            emergencies: [{ seq: number, ground: GROUND }],
          },
          { typ: TYP },
        ),
        {},
        stream,
      )
    expect((await declared(seq)).body['errors']).toMatchObject([{ code: 'unknown_seq' }])
    expectProblem(await declared(seq, office.room.authority.stream), 403, 'wrong-stream')
  })

  it('is refused a declaration after 72 hours, and has a note taken that comes later', async () => {
    const [early, late] = [await office.access(office.amina), await office.access(office.amina)]
    office.pass(72 * HOUR)
    expect((await office.declare([{ seq: early.seq, ground: GROUND }])).status).toBe(201)
    office.pass(1000)
    expect(await faultsOf({ seq: late.seq, ground: GROUND, ...note() })).toEqual(['1 seq too_late'])
    office.pass(30 * DAY)
    const whole = { seq: early.seq, ground: GROUND, ...note() }
    expect((await office.declare([whole])).body['recorded']).toBe(1)
  })

  it.each<[string, () => object, string]>([
    ['no ground', () => ({ ground: undefined }), 'ground required'],
    ['another ground', () => ({ ground: 'curious' }), 'ground unknown_code'],
    ['words', () => ({ reason: 'Herr Kolibri war krank' }), 'reason unknown_key'],
    ['a note without its author', () => ({ notedAt: now() }), 'notedBy required'],
    ['a note without its time', () => ({ notedBy: 'unit_head' }), 'notedAt required'],
    ['a name as author', () => ({ ...note(), notedBy: 'Frau Kolibri' }), 'notedBy unknown_code'],
    ['a note before the access', () => note(-HOUR), 'notedAt before_access'],
    ['a note to come', () => note(HOUR), 'notedAt in_future'],
    [
      'a note without offset',
      () => ({ ...note(), notedAt: '2026-12-01T10:00:00' }),
      'notedAt malformed',
    ],
    ['no number', () => ({ seq: 0 }), 'seq out_of_range'],
  ])('is refused with %s, and nothing of it is noted', async (_what, changes, fault) => {
    const { seq } = await office.access(office.amina)
    const other = await office.access(office.amina)
    const before = await count()
    const wrong = { seq: other.seq, ground: GROUND, ...changes() }
    expect(await faultsOf({ seq, ground: GROUND }, wrong)).toEqual([`2 ${fault}`])
    expect(await count()).toBe(before)
  })

  it('is refused as a delivery of accesses is', async () => {
    const { seq } = await office.access(office.amina)
    const one = { seq, ground: GROUND }
    const { authority } = office.room
    const signed = () => authority.sign(office.claims([one]), { typ: TYP })
    expect(await faultsOf(one, one)).toEqual(['2 seq duplicate'])
    expectProblem(
      await office.declare([one], { aud: 'https://other.example' }),
      401,
      'bad-audience',
    )
    expectProblem(await office.declare([one], { stream: 'another' }), 403, 'wrong-stream')
    expectProblem(await office.post(await signed(), {}, 'another'), 403, 'wrong-stream')
    expectProblem(
      await office.post(await signed(), { 'content-type': 'text/plain' }),
      415,
      'wrong-media-type',
    )
    const asAccesses = await authority.sign(office.claims([one]))
    expectProblem(await office.post(asAccesses), 401, 'bad-type')
    expectProblem(await office.declare([]), 400, 'bad-claims')
    expectProblem(await office.declare(Array.from({ length: 101 }, () => 1)), 413, 'too-large')
    const jti = 'used-once'
    expect((await office.declare([one], { jti })).status).toBe(201)
    expectProblem(await office.declare([{ ...one, ...note() }], { jti }), 401, 'replayed')
  })

  it('is told the same of a withheld access as of any other', async () => {
    const shown = await office.access(office.bilal)
    const withheld = await office.access(office.bilal, { disclosure: 'withheld' })
    const answers = async (make: (seq: number) => object) => {
      const [one, other] = [
        await office.declare([make(shown.seq)]),
        await office.declare([make(withheld.seq)]),
      ]
      const same = ({ body }: typeof one) => ({ ...body, instance: '' })
      expect(same(one)).toEqual(same(other))
      expect(one.status).toBe(other.status)
      return one.status
    }
    const said = note()
    expect(await answers((seq) => ({ seq, ground: GROUND }))).toBe(201)
    expect(await answers((seq) => ({ seq, ground: GROUND }))).toBe(200)
    expect(await answers((seq) => ({ seq, ground: 'systems_failed' }))).toBe(422)
    expect(await answers((seq) => ({ seq, ground: GROUND, ...said }))).toBe(201)
    expect(await answers((seq) => ({ seq, ground: GROUND, ...said, notedBy: 'office_head' }))).toBe(
      422,
    )
  })

  it('that is cut off in the middle has all noted or nothing, and may say it again', async () => {
    const { seq } = await office.access(office.amina)
    const whole = { seq, ground: GROUND, ...note() }
    const before = await count()
    // The backend ends while the second of the two entries is written.
    await office.room.superuser.query(`
      create function emergencies.cut() returns trigger language plpgsql as $$ begin
        if new.number = 2 then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end $$;
      create trigger cut before insert on emergencies.declaration for each row execute function emergencies.cut()`)
    try {
      expectProblem(await office.declare([whole]), 503, 'unavailable')
    } finally {
      await office.room.superuser.query(
        'drop trigger cut on emergencies.declaration; drop function emergencies.cut()',
      )
    }
    expect(await count()).toBe(before)
    expect((await office.declare([whole])).body['recorded']).toBe(2)
    expect(await office.room.faults()).toEqual([])
  })
})

describe('the tables of declarations', () => {
  const TABLE = 'emergencies.declaration'
  const RESIDENT: Who = ['web', 'web_resident']

  it('show a person their own rows, and what is withheld to nobody', async () => {
    const { actor } = office.bilal
    const settings = { account: actor.account, subjects: actor.subjects.join(',') }
    const asked = [
      `select access from ${TABLE}`,
      'select * from emergencies.released(null)',
      'select from emergencies.sealed_declaration',
    ]
    expect(await says(office.room, { who: RESIDENT, settings }, asked)).toEqual([
      '2 rows',
      '0 rows',
      REFUSED,
    ])
    expect(await says(office.room, { who: RESIDENT, settings: {} }, asked.slice(0, 1))).toEqual([
      '0 rows',
    ])
    const staff: Who = ['web', 'web_staff']
    const counts = ["select * from emergencies.counted(now() - interval '1 year')"]
    const settingsOf = { office: String(office.room.office.id) }
    expect(await says(office.room, { who: staff, settings: settingsOf }, counts)).toEqual([
      '0 rows',
    ])
  })

  it('are changed by nobody, and emptied of nothing before its day', async () => {
    const tries = [
      `update ${TABLE} set ground = 'systems_failed'`,
      `delete from ${TABLE}`,
      `truncate ${TABLE}`,
    ]
    for (const who of [RESIDENT, ['ingest', 'ingest'] as Who]) {
      expect(await says(office.room, { who, settings: {} }, tries)).toEqual(
        tries.map(() => REFUSED),
      )
    }
    const before = await count()
    expect(await office.room.app.portal.emergencies.forget()).toBe(0)
    const retention = { who: ['retention', 'retention'] as Who, settings: {} }
    expect(await commits(office.room, retention, [`delete from ${TABLE}`])).toBe('done')
    expect(await count()).toBe(before)
    await expect(
      office.room.superuser.query(`update ${TABLE} set ground = 'systems_failed'`),
    ).rejects.toThrow('append-only')
  })

  it('lose a row on the day of its access', async () => {
    const before = await count()
    const { rows } = await office.room.superuser.query<{ same: boolean }>(
      `select bool_and(d.expires_on = e.expires_on) as same from ${TABLE} d
        join overview.access_event e on e.leaf_index = d.access`,
    )
    expect(rows).toEqual([{ same: true }])
    await office.room.superuser.query(
      `insert into ${TABLE} select class, current_date, 900000, recorded_at, subject, access, occurred_at, ground,
        noted_at, noted_by, number, kind, by, office, unit, null, null, null, salt from ${TABLE} limit 1`,
    )
    expect(await office.room.app.portal.emergencies.forget()).toBe(1)
    expect(await count()).toBe(before)
  })
})

test('every answer is as the OpenAPI document says', async () => {
  const { body } = await observe(office.room.app, '/api/openapi.json')
  const document = body as unknown as OpenApi
  const seen = observations.filter(({ path }) => path.endsWith('/emergencies'))
  expect(seen.length).toBeGreaterThan(20)
  expect(seen.flatMap((one) => contractFaults(document, one))).toEqual([])
})
