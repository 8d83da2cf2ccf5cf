import fc from 'fast-check'
import { startTestApp, type TestApp } from '../support/app.js'
import { authorityOf, type TestAuthority } from './authority.js'
import { contractFaults, observations, observe, type Answer, type OpenApi } from './observed.js'
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

describe('whatever is sent', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(null, true, [], {}, '', -1, 2 ** 53),
    fc.array(fc.string(), { maxLength: 3 }),
  )
  const answered = async (answer: Promise<Answer>) => {
    const { status } = await answer
    app.clock.moveTo(new Date(app.clock.now().getTime() + 100))
    return status
  }

  it('is never answered with an error of the server: any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (body) => {
        expect(await answered(office.post(Buffer.from(body)))).toBe(400)
      }),
      { numRuns: 100 },
    )
  })

  it('is never answered with an error of the server: any claims that are signed', async () => {
    const names = Object.keys(office.claims([]))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names, 'other'), anything, async (name, value) => {
        const status = await answered(office.deliver(office.events(1, 1), { [name]: value }))
        expect([201, 200, 400, 401, 403, 409, 422]).toContain(status)
      }),
      { numRuns: 150 },
    )
  })

  it('is never answered with an error of the server: any events that are signed', async () => {
    const names = [
      ...Object.keys(office.access()),
      'seq',
      'unit',
      'caseRef',
      'consentId',
      'holdUntil',
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names, 'recipient'), anything, async (name, value) => {
        const next = (await office.lastSeq()) + 1
        const [event] = office.events(next, 1)
        const status = await answered(
          office.deliver([{ ...event, [name]: value }], { firstSeq: next }),
        )
        expect([201, 400, 422]).toContain(status)
      }),
      { numRuns: 150 },
    )
  })
})

describe('all answers of this file', () => {
  it('are those of the OpenAPI document', async () => {
    const document = (await observe(app, '/api/openapi.json')).body as unknown as OpenApi
    expect(observations.flatMap((seen) => contractFaults(document, seen))).toEqual([])
  })
})
