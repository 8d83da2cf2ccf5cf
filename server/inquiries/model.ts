import type { Party, Unit } from '../catalogue/index.js'
import type { Doer } from '../journal/index.js'
import type { InquiryEvent, Kind, Reason, Reply, State } from './rules.js'

/** An inquiry as it stands, without what is encrypted. */
export interface InquiryRow {
  readonly inquiry: string
  readonly reference: string
  readonly subject: string
  /** Leaf index of the access that it is about. */
  readonly entry: number
  /** Office that acted (catalogue number). */
  readonly office: number
  readonly kind: Kind
  readonly reasons: readonly Reason[]
  readonly state: State
  /** The key under which its words are, itself encrypted; absent once they are erased. */
  readonly caseKey?: Buffer
  readonly version: number
  readonly askedAt: Date
  /** `YYYY-MM-DD`, German calendar. */
  readonly dueOn: string
  readonly endedAt?: Date
}

/** An event as people read it. */
export interface ToldEvent {
  /** Leaf index in the tree. */
  readonly index: number
  readonly number: number
  readonly event: InquiryEvent
  readonly at: Date
  readonly by: Doer
  readonly office?: Party
  readonly unit?: Unit
  readonly detail?: string
  /** What somebody wrote; absent where nothing was written, or it is erased. */
  readonly words?: string
}

/** One line of the working of a deadline: what was looked at, and which day it gave. */
export interface DeadlineStep {
  readonly step: string
  readonly day: string
  /** Why a day is no working day. */
  readonly why?: string
}

/** When an answer is due, and how that day was found (GDPR Article 12 (3)). */
export interface Deadline {
  readonly due: string
  readonly steps: readonly DeadlineStep[]
}

/** An inquiry with everything that belongs to it. */
export interface InquiryFacts {
  readonly inquiry: InquiryRow
  readonly office: Party
  readonly events: readonly ToldEvent[]
  readonly deadline: Deadline
  /** The latest answer; absent before there is one. */
  readonly reply?: Reply
  /** What the person wrote; absent where nothing was written, or it is erased. */
  readonly words?: string
  readonly isErased: boolean
}
