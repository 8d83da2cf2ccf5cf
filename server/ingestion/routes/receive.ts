import { refuse, type Result } from '../../platform/kernel/result.js'
import type { Refusal, SignedRead } from '../delivery.js'
import { openBearer, openDelivery, readBatch, readRead, type RawDelivery } from '../forms.js'
import type { Addressed, Ingestion, Received } from '../service.js'

/** What leads a request through its checks. */
export interface Desk {
  readonly ingestion: Ingestion
  /** The portal's origin: the audience of every signed request. */
  readonly origin: string
}

/**
 * One delivery from its bytes to its record: size and encoding, raw JSON, signature and claims, then
 * the batch itself.
 */
export async function receiveDelivery(
  { ingestion, origin }: Desk,
  raw: RawDelivery,
  now: Date,
): Promise<Result<Received, Refusal>> {
  const envelope = openDelivery(raw)
  if (!envelope.ok) return envelope
  const key = await ingestion.keyOf(envelope.value.kid)
  if (!key.ok) return key
  const { publicJwk } = key.value
  const batch = await readBatch(envelope.value, { origin, now, publicJwk })
  if (!batch.ok) return batch
  return ingestion.receive(batch.value, { key: key.value, stream: raw.stream ?? '' })
}

/** What a signed read asks for. */
export interface RawRead {
  /** The name in the address; where it has none, the stream of the key is meant. */
  readonly stream?: string
  readonly authorization: string | undefined
  readonly path: string
}

/** Lets a signed GET through to what it asks for. */
export async function admitRead(
  { ingestion, origin }: Desk,
  raw: RawRead,
  now: Date,
): Promise<Result<{ read: SignedRead; addressed: Addressed }, Refusal>> {
  const envelope = openBearer(raw.authorization)
  if (!envelope.ok) return envelope
  const key = await ingestion.keyOf(envelope.value.kid)
  if (!key.ok) return key
  const { publicJwk } = key.value
  const expected = { origin, now, publicJwk, method: 'GET', path: raw.path }
  const read = await readRead(envelope.value, expected)
  if (!read.ok) return refuse(read.refusal)
  return {
    ok: true,
    value: {
      read: read.value,
      addressed: { key: key.value, stream: raw.stream ?? key.value.stream.name },
    },
  }
}
