import { createHash, createHmac } from 'node:crypto'
import { daysAfter } from '../../server/platform/kernel/days.js'
import { contractFaults, observations, observe, type OpenApi } from '../ingestion/observed.js'
import { expectProblem } from '../ingestion/problems.js'
import type { Room } from '../inquiries/room.js'
import { TYP, tellingOffice, type TellingOffice } from './office.js'

let office: TellingOffice
let room: Room

beforeAll(async () => {
  office = await tellingOffice()
  room = office.room
})

afterAll(() => room?.close())

const booked = (changes: object = {}) => office.booked(changes)
const tell = (appointments: readonly object[], changes: object = {}) =>
  office.tell(appointments, changes)
const entries = () => office.entries()

describe('an office that tells of appointments', () => {
  const stream = () => room.authority.stream

  it('has each noted once, however often it tells', async () => {
    const before = await entries()
    const two = [booked(), booked({ day: daysAfter(office.today, 30), unit: 'benefits' })]
    const first = await tell(two)
    expect([first.status, first.body]).toEqual([201, { stream: stream(), recorded: 2, known: 0 }])
    const again = await tell(two)
    expect([again.status, again.body]).toEqual([200, { stream: stream(), recorded: 0, known: 2 }])
    const more = await tell([...two, booked()])
    expect([more.status, more.body]).toEqual([201, { stream: stream(), recorded: 1, known: 2 }])
    expect(await entries()).toBe(before + 3)
  })

  it('changes and calls off with a higher version, and undoes nothing with a lower one', async () => {
    const one = booked()
    const moved = { ...one, version: 2, day: daysAfter(office.today, 3) }
    const off = { ...moved, version: 3, status: 'cancelled' }
    const before = await entries()
    for (const said of [one, moved, off, one, moved, off]) await tell([said])
    expect(await entries()).toBe(before + 3)
    const { rows } = await room.superuser.query<Record<string, unknown>>(
      `select kind, number, day::text, expires_on::text as until from appointments.appointment
        order by leaf_index desc limit 3`,
    )
    expect(rows.map(({ kind, number, day }) => [kind, number, day])).toEqual([
      ['cancelled', 3, daysAfter(office.today, 3)],
      ['booked', 2, daysAfter(office.today, 3)],
      ['booked', 1, office.today],
    ])
    // What ends another lives as long as it, or the ended one would stand again.
    const until = rows.map((row) => String(row['until']))
    expect([...until].sort().reverse()).toEqual(until)
  })

  it('says the same at the end in whatever order its versions come', async () => {
    const orders = [
      ...[
        [1, 2, 3],
        [1, 3, 2],
        [2, 1, 3],
      ],
      ...[
        [2, 3, 1],
        [3, 1, 2],
        [3, 2, 1],
      ],
    ]
    const isOff = (version: number) => (version === 3 ? 'cancelled' : 'booked')
    for (const order of orders) {
      const subject = { scheme: 'azr', value: office.bilal.number }
      const one = booked({ subject })
      for (const version of order) {
        const day = daysAfter(office.today, 20 + version)
        await tell([{ ...one, version, day, status: isOff(version) }])
      }
      const { rows } = await room.superuser.query<Record<string, unknown>>(
        `select kind, number from appointments.appointment where ref =
          (select ref from appointments.appointment order by leaf_index desc limit 1) order by leaf_index`,
      )
      expect(rows.at(-1)).toEqual({ kind: 'cancelled', number: 3 })
      const numbers = rows.map(({ number }) => Number(number))
      expect([...numbers].sort()).toEqual(numbers)
    }
  })

  it('has a version remembered that says the same, so that none before it counts', async () => {
    const one = booked({ subject: { scheme: 'azr', value: office.bilal.number } })
    const before = await entries()
    await tell([one])
    expect((await tell([{ ...one, version: 5 }])).body['recorded']).toBe(1)
    const late = await tell([{ ...one, version: 3, day: daysAfter(office.today, 4) }])
    expect(late.body['known']).toBe(1)
    expect(await entries()).toBe(before + 2)
  })

  it('is refused more than five of a person on a day, and can still move and call off', async () => {
    const day = daysAfter(office.today, 40)
    const five = Array.from({ length: 5 }, () => booked({ day }))
    expect((await tell(five)).status).toBe(201)
    const codes = async (said: readonly object[]) =>
      ((await tell(said)).body['errors'] as { code: string; field: string }[]).map(
        ({ field, code }) => `${field} ${code}`,
      )
    expect(await codes([booked({ day })])).toEqual(['day too_many'])
    expect(
      await codes(Array.from({ length: 6 }, () => booked({ day: daysAfter(day, 1) }))),
    ).toEqual(Array.from({ length: 6 }, () => 'day too_many'))
    expect((await tell([{ ...five[0], version: 2, unit: 'benefits' }])).status).toBe(201)
    const off = { ...five[1], version: 2, status: 'cancelled' }
    expect((await tell([off, booked({ day })])).status).toBe(201)
    expect(await codes([booked({ day })])).toEqual(['day too_many'])
  })

  it('is refused more than two hundred things about a person, and can still call off', async () => {
    const subject = { scheme: 'azr', value: office.letter.number }
    const many = Array.from({ length: 201 }, (_, at) =>
      booked({ subject, day: daysAfter(office.today, Math.floor(at / 5)) }),
    )
    expect((await tell(many)).status).toBe(422)
    expect((await tell(many.slice(1))).status).toBe(201)
    const { body } = await tell([many[0] ?? {}])
    expect(body['errors']).toMatchObject([{ field: 'ref', code: 'too_many' }])
    const off = many.slice(1, 4).map((one) => ({ ...one, version: 2, status: 'cancelled' }))
    expect((await tell(off)).status).toBe(201)
  })

  it('has its names for appointments hidden by a key', async () => {
    const one = booked({ ref: 'AZ-2026-4711', day: daysAfter(office.today, 50) })
    await tell([one])
    const guess = `mirat/appointment/v1\0${stream()}\0AZ-2026-4711`
    const { rows } = await room.superuser.query<{ ref: Buffer }>(
      'select ref from appointments.appointment order by leaf_index desc limit 1',
    )
    for (const text of [guess, 'AZ-2026-4711', guess.slice(guess.indexOf('\0') + 1)]) {
      expect(rows[0]?.ref.equals(createHash('sha256').update(text).digest())).toBe(false)
      const unkeyed = createHmac('sha256', Buffer.alloc(0)).update(text).digest()
      expect(rows[0]?.ref.equals(unkeyed)).toBe(false)
    }
  })

  it('may name the time, of which the day in Germany is kept', async () => {
    const from = `${daysAfter(office.today, 5)}T23:30:00Z`
    const until = `${daysAfter(office.today, 6)}T00:30:00Z`
    expect((await tell([booked({ day: undefined, from, until })])).status).toBe(201)
    const { rows } = await room.superuser.query<{ day: string }>(
      'select day::text from appointments.appointment order by leaf_index desc limit 1',
    )
    expect(rows).toEqual([{ day: daysAfter(office.today, 6) }])
  })

  it.each<[string, () => object, string]>([
    ['no day', () => ({ day: undefined }), 'day required'],
    ['a day and a time', () => ({ from: `${office.today}T10:00:00Z` }), 'day malformed'],
    ['a day that is none', () => ({ day: '2026-02-30' }), 'day malformed'],
    ['an end alone', () => ({ until: `${office.today}T10:00:00Z` }), 'from required'],
    [
      'an end before its beginning',
      () => ({
        day: undefined,
        from: `${office.today}T10:00:00Z`,
        until: `${office.today}T09:00:00Z`,
      }),
      'until out_of_range',
    ],
    ['a day too far ahead', () => ({ day: daysAfter(office.today, 151) }), 'day too_far_ahead'],
    [
      'a day that can explain nothing',
      () => ({ day: daysAfter(office.today, -15) }),
      'day too_old',
    ],
    ['words', () => ({ reason: 'Beratung' }), 'reason unknown_key'],
    ['a reference of words', () => ({ ref: 'Herr Kolibri' }), 'ref malformed'],
    ['another state', () => ({ status: 'attended' }), 'status unknown_code'],
    ['an unknown unit', () => ({ unit: 'kitchen' }), 'unit unknown_code'],
    [
      'no number of a person',
      () => ({ subject: { scheme: 'azr', value: '1' } }),
      'subject.value malformed',
    ],
    ['no version', () => ({ version: 0 }), 'version out_of_range'],
    ['what nothing could call off', () => ({ version: 1_000_000 }), 'version out_of_range'],
  ])('is refused with %s, and nothing of it is noted', async (_what, changes, fault) => {
    const before = await entries()
    const answer = await tell([booked(), booked(changes())])
    expectProblem(answer, 422, 'bad-events')
    const errors = answer.body['errors'] as { seq: number; field: string; code: string }[]
    expect(errors.map(({ seq, field, code }) => `${seq} ${field} ${code}`)).toEqual([`2 ${fault}`])
    expect(await entries()).toBe(before)
  })

  it('is refused a reference twice, for another person, and a version that said something else', async () => {
    const one = booked()
    await tell([one])
    const faultsOf = async (...said: object[]) => {
      const { body } = await tell(said)
      return (body['errors'] as { field: string; code: string }[]).map(({ code }) => code)
    }
    const subject = { scheme: 'azr', value: office.bilal.number }
    expect(await faultsOf(one, one)).toEqual(['duplicate'])
    expect(await faultsOf({ ...one, version: 2, subject })).toEqual(['subject_changed'])
    expect(await faultsOf({ ...one, day: daysAfter(office.today, 1) })).toEqual(['version_used'])
  })

  it('is refused as a delivery of accesses is', async () => {
    const signed = (changes: object = {}) =>
      room.authority.sign(office.claims([booked()], changes), { typ: TYP })
    const before = await entries()
    expectProblem(await tell([booked()], { aud: 'https://other.example' }), 401, 'bad-audience')
    expectProblem(await tell([booked()], { stream: 'another' }), 403, 'wrong-stream')
    expectProblem(await office.post(await signed(), {}, 'another'), 403, 'wrong-stream')
    expectProblem(
      await office.post(await signed(), { 'content-type': 'text/plain' }),
      415,
      'wrong-media-type',
    )
    expectProblem(
      await office.post(await room.authority.sign(office.claims([booked()]))),
      401,
      'bad-type',
    )
    expectProblem(await tell([booked()], { firstSeq: 1 }), 400, 'bad-claims')
    expectProblem(await tell([]), 400, 'bad-claims')
    const many = Array.from({ length: 1001 }, () => 1)
    expectProblem(await tell(many as unknown as object[]), 413, 'too-large')
    expect(await entries()).toBe(before)
    const jti = 'used-once'
    expect((await tell([booked()], { jti })).status).toBe(201)
    expectProblem(await tell([booked()], { jti }), 401, 'replayed')
  })

  it('notes each once where the same comes many times at once', async () => {
    const before = await entries()
    const one = booked()
    const answers = await Promise.all(Array.from({ length: 6 }, () => tell([one])))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201])
    expect(await entries()).toBe(before + 1)
  })
})

test('every answer is as the OpenAPI document says', async () => {
  const { body } = await observe(room.app, '/api/openapi.json')
  const document = body as unknown as OpenApi
  const seen = observations.filter(({ path }) => path.endsWith('/appointments'))
  expect(seen.length).toBeGreaterThan(20)
  expect(seen.flatMap((one) => contractFaults(document, one))).toEqual([])
})
