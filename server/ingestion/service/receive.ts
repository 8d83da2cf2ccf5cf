import { createHash } from 'node:crypto'
import type { Trx } from '../../database.js'
import { canonicalJson, type CanonicalValue } from '../../ledger/index.js'
import type { PreparedAccesses, ReportedAccess } from '../../overview/index.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import { seal } from '../../platform/kernel/sealing.js'
import { accessOf } from '../access.js'
import { compileCaseRef, DEFAULT_CASE_REF } from '../case-ref.js'
import type { BatchAnswer, EventError, Refusal, SignedBatch, Stream } from '../delivery.js'
import { disputedAmong, type Obtained } from '../disputes.js'
import { badEvents, isOwnStream, sequenceFault } from '../rules.js'
import type { Addressed, Kitchen, Received } from '../service.js'
import {
  keepBatch,
  lockStream,
  lookUp,
  useAssertion,
  type BatchPlace,
  type Known,
} from '../store.js'
import { evidenceContext, INGEST } from './scope.js'

/** A batch with the two hashes that know it again. */
interface Marked {
  readonly batch: SignedBatch
  readonly stream: Stream
  readonly place: BatchPlace
  /** SHA-256 of the canonical events (RFC 8785): the same however they were spelled. */
  readonly eventsHash: Buffer
  readonly payloadHash: Buffer
}

/** Receives a batch: what is known is answered before anything is judged anew, and all or nothing is recorded. */
export async function receive(
  kitchen: Kitchen,
  batch: SignedBatch,
  addressed: Addressed,
): Promise<Result<Received, Refusal>> {
  const { stream } = addressed.key
  const authority = kitchen.catalogue.parties.byCode(batch.issuer)
  const streams = [addressed.stream, batch.stream]
  if (!isOwnStream(addressed.key, { authority, streams })) return refuse({ code: 'wrong_stream' })
  const tooFast = kitchen.pace(stream.id)
  if (tooFast) return refuse(tooFast)
  const marked = mark(batch, stream)
  const known = await kitchen.inTransaction(INGEST, (trx) =>
    lookUp(trx, marked.place, batch.assertion),
  )
  const early = judge(marked, known)
  if (early) return early
  const accesses = readAll(kitchen, marked)
  if (!accesses.ok) return accesses
  const prepared = await kitchen.recorder.prepare(accesses.value)
  return kitchen.inTransaction(INGEST, (trx) => record(kitchen, trx, { marked, prepared }))
}

function mark(batch: SignedBatch, stream: Stream): Marked {
  return {
    batch,
    stream,
    place: { stream: stream.id, firstSeq: batch.firstSeq },
    eventsHash: sha256(canonicalJson(batch.rawEvents as CanonicalValue)),
    payloadHash: sha256(batch.assertion.payload),
  }
}

function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}

/** The identical batch gets its answer even under a used id: resending is how a sender learns its fate. */
function judge(
  { batch, eventsHash, payloadHash }: Marked,
  { earlier, seenPayload, lastSeq }: Known,
): Result<Received, Refusal> | undefined {
  if (earlier?.eventsHash.equals(eventsHash)) return ok({ isNew: false, answer: earlier.answer })
  if (seenPayload && !seenPayload.equals(payloadHash)) return refuse({ code: 'replayed' })
  const fault = sequenceFault(lastSeq, batch.firstSeq)
  return fault && refuse(fault)
}

/** Every event looked up and classified; all errors of all events at once, so that one round mends them. */
function readAll(
  { catalogue, subjects, recorder, clock }: Kitchen,
  { batch, stream }: Marked,
): Result<readonly ReportedAccess[], Refusal> {
  const issuer = catalogue.parties.byId(stream.authority)
  const pattern = compileCaseRef(stream.caseRefPattern ?? DEFAULT_CASE_REF)
  if (!issuer || !pattern.ok) throw new Error(`stream ${stream.name} is not registered properly`)
  const reading = { catalogue, subjects, issuer, stream: stream.id, now: clock.now() }
  const errors: EventError[] = []
  const accesses: ReportedAccess[] = []
  const numbers: number[] = []
  batch.events.forEach((event, at) => {
    const access = event.ok
      ? accessOf(event.value, { ...reading, caseRefFits: pattern.value })
      : event
    if (!access.ok) errors.push(...access.refusal)
    else {
      accesses.push(access.value)
      numbers.push(batch.firstSeq + at)
    }
  })
  for (const { position, refusal } of recorder.refusals(accesses)) {
    errors.push({ seq: numbers[position] ?? 0, field: 'event', code: refusal })
  }
  return errors.length === 0 ? ok(accesses) : refuse(badEvents(errors))
}

/** The stream's row is locked first, so that of two identical batches the second finds the first. */
async function record(
  kitchen: Kitchen,
  trx: Trx,
  { marked, prepared }: { marked: Marked; prepared: PreparedAccesses },
): Promise<Result<Received, Refusal>> {
  const { batch, place, stream, eventsHash, payloadHash } = marked
  await lockStream(trx, stream.id)
  const early = judge(marked, await lookUp(trx, place, batch.assertion))
  if (early) return early
  const isFirstUse = await useAssertion(trx, batch.assertion, payloadHash)
  if (!isFirstUse) return refuse({ code: 'replayed' })
  // Before the head of the log is taken, so that no other stream waits for this question.
  const disputed = await disputedAmong(trx, obtainedIn(prepared), kitchen.disputes)
  const { indices, size, checkpoint } = await kitchen.recorder.record(trx, prepared)
  const { firstSeq } = batch
  const lastSeq = firstSeq + batch.events.length - 1
  const answer: BatchAnswer = {
    ...{ stream: stream.name, firstSeq, lastSeq, indices },
    ...{ treeSize: size, checkpoint },
    ...(disputed.length === 0 ? {} : { disputed }),
  }
  const sealing = { context: evidenceContext(place), random: kitchen.random }
  await keepBatch(trx, {
    place,
    answer,
    eventsHash,
    evidence: seal(kitchen.evidenceKey, Buffer.from(batch.jws), sealing),
    receivedAt: kitchen.clock.now(),
    expiresOn: prepared.firstExpiry,
  })
  return ok({ isNew: true, answer })
}

function obtainedIn({ drafts }: PreparedAccesses): readonly Obtained[] {
  return drafts.flatMap(({ access: { stream, subject, operation, fields } }) =>
    stream === undefined ? [] : [{ seq: stream.seq, subject, operation, fields }],
  )
}
