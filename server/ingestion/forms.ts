import { z } from 'zod'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import type { Assertion, PublicJwk, Refusal, SignedBatch, SignedRead } from './delivery.js'
import { readEvent } from './forms/event.js'
import {
  commonClaims,
  guardClaims,
  isSigned,
  pathsOf,
  readEnvelope,
  type Envelope,
  type TokenType,
} from './forms/signed.js'
import { CLOCK_TOLERANCE, MOST_EVENTS } from './rules.js'

/** Largest request body (bytes). */
export const LARGEST_BODY = 1024 * 1024

const MEDIA_TYPE = 'application/jose'
const LONGEST_BEARER = 8 * 1024
const BEARER = /^Bearer +([A-Za-z0-9_.-]+)$/i
/** So that no number of the batch can pass 2^53. */
const LARGEST_SEQ = Number.MAX_SAFE_INTEGER - MOST_EVENTS

/** A delivery as it arrived; everything in it is untrusted. */
export interface RawDelivery {
  /** The name in the address, where it has one. */
  readonly stream?: string
  readonly contentType: string | undefined
  readonly contentEncoding: string | undefined
  readonly body: Buffer
}

/** What a signed request is checked against. */
export interface Expected {
  /** The portal's origin, the one audience. */
  readonly origin: string
  readonly now: Date
  readonly publicJwk: PublicJwk
}

/** Claims of `typ: access-batch+jwt`. */
export const batchClaims = z.strictObject({
  ...commonClaims,
  stream: z.string().min(1).max(100),
  firstSeq: z.int().min(1).max(LARGEST_SEQ),
  events: z.array(z.unknown()).min(1),
})

/** Claims of `typ: access-read+jwt`: they bind it to one method and address (as RFC 9449 section 4.2). */
export const readClaims = z.strictObject({
  ...commonClaims,
  htm: z.string().max(10),
  htu: z.string().max(2000),
})

/** Size, type and encoding, then the JWS taken apart: nothing is parsed that is too large or encoded. */
export function openDelivery(
  raw: RawDelivery,
  typ: TokenType = 'access-batch+jwt',
): Result<Envelope, Refusal> {
  if (raw.contentEncoding !== undefined) return refuse({ code: 'encoded' })
  const mediaType = (raw.contentType ?? '').split(';')[0]?.trim().toLowerCase()
  if (mediaType !== MEDIA_TYPE) return refuse({ code: 'wrong_media_type' })
  if (raw.body.length > LARGEST_BODY) return refuse({ code: 'too_large' })
  return readEnvelope(raw.body.toString('latin1'), typ)
}

/** Signature, audience, times and claims of a batch; events with a bad form are carried as errors. */
export async function readBatch(
  envelope: Envelope,
  expected: Expected,
): Promise<Result<SignedBatch, Refusal>> {
  if (!(await isSigned(envelope, expected.publicJwk))) return refuse({ code: 'bad_signature' })
  const fault = guardClaims(envelope.claims, expected)
  if (fault !== undefined) return refuse(fault)
  const claims = batchClaims.safeParse(envelope.claims)
  if (!claims.success) return refuse({ code: 'bad_claims', detail: pathsOf(claims.error) })
  const { iss, stream, firstSeq, events } = claims.data
  if (events.length > MOST_EVENTS) return refuse({ code: 'too_large', detail: 'events' })
  return ok({
    issuer: iss,
    stream,
    firstSeq,
    assertion: assertionOf(envelope, claims.data),
    rawEvents: events,
    events: events.map((event, at) => readEvent(event, firstSeq + at)),
    jws: envelope.jws,
  })
}

/** The JWS of an `Authorization` header (RFC 6750 section 2.1), taken apart. */
export function openBearer(authorization: string | undefined): Result<Envelope, Refusal> {
  const [, token] = BEARER.exec(authorization ?? '') ?? []
  if (token === undefined) return refuse({ code: 'no_credentials' })
  if (token.length > LONGEST_BEARER) return refuse({ code: 'not_jws' })
  return readEnvelope(token, 'access-read+jwt')
}

/** Signature, audience, times and claims of a read, which counts for one method and address alone. */
export async function readRead(
  envelope: Envelope,
  expected: Expected & { readonly method: string; readonly path: string },
): Promise<Result<SignedRead, Refusal>> {
  if (!(await isSigned(envelope, expected.publicJwk))) return refuse({ code: 'bad_signature' })
  const fault = guardClaims(envelope.claims, expected)
  if (fault !== undefined) return refuse(fault)
  const claims = readClaims.safeParse(envelope.claims)
  if (!claims.success) return refuse({ code: 'bad_claims', detail: pathsOf(claims.error) })
  const { htm, htu, iss } = claims.data
  const isBound = htm === expected.method && htu === `${expected.origin}${expected.path}`
  if (!isBound) return refuse({ code: 'bad_binding' })
  return ok({ issuer: iss, assertion: assertionOf(envelope, claims.data) })
}

/** What lets a signed request be used once. */
export function assertionOf(
  envelope: Envelope,
  claims: { readonly iss: string; readonly jti: string; readonly exp: number },
): Assertion {
  return {
    issuer: claims.iss,
    jti: claims.jti,
    payload: envelope.payload,
    expiresAt: new Date((claims.exp + CLOCK_TOLERANCE) * 1000),
  }
}
