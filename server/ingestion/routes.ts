import { createHash } from 'node:crypto'
import type { Actor } from '../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../platform/http/route.js'
import type { Result } from '../platform/kernel/result.js'
import { catalogueDocument, type PublicCatalogue } from './catalogue-document.js'
import type { BatchAnswer, Refusal } from './delivery.js'
import { LARGEST_BODY } from './forms.js'
import { besideRoutes } from './routes/beside.js'
import { openApiDocument } from './routes/openapi.js'
import { problemOf } from './routes/problems.js'
import { admitRead, rawDelivery, receiveDelivery, type Desk } from './routes/receive.js'
import type { Receipt } from './service/reads.js'

/** What the routes are made of. */
export interface IngestionRoutesParts extends Desk {
  readonly catalogue: PublicCatalogue
}

const JSON_TYPE = 'application/json'
const SEQ = /^[1-9][0-9]{0,15}$/

/** Addresses for authorities' programs, and what they need to know to use them. */
export function ingestionRoutes(parts: IngestionRoutesParts): RouteSpec<Actor>[] {
  const catalogue = publicDocument(() => catalogueDocument(parts.catalogue))
  const openApi = publicDocument(() => openApiDocument(parts.origin))
  return [
    {
      name: 'ingestion.batches',
      method: 'post',
      path: '/api/v1/streams/:stream/batches',
      allow: ['authority'],
      machine: true,
      limit: LARGEST_BODY,
      handle: (exchange) => postBatch(parts, exchange),
    },
    ...besideRoutes(parts),
    {
      name: 'ingestion.stream',
      method: 'get',
      path: '/api/v1/streams/:stream',
      allow: ['authority'],
      machine: true,
      handle: (exchange) => getState(parts, exchange),
    },
    {
      name: 'ingestion.receipt',
      method: 'get',
      path: '/api/v1/streams/:stream/receipts/:seq',
      allow: ['authority'],
      machine: true,
      handle: (exchange) => getReceipt(parts, exchange),
    },
    {
      name: 'ingestion.catalogue',
      method: 'get',
      path: '/api/v1/catalogue',
      allow: 'everyone',
      machine: true,
      handle: async (exchange) => catalogue(exchange),
    },
    {
      name: 'ingestion.openapi',
      method: 'get',
      path: '/api/openapi.json',
      allow: 'everyone',
      machine: true,
      handle: async (exchange) => openApi(exchange),
    },
  ]
}

async function postBatch(desk: Desk, exchange: Exchange): Promise<Answer> {
  const { now, requestId } = exchange
  const received = await receiveDelivery(desk, rawDelivery(exchange), now)
  if (!received.ok) return problemOf(received.refusal, requestId)
  return json(answerBody(received.value.answer), received.value.isNew ? 201 : 200)
}

/** PostgreSQL keeps no order of members: written out, so that both answers are the same bytes. */
function answerBody(answer: BatchAnswer): object {
  const { stream, firstSeq, lastSeq, indices, treeSize, checkpoint } = answer
  const disputed = answer.disputed?.map(({ seq, fields }) => ({ seq, fields }))
  const body = { stream, firstSeq, lastSeq, indices, treeSize, checkpoint }
  return disputed === undefined ? body : { ...body, disputed }
}

async function getState(desk: Desk, exchange: Exchange): Promise<Answer> {
  const asked = await ask(desk, exchange, 'ingestion.stream')
  if (!asked.ok) return problemOf(asked.refusal, exchange.requestId)
  const state = await desk.ingestion.state(asked.value.read, asked.value.addressed)
  return answered(state, exchange, ({ lastSeq, lastReceivedAt }) => ({
    lastSeq,
    lastReceivedAt: lastReceivedAt?.toISOString() ?? null,
  }))
}

async function getReceipt(desk: Desk, exchange: Exchange): Promise<Answer> {
  const asked = await ask(desk, exchange, 'ingestion.receipt')
  if (!asked.ok) return problemOf(asked.refusal, exchange.requestId)
  const seq = exchange.params['seq'] ?? ''
  const isNumber = SEQ.test(seq) && Number.isSafeInteger(Number(seq))
  if (!isNumber) return problemOf({ code: 'not_found' }, exchange.requestId)
  const { read, addressed } = asked.value
  const receipt = await desk.ingestion.receipt(read, addressed, Number(seq))
  return answered(receipt, exchange, receiptBody)
}

function ask(desk: Desk, exchange: Exchange, route: string): ReturnType<typeof admitRead> {
  const { params, headers, urls, now } = exchange
  const raw = {
    stream: params['stream'] ?? '',
    authorization: headers.authorization,
    path: urls.to(route, params),
  }
  return admitRead(desk, raw, now)
}

function receiptBody({ stream, seq, opening, proof, subjectKey, disputed }: Receipt): object {
  const { index, body, salt, originSalt } = opening
  return {
    ...{ stream, seq, index, class: opening.class, body },
    salt: salt.toString('base64'),
    originSalt: originSalt.toString('base64'),
    subjectKey: subjectKey.toString('base64'),
    proof: proof ?? null,
    disputed,
  }
}

function answered<Value>(
  result: Result<Value, Refusal>,
  { requestId }: Exchange,
  bodyOf: (value: Value) => object,
): Answer {
  return result.ok ? json(bodyOf(result.value), 200) : problemOf(result.refusal, requestId)
}

function json(body: object, status: number): Answer {
  return { kind: 'bytes', body: JSON.stringify(body), type: JSON_TYPE, status }
}

/** A document that only changes with the program: made once, on first use, known by its hash (RFC 9110 section 8.8.3). */
function publicDocument(make: () => object): (exchange: Exchange) => Answer {
  let made: { body: string; etag: string } | undefined
  return ({ headers }) => {
    made ??= withEtag(JSON.stringify(make()))
    const { body, etag } = made
    const caching = { ETag: etag, 'Cache-Control': 'public, max-age=300' }
    const isKnown = (headers['if-none-match'] ?? '').split(',').some((tag) => tag.trim() === etag)
    if (isKnown) return { kind: 'bytes', body: '', type: JSON_TYPE, status: 304, headers: caching }
    return { kind: 'bytes', body, type: JSON_TYPE, headers: caching }
  }
}

function withEtag(body: string): { body: string; etag: string } {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  // Weak, because compression makes other bytes of the same document.
  return { body, etag: `W/"${hash}"` }
}
