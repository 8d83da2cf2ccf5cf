import { createHash, randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import { readTerm } from '../../server/consent/store/consents.js'
import type { Database, Trx } from '../../server/database.js'
import { contractFaults, observations, observe, type OpenApi } from '../ingestion/observed.js'
import { expectProblem } from '../ingestion/problems.js'
import type { Answer } from '../ingestion/observed.js'
import { startTestApp } from '../support/app.js'
import { poolOf } from '../support/pool.js'
import { programOf, type Program } from './program.js'
import { livesOf, type Lives } from './receipt-holder.js'
import { roomOf, type Person, type Room } from './room.js'

let room: Room
let person: Person
let lives: Lives
let own: Program
let other: Program
const ids: Record<string, string> = {}
let template: string

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('amina')
  const staff = { clerk: await room.staff('clerk'), colleague: await room.staff('colleague') }
  lives = await livesOf(room, { person, ...staff })
  own = await programOf(room.app, room.office.code)
  other = await programOf(room.app, room.other.code)
  for (const [event, reference] of Object.entries(lives) as [string, string][]) {
    const { consent } = await room.app.portal.consents.consent(person.actor, reference)
    ids[event] = consent.consent
    template = consent.template
  }
})

afterAll(() => room?.close())

const record = (id: string | undefined) => `/audit/consent-record/${id}`
const validity = (id: string | undefined) => `/service/verification/consent-record/${id}`
const agreement = (id: string) => `/config/data-agreement/${id}`
const sha256 = (text: unknown) =>
  createHash('sha256')
    .update(text as string)
    .digest('hex')

describe('data agreements', () => {
  it('are those of the own office, as published', async () => {
    const { status, body } = await own.read('/config/data-agreements')
    expect(status).toBe(200)
    const list = body['dataAgreements'] as { id: string; purpose: string; active: boolean }[]
    expect(list).toHaveLength(2)
    const { purpose } = room.content('c.newsletter')
    expect(list.find(({ id }) => id === template)).toMatchObject({ purpose, active: true })
    expect((await other.read('/config/data-agreements')).body).toEqual({ dataAgreements: [] })
  })

  it('have revisions whose hashes hold, each with that of the one before', async () => {
    const [clerk, colleague] = [await room.staff('writer'), await room.staff('publisher')]
    await room.published([clerk, colleague], room.content('c.newsletter', { duration: 'P6M' }))
    const { body } = await own.read(agreement(template))
    expect(body['dataAgreement']).toMatchObject({ id: template, version: '2', active: true })
    const [latest, first] = body['revisions'] as Record<string, unknown>[]
    expect(latest?.['serializedHash']).toBe(sha256(latest?.['serializedSnapshot']))
    expect(latest?.['predecessorHash']).toBe(first?.['serializedHash'])
    expect(first).toMatchObject({ successorId: latest?.['id'], predecessorHash: null })
    const { rows } = await room.superuser.query<{ digest: string }>(
      `select encode(digest, 'hex') as digest from consent.version where template = $1 order by number`,
      [template],
    )
    expect(rows.map(({ digest }) => digest)).toEqual([
      first?.['serializedHash'],
      latest?.['serializedHash'],
    ])
  })

  it('of drafts alone are not there, nor who wrote anything', async () => {
    const clerk = await room.staff('drafter')
    const content = room.content('c.pension')
    const draft = await room.app.portal.templating.draft(clerk, content)
    expectProblem(await own.read(agreement(draft.template)), 404, 'not-found')
    expect((await own.read(agreement(template))).text).not.toContain(clerk.staff)
  })
})

describe('a consent record', () => {
  it.each([
    ['given', true, 1],
    ['refused', false, 1],
    ['withdrawn', false, 2],
    ['superseded', false, 2],
    ['expired', false, 2],
  ])('that is %s shows the asking office what became of it', async (state, optIn, entries) => {
    const { status, body } = await own.read(record(ids[state]))
    expect(status).toBe(200)
    expect(body['consentRecord']).toMatchObject({ id: ids[state], state, optIn })
    const revisions = body['revisions'] as Record<string, unknown>[]
    expect(revisions).toHaveLength(entries)
    for (const { serializedHash, serializedSnapshot } of revisions) {
      expect(serializedHash).toBe(sha256(serializedSnapshot))
    }
    expect(JSON.stringify(body)).not.toContain(person.subject)
  })

  it('of another office is not there, as one that does not exist', async () => {
    const unseen = (answer: Answer) => {
      expectProblem(answer, 404, 'not-found')
      return JSON.stringify({ ...answer.body, instance: '' })
    }
    const nowhere = unseen(await other.read(record(randomUUID())))
    for (const id of Object.values(ids)) {
      expect(unseen(await other.read(record(id)))).toBe(nowhere)
      expect(unseen(await other.read(validity(id)))).toBe(nowhere)
    }
    expect(unseen(await other.read(agreement(template)))).toBe(nowhere)
    for (const path of [record, validity, agreement]) {
      expect(unseen(await own.read(path('x')))).toBe(nowhere)
    }
  })
})

describe('whether a consent is valid', () => {
  const at = (instant: Date) => `?at=${encodeURIComponent(instant.toISOString())}`

  it('is answered for any instant, to the millisecond', async () => {
    const { consent } = await room.app.portal.consents.consent(person.actor, lives.withdrawn)
    const given = consent.givenAt ?? new Date(0)
    const ended = consent.endedAt ?? new Date(0)
    const valid = async (instant: Date) =>
      (await own.read(validity(ids['withdrawn']), at(instant))).body['valid']
    expect(await valid(new Date(given.getTime() - 1))).toBe(false)
    expect(await valid(ended)).toBe(false)
    const { consent: over } = await room.app.portal.consents.consent(person.actor, lives.expired)
    const lasted = async (instant: Date) =>
      (await own.read(validity(ids['expired']), at(instant))).body['valid']
    const until = over.validUntil ?? new Date(0)
    expect(await lasted(over.givenAt ?? until)).toBe(true)
    expect(await lasted(new Date(until.getTime() - 1))).toBe(true)
    expect(await lasted(until)).toBe(false)
    // Whose end nobody has recorded yet ends all the same.
    const { consent: now } = await room.app.portal.consents.consent(person.actor, lives.given)
    const lasts = async (instant: Date) =>
      (await own.read(validity(ids['given']), at(instant))).body['valid']
    const end = now.validUntil ?? until
    expect(await lasts(new Date(end.getTime() - 1))).toBe(true)
    expect(await lasts(end)).toBe(false)
  })

  it('is answered for now where no instant is named, and not for a refusal', async () => {
    const { body } = await own.read(validity(ids['given']))
    const now = room.app.clock.now().toISOString()
    expect(body).toEqual({ id: ids['given'], at: now, valid: true })
    expectProblem(await own.read(validity(ids['refused'])), 404, 'not-found')
  })

  it.each(['yesterday', '2026-11-30', '2026-02-30T00:00:00Z', '2026-11-30T00:00:00'])(
    'is not answered for %s',
    async (instant) => {
      expectProblem(await own.read(validity(ids['given']), `?at=${instant}`), 400, 'bad-query')
    },
  )

  it('costs one look at an index', async () => {
    const queries: string[] = []
    const pool = poolOf(room.app.adminUrl, 1)
    const db = new Kysely<Database>({
      dialect: new PostgresDialect({ pool }),
      log: ({ query }) => void queries.push(query.sql),
    })
    await readTerm(db as unknown as Trx, ids['given'] ?? '')
    expect(queries).toHaveLength(1)
    await pool.query('set enable_seqscan = off')
    const explained = `explain ${queries[0]?.replace('$1', `'${ids['given']}'`)}`
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(explained)
    await db.destroy()
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toMatch(/^Index Scan using consent_pkey/)
  })

  it('needs a token for this very address', async () => {
    const htu = `${room.app.url}/api/v1/consent${validity(ids['refused'])}`
    expectProblem(await own.read(validity(ids['given']), '', { htu }), 401, 'bad-binding')
    expectProblem(await own.read(validity(ids['given']), '', { htm: 'POST' }), 401, 'bad-binding')
    const answer = await observe(room.app, `/api/v1/consent${validity(ids['given'])}`)
    expectProblem(answer, 401, 'no-credentials')
  })
})

describe('an asking by a program', () => {
  let stranger: Person
  const asking = (changes = {}) =>
    own.claims({ subject: { scheme: 'azr', value: stranger.number }, template, ...changes })
  const asked = async () =>
    (await room.app.portal.consents.asked(stranger.actor)).map(({ ask }) => ask.reference)

  beforeAll(async () => {
    stranger = await room.resident('dilan')
  })

  it('reaches the person, once, however often the same request comes', async () => {
    const claims = asking()
    const { status, body } = await own.ask(claims)
    expect([status, Object.keys(body)]).toEqual([201, ['reference']])
    expect(await asked()).toEqual([body['reference']])
    expect((await own.ask(claims)).body).toEqual(body)
    await room.answered(stranger, body['reference'] as string, [])
    expect((await own.ask(claims)).body).toEqual(body)
    expect(await asked()).toEqual([])
  })

  it('is the one that waits already, whoever of the office asked', async () => {
    const waiting = await room.asked(await room.staff('asker'), stranger, template)
    expect((await own.ask(asking())).body).toEqual({ reference: waiting })
    expect(await asked()).toEqual([waiting])
  })

  it('is refused where its id came with other content', async () => {
    const claims = asking()
    await own.ask(claims)
    expectProblem(await own.ask({ ...claims, parts: ['all'] }), 401, 'replayed')
  })

  it('is refused that names what the office does not have, and nobody is asked', async () => {
    const before = await asked()
    const refused = async (changes: object, program = own) => {
      const answer = await program.ask({ ...asking(changes), iss: program.authority.code })
      expectProblem(answer, 422, 'bad-ask')
      return answer.body['detail']
    }
    expect(await refused({ template: randomUUID() })).toBe('template')
    expect(await refused({}, other)).toBe('template')
    expect(
      await refused({ parts: ['phone'], subject: { scheme: 'azr', value: '123456789012' } }),
    ).toBe('parts')
    expect(await refused({ subject: { scheme: 'azr', value: 'x' } })).toBe('subject')
    expect(await asked()).toEqual(before)
  })

  it('is refused with another typ, key, time, audience or claim', async () => {
    expectProblem(await own.ask(asking(), { typ: 'access-batch+jwt' }), 401, 'bad-type')
    expectProblem(await other.ask(asking()), 403, 'wrong-stream')
    expectProblem(await own.ask(asking({ aud: 'https://elsewhere.example' })), 401, 'bad-audience')
    expectProblem(await own.ask(asking({ exp: 9_999_999_999 })), 401, 'bad-time')
    expectProblem(await own.ask(asking({ note: 'x' })), 400, 'bad-claims')
    expectProblem(await own.ask(asking({ template: 'x' })), 400, 'bad-claims')
  })

  it('says the same of a person whom the portal does not know', async () => {
    const answer = await own.ask(asking({ subject: { scheme: 'azr', value: '987654321098' } }))
    expect([answer.status, Object.keys(answer.body)]).toEqual([201, ['reference']])
  })

  it('leaves no number in the database', async () => {
    const { rows } = await room.superuser.query<{ row: string }>(
      `select a::text as row from consent.ask a union all select m::text from ingestion.assertion m`,
    )
    expect(rows.filter(({ row }) => row.includes(stranger.number))).toEqual([])
  })
})

describe('the OpenAPI document', () => {
  it('holds for every answer of this file', async () => {
    const document = (await observe(room.app, '/api/openapi.json')).body as unknown as OpenApi
    expect(observations.length).toBeGreaterThan(40)
    expect(observations.flatMap((seen) => contractFaults(document, seen))).toEqual([])
  })
})
