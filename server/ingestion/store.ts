import type { Trx } from '../database.js'
import type { Assertion, BatchAnswer, PublicJwk, SigningKey } from './delivery.js'

/** Where a stream stands. */
export interface StreamState {
  readonly lastSeq: number
  readonly lastReceivedAt?: Date
}

/** Where a batch stands: its stream and the number of its first event. */
export interface BatchPlace {
  readonly stream: number
  readonly firstSeq: number
}

/** What is already known about a batch before anything of it is written. */
export interface Known {
  readonly lastSeq: number
  /** The batch that was received under the same first number. */
  readonly earlier?: { readonly eventsHash: Buffer; readonly answer: BatchAnswer }
  /** SHA-256 of the payload that came with the same id before. */
  readonly seenPayload?: Buffer
}

/** A batch as it is kept. */
export interface NewBatch {
  readonly place: BatchPlace
  readonly answer: BatchAnswer
  readonly eventsHash: Buffer
  readonly evidence: Buffer
  readonly receivedAt: Date
  readonly expiresOn: string
}

/** The key of an id with its stream, if it counts at this instant. */
export async function findKey(trx: Trx, kid: string, at: Date): Promise<SigningKey | undefined> {
  const row = await trx
    .selectFrom('ingestion.stream_key as key')
    .innerJoin('ingestion.stream as stream', 'stream.stream', 'key.stream')
    .select([
      'key.public_key',
      'stream.stream',
      'stream.name',
      'stream.authority',
      'stream.case_ref_pattern',
    ])
    .where('key.kid', '=', kid)
    .where('key.valid_from', '<=', at)
    .where((is) => is.or([is('key.valid_until', 'is', null), is('key.valid_until', '>', at)]))
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { stream: id, name, authority, case_ref_pattern: pattern } = row
  const stream = { id, name, authority, ...(pattern === null ? {} : { caseRefPattern: pattern }) }
  return { kid, publicJwk: row.public_key as unknown as PublicJwk, stream }
}

/** Takes the stream until the transaction ends: its batches are recorded one after another. */
export async function lockStream(trx: Trx, stream: number): Promise<void> {
  await trx
    .selectFrom('ingestion.stream')
    .select('stream')
    .where('stream', '=', stream)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** What the database knows of a batch: in one statement, so that it is one moment. */
export async function lookUp(
  trx: Trx,
  place: BatchPlace,
  { issuer, jti }: Assertion,
): Promise<Known> {
  const row = await trx
    .selectFrom('ingestion.stream as stream')
    .leftJoin('ingestion.batch as batch', (join) =>
      join.onRef('batch.stream', '=', 'stream.stream').on('batch.first_seq', '=', place.firstSeq),
    )
    .leftJoin('ingestion.assertion as seen', (join) =>
      join.on('seen.issuer', '=', issuer).on('seen.jti', '=', jti),
    )
    .select(['stream.last_seq', 'batch.events_hash', 'batch.answer', 'seen.payload_hash'])
    .where('stream.stream', '=', place.stream)
    .executeTakeFirstOrThrow()
  const { last_seq: lastSeq, events_hash: eventsHash, answer, payload_hash: seenPayload } = row
  return {
    lastSeq,
    ...(eventsHash && answer ? { earlier: { eventsHash, answer: answer as BatchAnswer } } : {}),
    ...(seenPayload ? { seenPayload } : {}),
  }
}

/** Notes that a signed request was used; false where its id was used for another payload before. */
export async function useAssertion(
  trx: Trx,
  assertion: Assertion,
  payloadHash: Buffer,
): Promise<boolean> {
  const { issuer, jti, expiresAt } = assertion
  const inserted = await trx
    .insertInto('ingestion.assertion')
    .values({ issuer, jti, payload_hash: payloadHash, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .returning('jti')
    .executeTakeFirst()
  if (inserted !== undefined) return true
  const seen = await trx
    .selectFrom('ingestion.assertion')
    .select('payload_hash')
    .where('issuer', '=', issuer)
    .where('jti', '=', jti)
    .executeTakeFirst()
  return seen?.payload_hash.equals(payloadHash) === true
}

/** Keeps a batch with its answer, and moves its stream on. */
export async function keepBatch(trx: Trx, batch: NewBatch): Promise<void> {
  const { place, answer, receivedAt } = batch
  await trx
    .insertInto('ingestion.batch')
    .values({
      stream: place.stream,
      first_seq: place.firstSeq,
      last_seq: answer.lastSeq,
      events_hash: batch.eventsHash,
      jws: batch.evidence,
      answer: JSON.stringify(answer),
      received_at: receivedAt,
      expires_on: batch.expiresOn,
    })
    .execute()
  await trx
    .updateTable('ingestion.stream')
    .set({ last_seq: answer.lastSeq, last_received_at: receivedAt })
    .where('stream', '=', place.stream)
    .execute()
}

/** How far a stream has come. */
export async function streamState(trx: Trx, stream: number): Promise<StreamState> {
  const row = await trx
    .selectFrom('ingestion.stream')
    .select(['last_seq', 'last_received_at'])
    .where('stream', '=', stream)
    .executeTakeFirstOrThrow()
  const { last_seq: lastSeq, last_received_at: lastReceivedAt } = row
  return { lastSeq, ...(lastReceivedAt ? { lastReceivedAt } : {}) }
}

/** A batch that is kept, and what was answered to it. */
export interface KeptBatch {
  readonly place: BatchPlace
  readonly evidence: Buffer
  readonly answer: BatchAnswer
}

/** The batch that a number came in, unless it has been erased with the first of its events. */
export async function findBatch(
  trx: Trx,
  stream: number,
  seq: number,
): Promise<KeptBatch | undefined> {
  const row = await trx
    .selectFrom('ingestion.batch')
    .select(['first_seq', 'last_seq', 'jws', 'answer'])
    .where('stream', '=', stream)
    .where('first_seq', '<=', seq)
    .orderBy('first_seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined || row.last_seq < seq) return undefined
  const place = { stream, firstSeq: row.first_seq }
  return { place, evidence: row.jws, answer: row.answer as BatchAnswer }
}

/** Deletes batches whose day has come (UTC) and request ids that have expired; gives their number. */
export async function deleteDue(trx: Trx, now: Date): Promise<number> {
  const batches = await trx
    .deleteFrom('ingestion.batch')
    .where('expires_on', '<=', now.toISOString().slice(0, 10))
    .executeTakeFirst()
  const assertions = await trx
    .deleteFrom('ingestion.assertion')
    .where('expires_at', '<=', now)
    .executeTakeFirst()
  return Number(batches.numDeletedRows + assertions.numDeletedRows)
}
