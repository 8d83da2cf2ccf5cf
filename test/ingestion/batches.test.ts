import { unseal } from '../../server/platform/kernel/sealing.js'
import { startTestApp, type TestApp } from '../support/app.js'
import {
  authorityOf,
  keptBatches,
  treeSize,
  OFFICE,
  REGISTER,
  type TestAuthority,
} from './authority.js'
import { contractFaults, observations, observe, type OpenApi } from './observed.js'
import { expectProblem } from './problems.js'

let app: TestApp
let office: TestAuthority

beforeAll(async () => {
  app = await startTestApp()
})

beforeEach(async () => {
  office = await authorityOf(app)
})

afterAll(async () => {
  await app?.close()
})

describe('a batch', () => {
  it('is appended, durable and covered by the checkpoint of its answer', async () => {
    const before = await treeSize(app)
    const { status, body, type } = await office.deliver(office.events(1, 3))
    expect([status, type]).toEqual([201, 'application/json'])
    expect(Object.keys(body)).toEqual([
      ...['stream', 'firstSeq', 'lastSeq', 'indices', 'treeSize', 'checkpoint'],
    ])
    expect(body).toMatchObject({ stream: office.stream, firstSeq: 1, lastSeq: 3 })
    expect([...(body['indices'] as number[])].sort()).toEqual([before, before + 1, before + 2])
    expect(body['treeSize']).toBe(before + 3)
    expect((body['checkpoint'] as string).split('\n')[1]).toBe(String(before + 3))
    expect(await office.lastSeq()).toBe(3)
    expect(await treeSize(app)).toBe(before + 3)
  })

  it('may be signed with ES256 as well', async () => {
    const other = await authorityOf(app, { algorithm: 'ES256' })
    expect((await other.deliver(other.events(1, 1))).status).toBe(201)
  })

  it('gets the stored answer, byte for byte, when it comes again as it was', async () => {
    const jws = await office.sign(office.claims(office.events(1, 2)))
    const first = await office.post(jws)
    const size = await treeSize(app)
    const again = await office.post(jws)
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.text).toBe(first.text)
    expect(await treeSize(app)).toBe(size)
  })

  it('is known by its events, whoever signs them anew and however they are spelled', async () => {
    const events = office.events(1, 2)
    const first = await office.deliver(events)
    await office.deliver(office.events(3, 1))
    const turned = events.map((event) => Object.fromEntries(Object.entries(event).reverse()))
    const claims = office.claims(turned)
    const again = await office.post(await office.sign(JSON.stringify(claims, undefined, 2)))
    expect([again.status, again.text]).toEqual([200, first.text])
  })

  it('is known even under an id that was used for another batch', async () => {
    const jti = 'the-same-id'
    const events = office.events(1, 1)
    const first = await office.deliver(events)
    expect((await office.deliver(office.events(2, 1), { jti })).status).toBe(201)
    const again = await office.deliver(events, { jti })
    expect([again.status, again.text]).toEqual([200, first.text])
  })

  it('is recorded once when it comes many times at once', async () => {
    const events = office.events(1, 5)
    const before = await treeSize(app)
    const answers = await Promise.all(Array.from({ length: 6 }, () => office.deliver(events)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await treeSize(app)).toBe(before + 5)
  })

  it('wins alone against others that want its numbers at the same time', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((caseRef) => office.deliver(office.events(1, 2, { caseRef }))),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect(await office.lastSeq()).toBe(2)
  })

  it('is recorded and flagged where it only breaks a rule', async () => {
    const beyond = { fields: ['azr.family_name', 'azr.fingerprints'], purpose: 'register_keeping' }
    const event = { ...office.access(), ...known(beyond) }
    expect((await office.deliver([{ seq: 1, ...event }])).status).toBe(201)
  })

  it('keeps what was signed, but not in the clear', async () => {
    const jws = await office.sign(office.claims(office.events(1, 1)))
    await office.post(jws)
    const kept = await keptBatches(app, office.stream)
    expect(kept.map(({ first, last }) => [first, last])).toEqual([[1, 1]])
    const { evidenceKey } = app.installation.secrets
    const sealed = kept[0]?.jws ?? Buffer.alloc(0)
    expect(sealed.includes(jws.slice(0, 20))).toBe(false)
    const place = await streamNumber()
    expect(unseal(evidenceKey, sealed, `${place}/1`).toString()).toBe(jws)
    expect(() => unseal(evidenceKey, sealed, `${place}/2`)).toThrow()
  })
})

/** The number of the stream of this test. */
async function streamNumber(): Promise<number> {
  const { stream } = await app.installation.admin
    .selectFrom('ingestion.stream')
    .select('stream')
    .where('name', '=', office.stream)
    .executeTakeFirstOrThrow()
  return stream
}

/** The parts of an access that this catalogue knows. */
function known(parts: { fields: string[]; purpose: string }): object {
  const { catalogue } = app.installation
  const fields = catalogue.fields.all.filter(({ register }) => register === 'azr').slice(0, 3)
  return {
    fields: fields.map(({ code }) => code),
    ...(catalogue.purposes.byCode(parts.purpose) ? { purpose: parts.purpose } : {}),
  }
}

describe('numbers that do not continue', () => {
  it('are refused with the number that is expected', async () => {
    await office.deliver(office.events(1, 3))
    for (const events of [
      office.events(5, 1),
      office.events(2, 5),
      office.events(3, 1, { caseRef: 'x' }),
    ]) {
      const answer = await office.deliver(events)
      expectProblem(answer, 409, 'out-of-sequence')
      expect(answer.body['expectedSeq']).toBe(4)
    }
    expect((await office.deliver(office.events(4, 1))).status).toBe(201)
  })

  it('are refused before their events are judged', async () => {
    expectProblem(await office.deliver([{ seq: 7 }]), 409, 'out-of-sequence')
  })
})

describe('a batch of a wrong size or type', () => {
  it('is refused beyond 1,000 events, and taken with 1,000', async () => {
    expectProblem(await office.deliver(office.events(1, 1001)), 413, 'too-large')
    expect((await office.deliver(office.events(1, 1000))).status).toBe(201)
  })

  it('is refused beyond 1 MiB', async () => {
    expectProblem(await office.post('a'.repeat(1024 * 1024 + 1)), 413, 'too-large')
    expectProblem(await office.post('a'.repeat(1024 * 1024)), 400, 'not-jws')
  })

  it.each(['application/json', 'application/jwt', 'text/plain', 'application/jose+json', ''])(
    'is refused as %j',
    async (type) => {
      const jws = await office.sign(office.claims(office.events(1, 1)))
      expectProblem(await office.post(jws, { 'content-type': type }), 415, 'wrong-media-type')
    },
  )

  it('may name its type in capitals and with a parameter', async () => {
    const jws = await office.sign(office.claims(office.events(1, 1)))
    const type = 'Application/JOSE; charset=utf-8'
    expect((await office.post(jws, { 'content-type': type })).status).toBe(201)
  })

  it.each(['gzip', 'br', 'deflate', 'identity', 'x-unknown'])(
    'is refused in Content-Encoding %s',
    async (coding) => {
      const jws = await office.sign(office.claims(office.events(1, 1)))
      const answer = await office.post(jws, { 'content-encoding': coding })
      expect([answer.status, answer.type]).toEqual([415, 'application/problem+json'])
    },
  )
})

describe('a stream in a hurry', () => {
  it('is told when to come again, and slows down itself alone', async () => {
    const event = office.events(2, 1)
    const answers: number[] = []
    for (let round = 0; round < 101; round++) {
      const { status, headers, body } = await office.deliver(event)
      answers.push(status)
      if (status === 429) {
        expect(headers.get('retry-after')).toBe('1')
        expect(body['type']).toBe('urn:mirat:problem:too-fast')
      }
    }
    expect(answers).toEqual([...Array.from({ length: 100 }, () => 409), 429])
    const other = await authorityOf(app)
    expect((await other.deliver(other.events(1, 1))).status).toBe(201)
    app.clock.moveTo(new Date(app.clock.now().getTime() + 1000))
    expect((await office.deliver(office.events(1, 1))).status).toBe(201)
  })
})

describe('the office that delivers', () => {
  it('may be a kind of authority that has no offices', async () => {
    const kind = app.installation.catalogue.parties.all.find(
      ({ kind: sort, hasOffices, level }) =>
        sort === 'authority' && !hasOffices && level === 'federal',
    )
    const federal = await authorityOf(app, { code: OFFICE })
    const event = { ...federal.access(), recipient: OFFICE, source: kind?.code ?? '' }
    expect((await federal.deliver([{ seq: 1, ...event }])).status).toBe(201)
  })

  it('may tell of what another office did with its data', async () => {
    const register = await authorityOf(app, { code: OFFICE })
    const event = register.access({ source: OFFICE, recipient: REGISTER, operation: 'transmit' })
    expect((await register.deliver([{ seq: 1, ...event }])).status).toBe(201)
  })
})

describe('all answers of this file', () => {
  it('are those of the OpenAPI document, and each answer that it promises was seen', async () => {
    const document = (await observe(app, '/api/openapi.json')).body as unknown as OpenApi
    const stranger = await authorityOf(app, { code: 'i.pf.sozialamt' })
    const jws = await office.sign(office.claims(office.events(1, 1)))
    expectProblem(await office.post(''), 400, 'not-jws')
    expectProblem(await office.deliver(office.events(1, 1), { exp: 0 }), 401, 'bad-time')
    expectProblem(await office.post(jws, {}, stranger.stream), 403, 'wrong-stream')
    expectProblem(await office.deliver([{ seq: 1 }]), 422, 'bad-events')
    const faults = observations.flatMap((seen) => contractFaults(document, seen))
    expect(faults).toEqual([])
    const promised = Object.keys(
      document.paths['/api/v1/streams/{stream}/batches']?.['post']?.responses ?? {},
    )
    const seen = new Set(
      observations.filter(({ method }) => method === 'post').map(({ status }) => String(status)),
    )
    // faults.test.ts takes the database away and sees that answer.
    expect(promised.filter((status) => !seen.has(status))).toEqual(['503'])
  })
})
