import { createHash } from 'node:crypto'
import type { Trx } from '../../database.js'
import { formatProof, type InclusionProof } from '../../ledger/index.js'
import type { AuthorityOpening } from '../../overview/index.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import { unseal } from '../../platform/kernel/sealing.js'
import type { EventForm, Refusal, SignedRead, Stream } from '../delivery.js'
import { disputedAmong } from '../disputes.js'
import { isOwnStream } from '../rules.js'
import type { Addressed, Kitchen } from '../service.js'
import { findBatch, useAssertion, type KeptBatch } from '../store.js'
import { evidenceContext, INGEST } from './scope.js'

/** Everything that opens one event to its authority. */
export interface Receipt {
  readonly stream: string
  readonly seq: number
  readonly opening: AuthorityOpening
  /** Binds the entry to the number that was sent: 32 bytes. */
  readonly subjectKey: Buffer
  /** Codes of fields of the event that its person contests now (GDPR Article 18). */
  readonly disputed: readonly string[]
  /** C2SP tlog-proof; absent while the public tick that covers the entry is still to come. */
  readonly proof?: string
}

/** A read and what it asks for. */
export interface Asked {
  readonly signed: SignedRead
  readonly addressed: Addressed
}

/**
 * Lets an authority read about its own stream. The same signed read may come twice, as programs
 * repeat a GET, but its id must not come with other content.
 */
export async function read<Value>(
  kitchen: Kitchen,
  { signed, addressed }: Asked,
  work: (trx: Trx, stream: Stream) => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal>> {
  const { key, stream } = addressed
  const authority = kitchen.catalogue.parties.byCode(signed.issuer)
  if (!isOwnStream(key, { authority, streams: [stream] })) return refuse({ code: 'wrong_stream' })
  const tooFast = kitchen.pace(key.stream.id)
  if (tooFast) return refuse(tooFast)
  const payloadHash = createHash('sha256').update(signed.assertion.payload).digest()
  return kitchen.inTransaction(INGEST, async (trx) => {
    const isUsable = await useAssertion(trx, signed.assertion, payloadHash)
    return isUsable ? work(trx, key.stream) : refuse({ code: 'replayed' })
  })
}

/** The opening and proof of one event, with the key that binds it to the number that was sent. */
export async function receiptOf(
  kitchen: Kitchen,
  asked: Asked,
  seq: number,
): Promise<Result<Receipt, Refusal>> {
  return read(kitchen, asked, async (trx, stream) => {
    const batch = await findBatch(trx, stream.id, seq)
    const at = seq - (batch?.place.firstSeq ?? 0)
    const index = batch?.answer.indices[at]
    if (batch === undefined || index === undefined) return refuse({ code: 'not_found' })
    const opening = await kitchen.openingOf(trx, { stream: stream.id, seq, index })
    if (opening === undefined) return refuse({ code: 'not_found' })
    const proof = await kitchen.prove(trx, index)
    const { subject, subjectKey } = subjectIn(kitchen, batch, at)
    const disputed = await disputedNow(kitchen, trx, { seq, subject, body: opening.body })
    const receipt = { stream: stream.name, seq, opening, subjectKey, disputed }
    return ok(proof === undefined ? receipt : { ...receipt, proof: proofText(proof) })
  })
}

function proofText({ index, path: hashes, checkpoint }: InclusionProof): string {
  return formatProof({ index, hashes, checkpoint })
}

/** What is contested today: the same question as at the delivery, asked of the committed event. */
async function disputedNow(
  { catalogue, disputes }: Kitchen,
  trx: Trx,
  { seq, subject, body }: { seq: number; subject: string; body: string },
): Promise<readonly string[]> {
  const { operation, fields } = JSON.parse(body) as Pick<EventForm, 'operation' | 'fields'>
  const known = fields.flatMap((code) => catalogue.fields.byCode(code) ?? [])
  const [found] = await disputedAmong(trx, [{ seq, subject, operation, fields: known }], disputes)
  return found?.fields ?? []
}

/** The number stands nowhere but in what its authority signed, which was checked when it came. */
function subjectIn(
  { evidenceKey, subjects }: Kitchen,
  { place, evidence }: KeptBatch,
  at: number,
): { subject: string; subjectKey: Buffer } {
  const jws = unseal(evidenceKey, evidence, evidenceContext(place)).toString()
  const payload = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()
  const claims = JSON.parse(payload) as {
    readonly iss: string
    readonly events: readonly { subject: { scheme: EventForm['scheme']; value: string } }[]
  }
  const { scheme, value } = claims.events[at]?.subject ?? {}
  const subject = scheme && value ? subjects.of(scheme, value, claims.iss) : undefined
  const subjectKey = scheme && value ? subjects.keyOf(scheme, value, claims.iss) : undefined
  if (subject === undefined || subjectKey === undefined)
    throw new Error('the evidence does not hold the event that it was kept for')
  return { subject, subjectKey }
}
