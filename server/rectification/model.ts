import type { Field, Party } from '../catalogue/index.js'
import type { Kind, Outcome, State } from './rules.js'

/** A request as it stands, without what is encrypted. */
export interface RequestRow {
  readonly request: string
  readonly state: State
  readonly subject: string
  readonly field: number
  /** Further fields of the same register that it is about, by catalogue number; known once it is filed. */
  readonly also: readonly number[]
  readonly language: string
  readonly version: number
  readonly savedAt: Date
  /** The key under which its contents are, itself encrypted; absent once they are erased. */
  readonly caseKey?: Buffer
  readonly content?: Buffer
  readonly reference?: string
  readonly kind?: Kind
  readonly filedAt?: Date
  readonly office?: number
  /** `YYYY-MM-DD`, German calendar; so is `dueOn`. */
  readonly formMetOn?: string
  readonly dueOn?: string
  /** Fields of the request that a correction in part leaves as they are. */
  readonly kept: readonly number[]
  readonly wasExtended: boolean
  readonly isRestricted: boolean
  readonly hasEvidence: boolean
  readonly outcome?: Outcome
  readonly decidedAt?: Date
  readonly closedAt?: Date
}

/** A filed request: what every one of them has. */
export interface FiledRequest extends RequestRow {
  readonly reference: string
  readonly kind: Kind
  readonly filedAt: Date
  readonly office: number
}

/** What staff see besides. */
export interface CaseRow extends FiledRequest {
  readonly assignee?: string
  readonly formerOffice?: number
  readonly secondOffice?: number
  readonly proposedBy?: string
  readonly effectiveAt?: Date
}

/** Which field a request is about, and which office answers it. */
export interface RequestTerms {
  readonly field: Field
  readonly office: Party
}
