import { commitmentOf, entryOf } from '../../server/ledger/commitment.js'
import { leafHash, verifyInclusion } from '../../server/ledger/merkle.js'
import { operatorDigestOf, seqDigestOf } from '../../server/ledger/origin.js'
import { parseProof } from '../../server/ledger/proof.js'
import { subjectOf } from '../../server/ledger/subject.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { authorityOf, type TestAuthority } from './authority.js'
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

const bytes = (value: unknown) => Buffer.from(value as string, 'base64')

describe('a stream', () => {
  it('tells its authority how far it has come', async () => {
    const empty = await office.read()
    expect([empty.status, empty.body]).toEqual([200, { lastSeq: 0, lastReceivedAt: null }])
    await office.deliver(office.events(1, 4))
    const { body } = await office.read()
    expect(body).toEqual({ lastSeq: 4, lastReceivedAt: app.clock.now().toISOString() })
  })

  it.each([
    ['another method', { htm: 'POST' }, 'bad-binding'],
    ['another address', { htu: 'https://elsewhere.example/api/v1/streams/x' }, 'bad-binding'],
    ['another audience', { aud: 'https://elsewhere.example' }, 'bad-audience'],
    ['a life beyond a minute', { exp: 9_999_999_999 }, 'bad-time'],
  ])('refuses a token for %s', async (_name, changes, problem) => {
    expectProblem(await office.read('', changes), 401, problem)
  })

  it('refuses a token without id, or with more than it needs', async () => {
    expectProblem(await office.read('', { jti: undefined }), 400, 'bad-claims')
    expectProblem(await office.read('', { scope: 'all' }), 400, 'bad-claims')
  })

  it('refuses whoever brings no token, or another sort of one', async () => {
    const path = `/api/v1/streams/${office.stream}`
    const batch = await office.sign(office.claims(office.events(1, 1)))
    const send = (authorization?: string) =>
      observe(app, path, { headers: authorization === undefined ? {} : { authorization } })
    expectProblem(await send(), 401, 'no-credentials')
    expectProblem(await send('Basic YTpi'), 401, 'no-credentials')
    expectProblem(await send('Bearer x'), 400, 'not-jws')
    expectProblem(await send(`Bearer ${'a'.repeat(9000)}`), 400, 'not-jws')
    expectProblem(await send(`Bearer ${batch}`), 401, 'bad-type')
  })

  it('lets the same token pass twice, as a GET may be repeated, but no other under its id', async () => {
    const jti = `read-${office.stream}`
    const exp = Math.floor(app.clock.now().getTime() / 1000) + 60
    const claims = { jti, iat: exp - 60, exp }
    const statuses = [await office.read('', claims), await office.read('', claims)]
    expect(statuses.map(({ status }) => status)).toEqual([200, 200])
    expectProblem(await office.read('', { ...claims, exp: exp - 1 }), 401, 'replayed')
  })

  it('shows nothing to another authority', async () => {
    const other = await authorityOf(app, { code: 'i.pf.sozialamt' })
    const path = `/api/v1/streams/${other.stream}`
    const token = await office.sign(
      {
        ...office.claims([], { firstSeq: undefined, events: undefined, stream: undefined }),
        htm: 'GET',
        htu: `${app.url}${path}`,
      },
      { typ: 'access-read+jwt' },
    )
    const answer = await observe(app, path, { headers: { authorization: `Bearer ${token}` } })
    expectProblem(answer, 403, 'wrong-stream')
  })
})

describe('a receipt', () => {
  it('lets its authority check that the event is in the log as it was sent', async () => {
    const subject = { scheme: 'azr', value: '123 456 789 012' }
    await office.deliver(office.events(1, 2))
    const mine = office.access({ subject, operatorRef: 'pseudonym-1', caseRef: 'X 1' })
    const { body: answer } = await office.deliver([{ seq: 3, ...mine }])
    const early = await office.read('/receipts/3')
    expect(early.body['proof']).toBeNull()
    await app.portal.ledger.tick()
    const { status, body } = await office.read('/receipts/3')
    expect(status).toBe(200)
    expect(body['index']).toBe((answer['indices'] as number[])[0])

    const committed = JSON.parse(body['body'] as string) as Record<string, unknown>
    expect(committed).toMatchObject({ purpose: mine['purpose'], caseRef: 'X 1' })
    const originSalt = bytes(body['originSalt'])
    expect(committed['seq']).toBe(seqDigestOf(originSalt, 3).toString('hex'))
    expect(committed['operator']).toBe(operatorDigestOf(originSalt, 'pseudonym-1').toString('hex'))

    const person = subjectOf(bytes(body['subjectKey']), 'azr', '123456789012')
    const commitment = commitmentOf({
      body: body['body'] as string,
      salt: bytes(body['salt']),
      subject: person,
      class: body['class'] as number,
    })
    const proof = parseProof(body['proof'] as string)
    const [, size = '', root = ''] = proof.checkpoint.split('\n')
    const claim = {
      index: proof.index,
      size: Number(size),
      leafHash: leafHash(entryOf(commitment)),
      proof: proof.hashes,
      root: bytes(root),
    }
    expect(proof.index).toBe(body['index'])
    expect(verifyInclusion(claim)).toBe(true)
    const someoneElse = subjectOf(bytes(body['subjectKey']), 'azr', '123456789013')
    expect(someoneElse).not.toBe(person)
  })

  it('opens an entry that is withheld from the person, too', async () => {
    await office.deliver(office.events(1, 1, { disclosure: 'withheld' }))
    const { status, body } = await office.read('/receipts/1')
    expect(status).toBe(200)
    expect(body['class']).toBeGreaterThan(100)
  })

  it.each(['0', '2', '-1', '1.0', '01', 'x', '9007199254740993'])(
    'is not there for number %s',
    async (seq) => {
      await office.deliver(office.events(1, 1))
      expectProblem(await office.read(`/receipts/${seq}`), 404, 'not-found')
    },
  )

  it('is bound to its own number', async () => {
    await office.deliver(office.events(1, 2))
    const htu = `${app.url}/api/v1/streams/${office.stream}/receipts/1`
    expectProblem(await office.read('/receipts/2', { htu }), 401, 'bad-binding')
  })
})

describe('the catalogue', () => {
  it('is there for everybody, with every code in two languages', async () => {
    const { status, body, headers } = await observe(app, '/api/v1/catalogue')
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('public, max-age=300')
    const { catalogue } = app.installation
    const codesOf = (list: unknown) => (list as { code: string }[]).map(({ code }) => code)
    expect(codesOf(body['fields'])).toEqual(catalogue.fields.all.map(({ code }) => code))
    expect(codesOf(body['flows'])).toEqual(catalogue.flows.map(({ code }) => code))
    const parties = body['parties'] as { code: string; deliverable: boolean; name: object }[]
    expect(parties.find(({ code }) => code === 'abh')?.deliverable).toBe(false)
    expect(parties.find(({ code }) => code === 'i.pf.abh')).toMatchObject({
      deliverable: true,
      name: { de: expect.stringMatching(/./) as string, en: expect.stringMatching(/./) as string },
    })
  })

  it('is not sent again to whoever has it', async () => {
    const { headers } = await observe(app, '/api/v1/catalogue')
    const etag = headers.get('etag') ?? ''
    const again = await observe(app, '/api/v1/catalogue', {
      headers: { 'if-none-match': `"x", ${etag}` },
    })
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag])
  })
})

describe('the OpenAPI document', () => {
  it('names exactly what programs may call', async () => {
    const { body } = await observe(app, '/api/openapi.json')
    const document = body as unknown as OpenApi
    const mounted = app.portal.routes
      .filter(({ path }) => path.startsWith('/api/') || path.startsWith('/log/'))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    const tiles = ['get /log/tile/{level}/{index}', 'get /log/tile/entries/{index}']
    const expected = mounted.flatMap((line) => (line === 'get /log/tile/*rest' ? tiles : [line]))
    const named = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    expect(named.sort()).toEqual(expected.sort())
  })

  it('points at nothing that is not there', async () => {
    const { text, body } = await observe(app, '/api/openapi.json')
    const { schemas } = (body as unknown as OpenApi).components
    const pointers = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
    expect(pointers.length).toBeGreaterThan(10)
    expect(pointers.map(([, name]) => name).filter((name) => !schemas[name ?? ''])).toEqual([])
  })

  it('holds for every answer of this file, and for the public log', async () => {
    await app.portal.ledger.tick()
    await observe(app, '/log/checkpoint')
    await observe(app, '/log/vkey')
    await observe(app, '/log/tile/0/000.p/64')
    await observe(app, '/log/tile/entries/000.p/64')
    expect((await observe(app, '/log/tile/0/999')).status).toBe(404)
    const document = (await observe(app, '/api/openapi.json')).body as unknown as OpenApi
    expect(observations.flatMap((seen) => contractFaults(document, seen))).toEqual([])
  })
})
