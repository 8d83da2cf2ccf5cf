import pg from 'pg'
import { auditLedger, signerFromSeed } from '../../server/ledger/index.js'
import { entryReaders } from '../../server/overview/index.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { authorityOf, OFFICE, REGISTER, type TestAuthority } from './authority.js'
import { contractFaults, observations, observe, type Answer, type OpenApi } from './observed.js'

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

/** Refused, by status and problem; nothing else of the answer may carry what was sent. */
function expectProblem(answer: Answer, status: number, problem: string): void {
  expect([answer.status, answer.body['type']]).toEqual([status, `urn:mirat:problem:${problem}`])
  expect(answer.type).toBe('application/problem+json')
  expect(answer.body['instance']).toMatch(/^urn:mirat:request:./)
  expect(answer.body['status']).toBe(status)
  expect(answer.text).not.toContain('123456789012')
}

async function treeSize(): Promise<number> {
  const { size } = await app.installation.admin
    .selectFrom('ledger.head')
    .select('size')
    .executeTakeFirstOrThrow()
  return size
}

describe('a batch', () => {
  it('is appended, durable and covered by the checkpoint of its answer', async () => {
    const before = await treeSize()
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
    expect(await treeSize()).toBe(before + 3)
  })

  it('may be signed with ES256 as well', async () => {
    const other = await authorityOf(app, { algorithm: 'ES256' })
    expect((await other.deliver(other.events(1, 1))).status).toBe(201)
  })

  it('gets the stored answer, byte for byte, when it comes again as it was', async () => {
    const jws = await office.sign(office.claims(office.events(1, 2)))
    const first = await office.post(jws)
    const size = await treeSize()
    const again = await office.post(jws)
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.text).toBe(first.text)
    expect(await treeSize()).toBe(size)
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
    const before = await treeSize()
    const answers = await Promise.all(Array.from({ length: 6 }, () => office.deliver(events)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await treeSize()).toBe(before + 5)
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
    await office.deliver(office.events(1, 1))
    const rows = await app.installation.admin.selectFrom('ingestion.batch').selectAll().execute()
    for (const { jws } of rows) {
      expect(jws.toString('latin1')).not.toMatch(/^ey|MTIzNDU2Nzg5MDEy/)
    }
  })
})

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

describe('a batch that is malformed', () => {
  const header = (json: string) => Buffer.from(json).toString('base64url')

  it.each([
    ['', 'not-jws'],
    ['hello', 'not-jws'],
    ['a.b', 'not-jws'],
    ['e30.e30.', 'not-jws'],
    ['e30.e30.AA.AA', 'not-jws'],
    ['e30=.e30.AA', 'not-jws'],
    ['e31.e30.AA', 'not-jws'],
    ['e30.e30.AA\n', 'not-jws'],
    [`${header('{')}.e30.AA`, 'bad-json'],
    [`${header('{"alg":"EdDSA","alg":"EdDSA"}')}.e30.AA`, 'bad-json'],
    [`${header('[]')}.e30.AA`, 'bad-header'],
    [`${header('{"alg":"EdDSA","typ":"access-batch+jwt"}')}.e30.AA`, 'bad-header'],
  ])('is refused: %s', async (body, problem) => {
    expectProblem(await office.post(body), 400, problem)
  })

  it.each(['jwk', 'jku', 'x5c', 'x5u', 'x5t', 'cty', 'zip'])(
    'is refused for %s in its header',
    async (name) => {
      const value = name === 'jwk' ? office.publicJwk : 'x'
      const jws = await office.sign(office.claims(office.events(1, 1)), { [name]: value })
      expectProblem(await office.post(jws), 400, 'bad-header')
    },
  )

  it('is refused for crit in its header, which jose itself would not sign', async () => {
    const json = JSON.stringify({
      alg: 'EdDSA',
      kid: office.kid,
      typ: 'access-batch+jwt',
      crit: ['exp'],
    })
    expectProblem(await office.post(`${header(json)}.e30.AA`), 400, 'bad-header')
  })

  it.each([
    ['a key twice', '{"a":1,"a":1}', 'duplicate_key'],
    ['NUL', '{"a":"\\u0000"}', 'nul'],
    ['a lone surrogate', '{"a":"\\ud800"}', 'lone_surrogate'],
    ['a number beyond 2^53', '{"firstSeq":9007199254740993}', 'inexact_number'],
    ['too many levels', '['.repeat(21) + ']'.repeat(21), 'too_deep'],
    ['no JSON', '{"a":1', 'malformed'],
  ])('is refused for %s in its claims', async (_name, payload, detail) => {
    const answer = await office.post(await office.sign(payload))
    expectProblem(answer, 400, 'bad-json')
    expect(answer.body['detail']).toBe(detail)
  })

  it('is refused for claims in broken UTF-8', async () => {
    const valid = (await office.sign('{}')).split('.')
    const broken = [valid[0], Buffer.from('22ff22', 'hex').toString('base64url'), valid[2]].join(
      '.',
    )
    const answer = await office.post(broken)
    expectProblem(answer, 400, 'bad-json')
    expect(answer.body['detail']).toBe('not_utf8')
  })

  it.each([
    ['jti', undefined],
    ['jti', ''],
    ['jti', 'x'.repeat(129)],
    ['stream', undefined],
    ['firstSeq', 0],
    ['firstSeq', '1'],
    ['firstSeq', 1.5],
    ['firstSeq', 2 ** 53 - 1],
    ['events', undefined],
    ['events', []],
    ['events', {}],
    ['iss', undefined],
    ['sub', 'someone'],
    ['nbf', 1],
  ])('is refused for the claim %s as %j', async (name, value) => {
    const answer = await office.deliver(office.events(1, 1), { [name]: value })
    expectProblem(answer, 400, 'bad-claims')
    expect(answer.body['detail']).toBe(name)
  })
})

describe('a batch that nobody answers for', () => {
  const seconds = () => Math.floor(app.clock.now().getTime() / 1000)
  const refused = async (answer: Answer, problem: string) => {
    expectProblem(answer, 401, problem)
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    expect(await office.lastSeq()).toBe(0)
  }

  it('is refused under an unknown key id', async () => {
    const claims = office.claims(office.events(1, 1))
    await refused(await office.post(await office.sign(claims, { kid: 'nobody' })), 'unknown-signer')
  })

  it('is refused under the key of somebody else', async () => {
    const other = await authorityOf(app)
    const jws = await other.sign(office.claims(office.events(1, 1)), { kid: office.kid })
    await refused(await office.post(jws), 'bad-signature')
  })

  it('is refused when a letter of it was changed', async () => {
    const [head, , signature] = (await office.sign(office.claims(office.events(1, 1)))).split('.')
    const payload = Buffer.from(JSON.stringify(office.claims(office.events(1, 2)))).toString(
      'base64url',
    )
    await refused(await office.post([head, payload, signature].join('.')), 'bad-signature')
  })

  it.each(['none', 'HS256', 'RS256', 'ES384', 'Ed25519'])('is refused with alg %s', async (alg) => {
    const json = JSON.stringify({ alg, kid: office.kid, typ: 'access-batch+jwt' })
    const claims = JSON.stringify(office.claims(office.events(1, 1)))
    const parts = [json, claims, 'x'].map((part) => Buffer.from(part).toString('base64url'))
    await refused(await office.post(parts.join('.')), 'bad-signature')
  })

  it('is refused with the algorithm of another sort of key', async () => {
    const other = await authorityOf(app, { algorithm: 'ES256' })
    const jws = await other.sign(other.claims(other.events(1, 1)), { kid: office.kid })
    await refused(await office.post(jws), 'bad-signature')
  })

  it.each(['access-read+jwt', 'JWT', 'at+jwt'])('is refused with typ %s', async (typ) => {
    const jws = await office.sign(office.claims(office.events(1, 1)), { typ })
    await refused(await office.post(jws), 'bad-type')
  })

  it.each([
    ['no exp', () => ({ exp: undefined })],
    ['no iat', () => ({ iat: undefined })],
    ['a life of 61 seconds', () => ({ exp: seconds() + 61 })],
    ['a life of ten years', () => ({ exp: seconds() + 315_360_000 })],
    ['an end before its beginning', () => ({ exp: seconds() - 1 })],
    ['an end in the past', () => ({ iat: seconds() - 70, exp: seconds() - 10 })],
    ['a beginning in the future', () => ({ iat: seconds() + 10, exp: seconds() + 60 })],
    ['times as text', () => ({ iat: String(seconds()) })],
  ])('is refused with %s', async (_name, times) => {
    await refused(await office.deliver(office.events(1, 1), times()), 'bad-time')
  })

  it('is taken while the clocks differ by no more than five seconds', async () => {
    const late = { iat: seconds() - 64, exp: seconds() - 4 }
    expect((await office.deliver(office.events(1, 1), late)).status).toBe(201)
    const early = { iat: seconds() + 5, exp: seconds() + 65 }
    expect((await office.deliver(office.events(2, 1), early)).status).toBe(201)
  })

  it.each([
    ['another portal', () => 'https://elsewhere.example'],
    ['nobody', () => undefined],
    ['a list with this portal', () => [app.url]],
    ['the portal with a slash', () => `${app.url}/`],
  ])('is refused for %s as its audience', async (_name, aud) => {
    await refused(await office.deliver(office.events(1, 1), { aud: aud() }), 'bad-audience')
  })

  it('is refused when its id came before with other content', async () => {
    const jti = `once-${office.stream}`
    expect((await office.deliver(office.events(1, 1), { jti })).status).toBe(201)
    expectProblem(await office.deliver(office.events(2, 1), { jti }), 401, 'replayed')
    expect(await office.lastSeq()).toBe(1)
  })

  it('is refused when its id comes at the same time on another stream', async () => {
    const sibling = await authorityOf(app)
    const jti = `twice-${office.stream}`
    const answers = await Promise.all([
      office.deliver(office.events(1, 1), { jti }),
      sibling.deliver(sibling.events(1, 1), { jti }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401])
  })

  it('may use its id again when the first try was refused', async () => {
    const jti = `mended-${office.stream}`
    expect((await office.deliver([{ seq: 1 }], { jti })).status).toBe(422)
    expect((await office.deliver(office.events(1, 1), { jti })).status).toBe(201)
  })
})

describe('a key', () => {
  it('counts from its beginning to its end', async () => {
    const { kid } = office
    await app.installation.admin
      .updateTable('ingestion.stream_key')
      .set({ valid_until: app.clock.now() })
      .where('kid', '=', kid)
      .execute()
    expectProblem(await office.deliver(office.events(1, 1)), 401, 'unknown-signer')
  })
})

describe('a stream of somebody else', () => {
  it('is refused, and looks like one that does not exist', async () => {
    const other = await authorityOf(app, { code: 'i.pf.sozialamt' })
    const jws = await office.sign(office.claims(office.events(1, 1)))
    const foreign = await office.post(jws, {}, other.stream)
    const absent = await office.post(jws, {}, 'no-such-stream')
    expectProblem(foreign, 403, 'wrong-stream')
    const words = ({ body: { instance: _id, ...rest } }: Answer) => rest
    expect(words(absent)).toEqual(words(foreign))
  })

  it('is refused when the claim names another stream or issuer than the key', async () => {
    const other = await authorityOf(app, { code: 'i.pf.sozialamt' })
    const events = office.events(1, 1)
    for (const changes of [{ stream: other.stream }, { iss: other.code }, { iss: 'nobody' }]) {
      expectProblem(await office.deliver(events, changes), 403, 'wrong-stream')
    }
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

describe('a database that is away', () => {
  let insider: pg.Client

  beforeAll(async () => {
    insider = new pg.Client({ connectionString: app.adminUrl })
    await insider.connect()
  })

  afterAll(() => insider.end())

  it('makes the portal refuse, and nothing is lost or doubled afterwards', async () => {
    const events = office.events(1, 2)
    await office.deliver(events)
    const more = office.events(3, 2)
    const before = await treeSize()
    await admitConnections(false)
    const refused = await office.deliver(more)
    const unread = await office.read()
    await admitConnections(true)
    for (const answer of [refused, unread]) {
      expectProblem(answer, 503, 'unavailable')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(await treeSize()).toBe(before)
    expect((await office.deliver(more)).status).toBe(201)
    expect((await office.deliver(events)).status).toBe(200)
    expect(await office.lastSeq()).toBe(4)
  })

  it('gives the stored answer once the sender asks again after an answer that was lost', async () => {
    const events = office.events(1, 2)
    const aborted = new AbortController()
    const body = await office.sign(office.claims(events))
    const lost = fetch(`${app.url}/api/v1/streams/${office.stream}/batches`, {
      method: 'POST',
      headers: { 'content-type': 'application/jose' },
      body,
      signal: aborted.signal,
    })
    setTimeout(() => aborted.abort(), 3)
    await lost.catch(() => undefined)
    const statuses = [await office.post(body), await office.post(body)].map(({ status }) => status)
    expect([
      [200, 200],
      [201, 200],
    ]).toContainEqual(statuses)
    expect(await office.lastSeq()).toBe(2)
  })

  async function admitConnections(admitted: boolean): Promise<void> {
    const { database } = insider
    await insider.query(`alter database ${database} connection limit ${admitted ? -1 : 0}`)
    if (admitted) return
    await insider.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and usename = $1`,
      [app.installation.roles.ingest],
    )
  }
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
    const faults = observations.flatMap((seen) => contractFaults(document, seen))
    expect(faults).toEqual([])
    const promised = Object.keys(
      document.paths['/api/v1/streams/{stream}/batches']?.['post']?.responses ?? {},
    )
    const seen = new Set(
      observations.filter(({ method }) => method === 'post').map(({ status }) => String(status)),
    )
    expect(promised.filter((status) => !seen.has(status))).toEqual([])
  })

  it('left a log that is whole', async () => {
    const { admin, secrets, catalogue } = app.installation
    const { vkey } = signerFromSeed(secrets.logOrigin, secrets.logKey)
    const report = await auditLedger(admin, {
      origin: secrets.logOrigin,
      vkey,
      readers: entryReaders(catalogue),
    })
    expect(report.faults).toEqual([])
    expect(report.entries).toBeGreaterThan(1000)
  })
})
