import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  CORRECTION,
  READ,
  typeOf,
  verifierOf,
  WITHDRAWAL,
  type MessageType,
  type Verify,
} from './claims.js'
import type { Settings } from './settings.js'
import type { Corrected, Store } from './store.js'
import type { Stopped } from './stopped.js'

/** A register that answers. */
export interface Server {
  readonly port: number
  close(): Promise<void>
}

/** What is answered. */
interface Answer {
  readonly status: number
  readonly body: object
}

const LOOPBACK = '127.0.0.1'
const PATH = /^\/([a-z][a-z0-9._-]{0,99})\/(values|corrections)$/
const LIMIT = 16_384
const TIMEOUT_MS = 5_000

const STATUS: Readonly<Record<Corrected | Stopped, number>> = {
  done: 201,
  known: 200,
  conflict: 409,
  unknown_record: 422,
}

/** Listens on loopback; a port that is taken, or no database, is the caller's to hear of. */
export async function startServer(settings: Settings, store: Store): Promise<Server> {
  const server = createServer({ requestTimeout: TIMEOUT_MS })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: LOOPBACK, port: settings.port }, resolve)
  })
  const { port } = server.address() as AddressInfo
  const audience = settings.audience ?? `http://${LOOPBACK}:${port}`
  const verify = verifierOf({ ...settings, audience })
  server.on('request', (request, response) => {
    answerTo(request, { verify, store })
      .catch(() => refused(503, 'unavailable'))
      .then((answer) => send(response, answer))
      .catch(() => response.destroy())
  })
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Parts {
  readonly verify: Verify
  readonly store: Store
}

async function answerTo(request: IncomingMessage, parts: Parts): Promise<Answer> {
  const [, office = '', kind] = PATH.exec(request.url ?? '') ?? []
  if (kind === undefined || !(await parts.store.hasOffice(office))) return refused(404, 'not_found')
  if (request.method !== (kind === 'values' ? 'GET' : 'POST')) return refused(405, 'method')
  return kind === 'values' ? values(request, office, parts) : told(request, office, parts)
}

async function values(
  { headers }: IncomingMessage,
  office: string,
  { verify, store }: Parts,
): Promise<Answer> {
  const [, jws = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? []
  const claims = await claimsOf(jws, { type: 'values-read+jwt', office, verify })
  if ('status' in claims) return claims
  const read = READ.safeParse(claims.claims)
  if (!read.success) return refused(422, 'malformed')
  const { consent } = read.data
  if (consent !== undefined && (await store.isStopped(office, consent))) {
    return refused(403, 'withdrawn')
  }
  const records = await store.read(office, read.data.sub, read.data.fields)
  // Who is not known here and who has no such field look alike.
  const body = records.map(({ field, texts }) => [field, texts.length === 1 ? texts[0] : texts])
  return { status: 200, body: Object.fromEntries(body) as object }
}

/** One address takes both kinds of messages: their type tells them apart. */
async function told(
  request: IncomingMessage,
  office: string,
  { verify, store }: Parts,
): Promise<Answer> {
  if (request.headers['content-type'] !== 'application/jose') return refused(415, 'media_type')
  const jws = await bodyOf(request)
  if (jws === undefined) return refused(413, 'too_large')
  const type = typeOf(jws)
  const claims = await claimsOf(jws, { type, office, verify })
  if ('status' in claims) return claims
  return type === 'correction+jwt'
    ? correction(claims.claims, office, store)
    : withdrawal(claims.claims, office, store)
}

/** The use under the consent ends with the answer: what was not kept must not be confirmed. */
async function withdrawal(claims: object, office: string, store: Store): Promise<Answer> {
  const read = WITHDRAWAL.safeParse(claims)
  if (!read.success) return refused(422, 'malformed')
  const { sub: subject, ...said } = read.data
  const outcome = await store.stop({ ...said, office, subject }, new Date())
  if (outcome === 'conflict') return refused(STATUS[outcome], outcome)
  return { status: STATUS[outcome], body: { consent: said.consent, state: 'stopped' } }
}

async function correction(claims: object, office: string, store: Store): Promise<Answer> {
  const read = CORRECTION.safeParse(claims)
  if (!read.success) return refused(422, 'malformed')
  const { sub: subject, value: texts, ...said } = read.data
  const outcome = await store.correct({ ...said, office, subject, texts }, new Date())
  if (outcome === 'conflict' || outcome === 'unknown_record') {
    return refused(STATUS[outcome], outcome)
  }
  return { status: STATUS[outcome], body: { reference: said.reference, state: 'corrected' } }
}

/** The claims of a message to this office; a message may name the office, and then means no other. */
async function claimsOf(
  jws: string,
  { type, office, verify }: { type: MessageType; office: string; verify: Verify },
): Promise<Answer | { readonly claims: object }> {
  const verified = await verify(jws, type)
  if (verified.kind === 'unavailable') return refused(503, 'unavailable')
  if (verified.kind === 'refused') return refused(401, 'signature')
  const { claims } = verified
  const isHere = claims['office'] === undefined || claims['office'] === office
  return isHere ? { claims } : refused(401, 'signature')
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LIMIT) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function refused(status: number, code: string): Answer {
  return { status, body: { code } }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  })
  response.end(text)
}
