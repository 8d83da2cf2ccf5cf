import { canonicalJson, type CanonicalValue } from '../ledger/index.js'
import type { Doer, RequestEvent } from './rules.js'

/** What the committed body of an event says; codes, not numbers, and no subject, class or salt. */
export interface EventBody {
  readonly reference: string
  /** Place among the events of the request, from 1. */
  readonly number: number
  readonly event: RequestEvent
  readonly by: Doer
  /** UTC with milliseconds. */
  readonly recordedAt: string
  /** `YYYY-MM-DD`. */
  readonly expiresOn: string
  readonly office: string | undefined
  readonly unit: string | undefined
  readonly operatorDigest: Uint8Array | undefined
  readonly detail: string | undefined
  /** SHA-256 of the encrypted content: it can be checked even when nobody can read it any more. */
  readonly contentDigest: Uint8Array | undefined
}

/** Body v1 of an event: RFC 8785 JSON, absent keys left out. */
export function bodyOfEvent(parts: EventBody): string {
  const optional: Readonly<Record<string, string | undefined>> = {
    content: hex(parts.contentDigest),
    detail: parts.detail,
    office: parts.office,
    operator: hex(parts.operatorDigest),
    unit: parts.unit,
  }
  const body: Record<string, CanonicalValue> = {
    by: parts.by,
    case: parts.reference,
    event: parts.event,
    expiresOn: parts.expiresOn,
    number: parts.number,
    recordedAt: parts.recordedAt,
    type: 'rectification',
    v: 1,
  }
  for (const [name, value] of Object.entries(optional)) if (value !== undefined) body[name] = value
  return canonicalJson(body)
}

function hex(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString('hex')
}
