import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose'
import { z } from 'zod'
import { TEXT } from './settings.js'

/** What a message may be: `typ` in its header (RFC 8725 section 3.11). */
export type MessageType = 'values-read+jwt' | 'correction+jwt' | 'consent-withdrawal+jwt'

/** Whose messages count, and for whom they are. */
export interface Trust {
  readonly portal: string
  readonly jwks: string
  readonly audience: string
}

/** A message that is believed, or why not. */
export type Verified =
  | { readonly kind: 'claims'; readonly claims: JWTPayload }
  | { readonly kind: 'refused' }
  /** The portal's keys cannot be read now. */
  | { readonly kind: 'unavailable' }

/** Checks one message. */
export type Verify = (jws: string, type: MessageType) => Promise<Verified>

/** Longest time for which a message may count, and how far clocks may differ (seconds). */
const MOST_LIFE_S = 60
const TOLERANCE_S = 5

const NEEDED = ['iss', 'aud', 'iat', 'exp', 'jti', 'sub']
const CODE = z.string().min(1).max(100)

/** Claims of a request for values. */
export const READ = z.object({
  sub: z.guid(),
  /** The consent on which whoever asks relies, where it is one. */
  consent: z.guid().optional(),
  fields: z.array(CODE).min(1).max(100),
})

/** Claims of a correction. */
export const CORRECTION = z.object({
  jti: z.string().min(1).max(200),
  sub: z.guid(),
  field: CODE,
  /** Without one the decision puts nothing into the register: `outcome` says what it does. */
  value: z.union([TEXT.transform((one) => [one]), z.array(TEXT).min(1).max(20)]).default([]),
  outcome: CODE.default('corrected'),
  reference: z.string().min(1).max(100),
  decidedAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
})

/** Claims of a withdrawal. */
export const WITHDRAWAL = z.object({
  jti: z.string().min(1).max(200),
  sub: z.guid(),
  consent: z.guid(),
  template: CODE,
  part: CODE,
  withdrawnAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
})

/** What a message says that it is, before anybody believes it: its own type decides how it is checked. */
export function typeOf(jws: string): MessageType {
  try {
    const { typ } = decodeProtectedHeader(jws)
    return typ === 'consent-withdrawal+jwt' ? typ : 'correction+jwt'
  } catch {
    return 'correction+jwt'
  }
}

/** Checks messages against the keys that the portal publishes; they are asked for when they are needed. */
export function verifierOf({ portal, jwks, audience }: Trust): Verify {
  const keys = createRemoteJWKSet(new URL(jwks), { timeoutDuration: 2_000 })
  return async (jws, typ) => {
    try {
      const { payload } = await jwtVerify(jws, keys, {
        algorithms: ['EdDSA'],
        typ,
        issuer: portal,
        audience,
        requiredClaims: NEEDED,
        maxTokenAge: MOST_LIFE_S,
        clockTolerance: TOLERANCE_S,
      })
      return isNarrow(payload) ? { kind: 'claims', claims: payload } : { kind: 'refused' }
    } catch (error) {
      return { kind: isAway(error) ? 'unavailable' : 'refused' }
    }
  }
}

/** jose accepts an end in ten years and a list of audiences. */
function isNarrow({ aud, exp = Infinity, iat = 0 }: JWTPayload): boolean {
  return typeof aud === 'string' && exp > iat && exp - iat <= MOST_LIFE_S
}

/** Keys that did not come: everything that jose does not say of the message itself. */
function isAway(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true
  return !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC'
}
