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

  it('calls off what nobody heard of without leaving a trace', async () => {
    const before = await entries()
    const { status, body } = await tell([booked({ status: 'cancelled' })])
    expect([status, body['known']]).toEqual([200, 1])
    expect(await entries()).toBe(before)
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
