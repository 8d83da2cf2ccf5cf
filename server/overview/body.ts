import type { Channel, Operation } from '../catalogue/index.js'
import { canonicalJson, type CanonicalValue } from '../ledger/index.js'

/** What the committed body of an access says; codes, not numbers, and no subject, class or salt. */
export interface BodyParts {
  /** UTC with milliseconds, as `toISOString` writes it; so is `occurredAt`. */
  readonly recordedAt: string
  /** `YYYY-MM-DD`. */
  readonly expiresOn: string
  readonly occurredAt: string
  readonly operation: Operation
  readonly channel: Channel
  readonly source: string
  readonly recipient: string
  readonly unit: string | undefined
  readonly purpose: string
  readonly legalBasis: string
  /** In catalogue order. */
  readonly fields: readonly string[]
  readonly caseRef: string | undefined
  readonly consentId: string | undefined
  /** Digest of stream and number, 32 bytes. */
  readonly seqDigest: Uint8Array | undefined
  /** Digest of the staff member's pseudonym, 32 bytes. */
  readonly operatorDigest: Uint8Array | undefined
  /** What opens the sealed entry that this one makes visible. */
  readonly released?: ReleasedFrom | undefined
}

/**
 * The sealed entry behind a released one: its body is the same without `released` and with its own `recordedAt`,
 * its class the sealed twin, its subject the same.
 */
export interface ReleasedFrom {
  /** Its leaf. */
  readonly index: number
  readonly recordedAt: string
  /** sa || sb, 32 bytes. */
  readonly salt: Uint8Array
}

/**
 * Body v1: RFC 8785 JSON, times in UTC with milliseconds, absent keys left out. The keys are set in their
 * canonical order, so that nothing is left to sort.
 */
export function bodyOf(parts: BodyParts): string {
  const { caseRef, consentId, operatorDigest, seqDigest, unit } = parts
  const body: Record<string, CanonicalValue> = {}
  if (caseRef !== undefined) body.caseRef = caseRef
  body.channel = parts.channel
  if (consentId !== undefined) body.consentId = consentId
  body.expiresOn = parts.expiresOn
  body.fields = parts.fields
  body.legalBasis = parts.legalBasis
  body.occurredAt = parts.occurredAt
  body.operation = parts.operation
  if (operatorDigest !== undefined) body.operator = hex(operatorDigest)
  body.purpose = parts.purpose
  body.recipient = parts.recipient
  body.recordedAt = parts.recordedAt
  if (parts.released !== undefined) {
    const { index, recordedAt, salt } = parts.released
    body.released = { index, recordedAt, salt: hex(salt) }
  }
  if (seqDigest !== undefined) body.seq = hex(seqDigest)
  body.source = parts.source
  body.type = 'access'
  if (unit !== undefined) body.unit = unit
  body.v = 1
  return canonicalJson(body)
}

function hex({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('hex')
}
