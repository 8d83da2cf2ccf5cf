import { addPeriod } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import type { Commit, Desk } from '../journal/index.js'
import type { BlockEvent, Kind } from './rules.js'
import { insertEvent } from './store/events.js'

/** The retention class of events: what a dispute about a decision may still need (BGB §§ 195, 199). */
export const BLOCK_CLASS = {
  class: 50,
  code: 'blocks',
  ownerTable: 'blocks.block_event',
  sealed: false,
  retention: 'P3Y',
  citation: 'DSGVO Art. 5 Abs. 1 Buchst. e, Art. 17 Abs. 3 Buchst. e; BGB §§ 195, 199',
  width: 'quarter',
} as const

/** What the entries of this room are, in the body that is committed. */
export const ACT_TYPE = 'block'

/** Something that happened to a block. */
export interface Happening {
  readonly block: string
  readonly reference: string
  readonly subject: string
  readonly what: Kind
  readonly number: number
  readonly event: BlockEvent
  readonly at: Date
  /** Absent where the person did it, or the portal. */
  readonly desk?: Desk | undefined
  readonly byPortal?: boolean
  /** Codes alone; free text belongs into `content`. */
  readonly detail?: string | undefined
  /** Last day of a period that the event sets. */
  readonly until?: string | undefined
  /** Encrypted already. */
  readonly content?: Buffer | undefined
}

/** Writes what happened as an entry of the log, in the transaction of the row that it changed. */
export type WriteAct = (trx: Trx, happening: Happening) => Promise<void>

/** Makes it. */
export function createWriteAct(commit: Commit): WriteAct {
  return async (trx, happening) => {
    const { block, reference, what, until, ...act } = happening
    const row = await commit(trx, {
      ...act,
      thing: block,
      class: BLOCK_CLASS.class,
      expiresOn: expiryOf(act.at),
      facts: factsOf({ reference, what, until: until ?? null }),
    })
    await insertEvent(trx, { ...row, block, reference, what, until: until ?? null })
  }
}

/** What an event commits beside what every act has. */
export function factsOf({
  reference,
  what,
  until,
}: {
  readonly reference: string
  readonly what: string
  readonly until: string | null
}) {
  return { case: reference, block: what, ...(until === null ? {} : { until }) }
}

/** The day on which an entry of now is gone. */
export function expiryOf(at: Date): string {
  return addPeriod(at.toISOString().slice(0, 10), BLOCK_CLASS.retention)
}
