import type {
  Channel,
  Field,
  LegalBasis,
  Operation,
  Party,
  Purpose,
  Unit,
} from '../catalogue/index.js'
import type { SubjectId } from '../identity/actor.js'

/** One entry of the access log as its person may read it; every code is resolved. */
export interface AccessEntry {
  /** Leaf index in the tree. */
  readonly index: number
  readonly subject: SubjectId
  readonly recordedAt: Date
  readonly occurredAt: Date
  /** First day on which the entry is gone, `YYYY-MM-DD`. */
  readonly expiresOn: string
  readonly operation: Operation
  readonly channel: Channel
  readonly source: Party
  readonly recipient: Party
  readonly unit?: Unit
  readonly purpose: Purpose
  readonly legalBasis: LegalBasis
  /** In catalogue order, at least one. */
  readonly fields: readonly Field[]
  readonly caseRef?: string
  /** When it reached the log, where the law held it back and it is shown only since `recordedAt`. */
  readonly heldSince?: Date
  /** Its leaf index then, where one entry is read alone. */
  readonly heldIndex?: number
}

/** A rule that an access breaks, as a fact; no fields where it concerns the whole access. */
export interface Flag {
  readonly rule: string
  readonly fields: readonly Field[]
}

/** Who acted: the recipient of a query or a transmission, the source of what was stored or erased. */
export function actorOf(entry: Pick<AccessEntry, 'operation' | 'source' | 'recipient'>): Party {
  return isReceiving(entry.operation) ? entry.recipient : entry.source
}

/** The other side of an access, where there is one. */
export function otherSideOf(entry: AccessEntry): Party | undefined {
  const other = isReceiving(entry.operation) ? entry.source : entry.recipient
  return other.id === actorOf(entry).id ? undefined : other
}

function isReceiving(operation: Operation): boolean {
  return operation === 'query' || operation === 'transmit'
}
