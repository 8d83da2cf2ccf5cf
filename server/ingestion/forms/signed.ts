import { compactVerify, importJWK } from 'jose'
import { z } from 'zod'
import { parseStrictJson } from '../../platform/http/strict-json.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import type { PublicJwk, Refusal } from '../delivery.js'
import { isCurrent } from '../rules.js'

/** Sorts of signed request, by `typ`, so that none can be used as another (RFC 8725 section 3.11). */
export type TokenType =
  | 'access-batch+jwt'
  | 'access-read+jwt'
  | 'consent-ask+jwt'
  | 'appointment-batch+jwt'
  | 'emergency-batch+jwt'

const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/

const ALGORITHMS = ['EdDSA', 'ES256'] as const
type Algorithm = (typeof ALGORITHMS)[number]

const protectedHeader = z.strictObject({
  alg: z.string().max(20),
  kid: z.string().min(1).max(128),
  typ: z.string().max(40),
})

/** A compact JWS (RFC 7515 section 7.1), taken apart and readable, its signature not yet checked. */
export interface Envelope {
  readonly jws: string
  readonly alg: Algorithm
  readonly kid: string
  readonly payload: Buffer
  readonly claims: unknown
}

/** What every signed request claims. */
export const commonClaims = {
  iss: z.string().min(1).max(100),
  aud: z.string(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().min(1).max(128),
}

/**
 * Takes a compact JWS apart. The header is exactly `alg`, `kid` and `typ`: nothing in it may name
 * another key (jwk, jku, x5c) or ask for rules of its own (crit, b64).
 */
export function readEnvelope(text: string, typ: TokenType): Result<Envelope, Refusal> {
  const [, rawHeader, rawPayload] = COMPACT.exec(text) ?? []
  if (rawHeader === undefined || rawPayload === undefined) return refuse({ code: 'not_jws' })
  const payload = bytesOf(rawPayload)
  const headerBytes = bytesOf(rawHeader)
  if (payload === undefined || headerBytes === undefined) return refuse({ code: 'not_jws' })
  const header = readHeader(headerBytes, typ)
  if (!header.ok) return header
  const claims = parseStrictJson(payload)
  if (!claims.ok) return refuse({ code: 'bad_json', detail: claims.refusal })
  return ok({ jws: text, ...header.value, payload, claims: claims.value })
}

function readHeader(
  bytes: Buffer,
  expectedType: TokenType,
): Result<Pick<Envelope, 'alg' | 'kid'>, Refusal> {
  const json = parseStrictJson(bytes)
  if (!json.ok) return refuse({ code: 'bad_json', detail: json.refusal })
  const header = protectedHeader.safeParse(json.value)
  if (!header.success) return refuse({ code: 'bad_header', detail: pathsOf(header.error) })
  const { alg, kid, typ } = header.data
  const known = ALGORITHMS.find((name) => name === alg)
  if (known === undefined) return refuse({ code: 'bad_signature', detail: 'alg' })
  return typ === expectedType ? ok({ alg: known, kid }) : refuse({ code: 'bad_type' })
}

/** Only the one spelling that an encoder gives (RFC 7515 appendix C). */
function bytesOf(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

/** Which members were wrong, by name; long names are cut, values are never repeated. */
export function pathsOf(error: z.ZodError): string {
  const names = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.')],
  )
  return [...new Set(names)].slice(0, 5).join(', ').slice(0, 100)
}

/** Whether the registered key made this signature, with the one algorithm that fits the key. */
export async function isSigned(envelope: Envelope, publicJwk: PublicJwk): Promise<boolean> {
  const alg = publicJwk.kty === 'OKP' ? 'EdDSA' : 'ES256'
  if (envelope.alg !== alg) return false
  try {
    const key = await importJWK({ ...publicJwk }, alg)
    await compactVerify(envelope.jws, key, { algorithms: [alg] })
    return true
  } catch {
    return false
  }
}

/** Checks what must hold of every request before its own claims count: audience, then times. */
export function guardClaims(
  claims: unknown,
  expected: { readonly origin: string; readonly now: Date },
): Refusal | undefined {
  if (typeof claims !== 'object' || claims === null) return { code: 'bad_claims' }
  const { aud, iat, exp } = claims as Readonly<Record<string, unknown>>
  if (aud !== expected.origin) return { code: 'bad_audience' }
  if (typeof iat !== 'number' || typeof exp !== 'number') return { code: 'bad_time' }
  return isCurrent({ iat, exp }, expected.now) ? undefined : { code: 'bad_time' }
}
