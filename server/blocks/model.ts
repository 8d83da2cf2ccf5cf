import type { Field, Party, Unit } from '../catalogue/index.js'
import type { Doer } from '../journal/index.js'
import type { BlockEvent, Hearing, Kind, Standing, State } from './rules.js'

/** A block as it stands, without what is encrypted. */
export interface BlockRow {
  readonly block: string
  /** Empty in a draft. */
  readonly reference: string
  readonly subject: string
  readonly kind: Kind
  readonly state: State
  /** Office that decides (catalogue number); absent in a draft that has not come that far. */
  readonly office?: number
  /** Field that a restriction is about (catalogue number). */
  readonly field?: number
  readonly grounds: readonly string[]
  /** The key under which its words are, itself encrypted; absent once they are erased. */
  readonly caseKey?: Buffer
  /** The information block that it came with. */
  readonly source?: string
  /** Whether it works against authorities as well, as for witnesses. */
  readonly isGuarded: boolean
  readonly protectsOthers: boolean
  readonly formMetAt?: Date
  readonly filedAt?: Date
  /** `YYYY-MM-DD`, German calendar. */
  readonly dueOn?: string
  readonly fromAt?: Date
  /** Last day, `YYYY-MM-DD`. */
  readonly until?: string
  readonly endedAt?: Date
  readonly hearing?: Hearing
  readonly hearingUntil?: string
  /** Number of its events. */
  readonly version: number
  readonly savedAt: Date
}

/** A block as its office sees it. */
export interface DeskRow extends BlockRow {
  readonly clerk?: string
  readonly proposedBy?: string
}

/** A draft, with the words that stand in it. */
export interface DraftRow extends BlockRow {
  readonly content?: Buffer
}

/** An event as people read it. */
export interface ToldEvent {
  /** Leaf index in the tree. */
  readonly index: number
  readonly number: number
  readonly event: BlockEvent
  readonly at: Date
  readonly by: Doer
  readonly office?: Party
  readonly unit?: Unit
  readonly detail?: string
  readonly until?: string
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

/** A block with everything that belongs to it. */
export interface BlockFacts {
  readonly block: BlockRow
  readonly office: Party
  readonly field?: Field
  readonly events: readonly ToldEvent[]
  /** Absent until the form is met, and once it is decided. */
  readonly deadline?: Deadline
  /** What the person wrote; absent where nothing was written, or it is erased. */
  readonly words?: string
  readonly isErased: boolean
}

/** What the rules ask about a block. */
export function standingOf(row: BlockRow): Standing {
  return {
    ...{ kind: row.kind, state: row.state, protectsOthers: row.protectsOthers },
    isFormMet: row.formMetAt !== undefined,
    isDerived: row.source !== undefined,
    hearing: row.hearing,
  }
}
