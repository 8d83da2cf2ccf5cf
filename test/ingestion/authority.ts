import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { createRegistration } from '../../server/ingestion/index.js'
import type { TestApp } from '../support/app.js'
import { observe, type Answer } from './observed.js'

/** An office with a stream and a key, and everything wrong that it can do with them. */
export interface TestAuthority {
  readonly code: string
  readonly stream: string
  readonly kid: string
  readonly publicJwk: JWK
  /** An access that can be recorded, without its number. */
  access(changes?: object): Record<string, unknown>
  /** Numbered accesses. */
  events(firstSeq: number, count: number, changes?: object): Record<string, unknown>[]
  /** The claims of a batch; `events` as given. */
  claims(events: readonly object[], changes?: object): Record<string, unknown>
  /** Signs a payload: an object, or the very text. */
  sign(payload: object | string, header?: object): Promise<string>
  /** Signs and posts a batch. */
  deliver(events: readonly object[], changes?: object): Promise<Answer>
  /** Posts bytes as they are. */
  post(body: string | Buffer, headers?: Record<string, string>, stream?: string): Promise<Answer>
  /** A signed GET below the stream's own address. */
  read(below?: string, changes?: object): Promise<Answer>
  /** The last number that the portal knows. */
  lastSeq(): Promise<number>
}

/** The office of the tests: a job centre that asks the register of foreigners. */
export const OFFICE = 'i.pf.jobcenter'
export const REGISTER = 'i.de.bva'

let streams = 0

/** Registers a stream and a key of an office. */
export async function authorityOf(
  app: TestApp,
  options: { code?: string; algorithm?: 'EdDSA' | 'ES256'; caseRefPattern?: string } = {},
): Promise<TestAuthority> {
  const { code = OFFICE, algorithm = 'EdDSA' } = options
  const { admin: db, catalogue } = app.installation
  const { clock } = app
  const stream = `stream-${++streams}`
  const registration = createRegistration({ db, catalogue, clock })
  const { publicKey, privateKey } = await generateKeyPair(algorithm, {
    ...(algorithm === 'EdDSA' ? { crv: 'Ed25519' } : {}),
    extractable: true,
  })
  const publicJwk = await exportJWK(publicKey)
  must(
    await registration.register({
      name: stream,
      authority: code,
      caseRefPattern: options.caseRefPattern,
    }),
  )
  const added = await registration.addKey({
    ...{ stream, jwk: publicJwk, kid: undefined, from: undefined, until: undefined },
  })
  if (!added.ok) throw new Error(added.refusal)
  return withKey(app, { code, stream, kid: added.value.kid, publicJwk, privateKey, algorithm })
}

function must(result: { ok: boolean }): void {
  if (!result.ok) throw new Error(JSON.stringify(result))
}

interface Registered {
  readonly code: string
  readonly stream: string
  readonly kid: string
  readonly publicJwk: JWK
  readonly privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']
  readonly algorithm: string
}

function withKey(app: TestApp, registered: Registered): TestAuthority {
  const { code, stream, kid, publicJwk, privateKey, algorithm } = registered
  const seconds = () => Math.floor(app.clock.now().getTime() / 1000)
  const signed = () => ({
    iss: code,
    aud: app.url,
    iat: seconds(),
    exp: seconds() + 60,
    jti: randomUUID(),
  })
  const path = `/api/v1/streams/${stream}`
  const self: TestAuthority = {
    code,
    stream,
    kid,
    publicJwk,
    access: (changes = {}) => {
      const flow = openQuery(app, code)
      return {
        subject: { scheme: 'azr', value: '123456789012' },
        occurredAt: new Date(app.clock.now().getTime() - 60_000).toISOString(),
        operation: flow.operation,
        purpose: flow.purpose,
        legalBasis: flow.legalBasis,
        fields: flow.fields.slice(0, 2),
        source: flow.sourceOffice,
        channel: 'manual',
        ...changes,
      }
    },
    events: (firstSeq, count, changes = {}) =>
      Array.from({ length: count }, (_, at) => ({ seq: firstSeq + at, ...self.access(changes) })),
    claims: (events, changes = {}) => {
      const [first] = events as readonly { seq?: number }[]
      return { ...signed(), stream, firstSeq: first?.seq ?? 1, events, ...changes }
    },
    sign: (payload, header = {}) => {
      const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
      const protectedHeader = { alg: algorithm, kid, typ: 'access-batch+jwt', ...header }
      return new CompactSign(Buffer.from(text)).setProtectedHeader(protectedHeader).sign(privateKey)
    },
    deliver: async (events, changes = {}) =>
      self.post(await self.sign(self.claims(events, changes))),
    post: (body, headers = {}, to = stream) =>
      observe(app, `/api/v1/streams/${to}/batches`, {
        method: 'POST',
        headers: { 'content-type': 'application/jose', ...headers },
        body,
      }),
    read: async (below = '', changes = {}) => {
      const claims = { ...signed(), htm: 'GET', htu: `${app.url}${path}${below}`, ...changes }
      const token = await self.sign(claims, { typ: 'access-read+jwt' })
      return observe(app, `${path}${below}`, { headers: { authorization: `Bearer ${token}` } })
    },
    lastSeq: async () => (await self.read()).body['lastSeq'] as number,
  }
  return self
}

/** A flow of the real catalogue by which the office may ask, openly. */
function openQuery({ installation }: TestApp, code: string) {
  const { catalogue } = installation
  const kind = catalogue.parties.byCode(code)?.authority
  const flow = catalogue.flows.find(
    ({ recipient, source, operation, disclosure, fields, purpose }) =>
      recipient === kind &&
      source === 'bva' &&
      operation === 'query' &&
      disclosure === 'open' &&
      fields.length > 2 &&
      catalogue.purposes.byCode(purpose)?.kind === 'mandatory',
  )
  if (flow === undefined) throw new Error(`the catalogue has no open query of ${code}`)
  return { ...flow, sourceOffice: REGISTER }
}

/** Leaves of the log. */
export async function treeSize({ installation }: TestApp): Promise<number> {
  const head = installation.admin.selectFrom('ledger.head').select('size')
  return (await head.executeTakeFirstOrThrow()).size
}

/** A batch as the database keeps it. */
export interface KeptBatch {
  readonly first: number
  readonly last: number
  readonly jws: Buffer
}

/** The batches of a stream as a superuser sees them: row-level security hides them from the owner. */
export async function keptBatches(app: TestApp, stream: string): Promise<KeptBatch[]> {
  const insider = new pg.Client({ connectionString: app.adminUrl })
  await insider.connect()
  try {
    const { rows } = await insider.query<KeptBatch>(
      `select batch.first_seq::int as first, batch.last_seq::int as last, batch.jws
       from ingestion.batch join ingestion.stream using (stream)
       where stream.name = $1 order by batch.first_seq`,
      [stream],
    )
    return rows
  } finally {
    await insider.end()
  }
}
