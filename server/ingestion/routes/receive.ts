import { refuse, type Result } from '../../platform/kernel/result.js'
import type { Exchange } from '../../platform/http/route.js'
import type {
  AppointmentsAnswer,
  EmergenciesAnswer,
  Refusal,
  SignedRead,
  SigningKey,
} from '../delivery.js'
import {
  openBearer,
  openDelivery,
  readBatch,
  readRead,
  type Expected,
  type RawDelivery,
} from '../forms.js'
import { readAppointments } from '../forms/appointments.js'
import { readEmergencies } from '../forms/emergencies.js'
import type { Envelope, TokenType } from '../forms/signed.js'
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
  desk: Desk,
  raw: RawDelivery,
  now: Date,
): Promise<Result<Received, Refusal>> {
  const opened = await openSigned(desk, { raw, now, typ: 'access-batch+jwt' }, readBatch)
  if (!opened.ok) return opened
  const { read, key } = opened.value
  return desk.ingestion.receive(read, { key, stream: raw.stream ?? '' })
}

/** The same for appointments. */
export async function admitAppointments(
  desk: Desk,
  raw: RawDelivery,
  now: Date,
): Promise<Result<AppointmentsAnswer, Refusal>> {
  const opened = await openSigned(
    desk,
    { raw, now, typ: 'appointment-batch+jwt' },
    readAppointments,
  )
  if (!opened.ok) return opened
  const { read, key } = opened.value
  return desk.ingestion.appointments(read, { key, stream: raw.stream ?? '' })
}

/** The same for accesses in an emergency. */
export async function admitEmergencies(
  desk: Desk,
  raw: RawDelivery,
  now: Date,
): Promise<Result<EmergenciesAnswer, Refusal>> {
  const opened = await openSigned(desk, { raw, now, typ: 'emergency-batch+jwt' }, readEmergencies)
  if (!opened.ok) return opened
  const { read, key } = opened.value
  return desk.ingestion.emergencies(read, { key, stream: raw.stream ?? '' })
}

/** Opens what was posted in one of the signed forms, and reads its claims under the key that signed it. */
export async function openSigned<Read>(
  { ingestion, origin }: Desk,
  { raw, now, typ }: { readonly raw: RawDelivery; readonly now: Date; readonly typ: TokenType },
  read: (envelope: Envelope, expected: Expected) => Promise<Result<Read, Refusal>>,
): Promise<Result<{ readonly read: Read; readonly key: SigningKey }, Refusal>> {
  const envelope = openDelivery(raw, typ)
  if (!envelope.ok) return envelope
  const key = await ingestion.keyOf(envelope.value.kid)
  if (!key.ok) return key
  const claims = await read(envelope.value, { origin, now, publicJwk: key.value.publicJwk })
  return claims.ok ? { ok: true, value: { read: claims.value, key: key.value } } : claims
}

/** What was posted, untrusted. */
export function rawDelivery({ params, headers, rawBody }: Exchange): RawDelivery {
  return {
    stream: params['stream'] ?? '',
    contentType: headers['content-type'],
    contentEncoding: headers['content-encoding'],
    body: rawBody,
  }
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
