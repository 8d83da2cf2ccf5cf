import { canonicalJson, type CanonicalValue } from '../ledger/index.js'

/** Who did something: the person, an office, the portal by itself, or a supervisor, who is of no office. */
export type Doer = 'resident' | 'office' | 'portal' | 'supervision'

/** What the committed body of an act says; codes, not numbers, and no subject, class or salt. */
export interface ActBody {
  /** What kind of thing it happened to: `rectification`, `consent`, `block`. */
  readonly type: string
  readonly event: string
  /** Place among the acts of the same thing, from 1. */
  readonly number: number
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
  /** What else the room commits; absent values are left out. */
  readonly facts: Facts
}

/** Further keys of a body, by the names under which they are committed. */
export type Facts = Readonly<Record<string, CanonicalValue | undefined>>

/** Body v1 of an act: RFC 8785 JSON, absent keys left out. */
export function bodyOfAct(act: ActBody): string {
  const { facts, type, event, number, by, recordedAt, expiresOn, detail, office, unit } = act
  const parts: Facts = {
    ...facts,
    ...{ type, event, number, by, recordedAt, expiresOn, detail, office, unit, v: 1 },
    content: hex(act.contentDigest),
    operator: hex(act.operatorDigest),
  }
  const body: Record<string, CanonicalValue> = {}
  for (const [name, value] of Object.entries(parts)) if (value !== undefined) body[name] = value
  return canonicalJson(body)
}

function hex(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString('hex')
}
