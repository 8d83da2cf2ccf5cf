import type {
  Channel,
  Field,
  LegalBasis,
  Operation,
  Party,
  Purpose,
  Unit,
} from '../catalogue/index.js'
import type { Trx } from '../database.js'
import type { PreparedEntries } from '../ledger/index.js'
import type { SubjectId } from '../identity/index.js'
import type { Classified } from './classify.js'
import type { Breach } from './prohibitions.js'
import type { PreparedRow } from './store/record.js'

/** An access as reported, with every code resolved; what the ledger is to record. */
export interface ReportedAccess {
  readonly subject: SubjectId
  readonly occurredAt: Date
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
  readonly consentId?: string
  /** Absent for entries of the portal itself. */
  readonly stream?: { readonly id: number; readonly seq: number; readonly operatorRef?: string }
  /** The reporter may tighten how openly it is shown, never loosen it. */
  readonly tighten?: 'case_review' | 'body_consent' | 'withheld'
  /** The reporter may ask for a delay until this day, `YYYY-MM-DD`. */
  readonly holdUntil?: string
}

/** What of an access the catalogue has a say in. */
export type AccessKind = Pick<
  ReportedAccess,
  'operation' | 'source' | 'recipient' | 'purpose' | 'legalBasis' | 'fields'
>

/**
 * What another room knows against accesses of a batch, by their position: consents that did not hold, blocks.
 * Asked once for each batch and before any lock; an empty answer costs nothing.
 */
export type FurtherRule = (
  accesses: readonly ReportedAccess[],
) => Promise<ReadonlyMap<number, readonly Breach[]>>

/**
 * Looks again, under the append lock, at accesses from a leaf on that cite consents: one may have ended since it was
 * judged. An end appends as well, so one of the two always sees the other.
 */
export type LookAgain = (
  trx: Trx,
  cited: { readonly consents: readonly string[]; readonly from: number },
) => Promise<void>

/** Why a reported access cannot be recorded at all. */
export type Refusal = 'not_in_log' | 'retention_over'

/** An access with everything its row needs but index and salt. */
export interface DraftEvent {
  readonly access: ReportedAccess
  readonly classified: Classified
  /** Both instants as text, UTC with milliseconds: body and row write them alike. */
  readonly recordedAt: string
  readonly occurredAt: string
  /** Absent for entries of the portal itself. */
  readonly seqDigest: Buffer | undefined
  readonly operatorDigest: Buffer | undefined
}

/** Accesses that are classified and hashed, ready for one append. */
export interface PreparedAccesses {
  readonly drafts: readonly DraftEvent[]
  /** Their rows, in the same order. */
  readonly rows: readonly PreparedRow[]
  readonly commitments: PreparedEntries
  /** First day on which the first of them is gone. */
  readonly firstExpiry: string
}

/** A recorded batch. */
export interface Recorded {
  /** Leaf index of each access, in the order they were given. */
  readonly indices: readonly number[]
  readonly size: number
  readonly checkpoint: string
}

/** What opens an access to the authority that delivered it: its class is open to it, too. */
export interface AuthorityOpening {
  readonly index: number
  readonly class: number
  readonly body: string
  readonly salt: Buffer
  /** Opens the digests of number and operator in the body (16 bytes). */
  readonly originSalt: Buffer
}

/** The writing side of the access log, for the room that receives deliveries. */
export interface AccessRecorder {
  /** Classifies without writing: which of the accesses cannot be recorded, by position. */
  refusals(accesses: readonly ReportedAccess[]): readonly { position: number; refusal: Refusal }[]
  /** Decides class, expiry, disclosure and flags, builds bodies and hashes; runs before any lock. */
  prepare(accesses: readonly ReportedAccess[]): Promise<PreparedAccesses>
  /** Appends in the caller's transaction, whose scope is `ingest`. */
  record(trx: Trx, prepared: PreparedAccesses): Promise<Recorded>
}
