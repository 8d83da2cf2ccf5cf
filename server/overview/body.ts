import type { Channel, Operation } from '../catalogue/index.js'
import { canonicalJson, type CanonicalValue } from '../ledger/index.js'

/** What the committed body of an access says; codes, not numbers, and no subject, class or salt. */
export interface BodyParts {
  readonly recordedAt: Date
  /** `YYYY-MM-DD`. */
  readonly expiresOn: string
  readonly occurredAt: Date
  readonly operation: Operation
  readonly channel: Channel
  readonly source: string
  readonly recipient: string
  readonly unit?: string
  readonly purpose: string
  readonly legalBasis: string
  /** In catalogue order. */
  readonly fields: readonly string[]
  readonly caseRef?: string
  readonly consentId?: string
  /** Digest of stream and number, 32 bytes. */
  readonly seqDigest?: Uint8Array
  /** Digest of the staff member's pseudonym, 32 bytes. */
  readonly operatorDigest?: Uint8Array
}

/** Body v1: RFC 8785 JSON, times in UTC with milliseconds, absent keys left out. */
export function bodyOf(parts: BodyParts): string {
  const body: Record<string, CanonicalValue | undefined> = {
    v: 1,
    type: 'access',
    recordedAt: parts.recordedAt.toISOString(),
    expiresOn: parts.expiresOn,
    occurredAt: parts.occurredAt.toISOString(),
    operation: parts.operation,
    channel: parts.channel,
    source: parts.source,
    recipient: parts.recipient,
    unit: parts.unit,
    purpose: parts.purpose,
    legalBasis: parts.legalBasis,
    fields: [...parts.fields],
    caseRef: parts.caseRef,
    consentId: parts.consentId,
    seq: hex(parts.seqDigest),
    operator: hex(parts.operatorDigest),
  }
  const present = Object.entries(body).filter(([, value]) => value !== undefined)
  return canonicalJson(Object.fromEntries(present) as Record<string, CanonicalValue>)
}

function hex(digest: Uint8Array | undefined): string | undefined {
  return digest && Buffer.from(digest).toString('hex')
}
