import { addPeriod } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import { createCommit, type Desk, type JournalParts } from '../journal/index.js'
import type { InquiryEvent } from './rules.js'
import { eventFacts, insertEvent } from './store/events.js'

/** The retention class of events: what a dispute about an answer may still need (BGB §§ 195, 199). */
export const INQUIRY_CLASS = {
  class: 30,
  code: 'inquiries',
  ownerTable: 'inquiries.inquiry_event',
  sealed: false,
  retention: 'P3Y',
  citation: 'DSGVO Art. 5 Abs. 1 Buchst. e, Art. 17 Abs. 3 Buchst. e; BGB §§ 195, 199',
  width: 'quarter',
} as const

/** Something that happened to an inquiry. */
export interface Happening {
  readonly inquiry: string
  readonly reference: string
  readonly subject: string
  readonly entry: number
  readonly number: number
  readonly event: InquiryEvent
  readonly at: Date
  /** Absent where the person did it. */
  readonly desk?: Desk | undefined
  /** Codes alone; free text belongs into `content`. */
  readonly detail?: string | undefined
  /** Encrypted already. */
  readonly content?: Buffer | undefined
}

/** Writes what happened as an entry of the log, in the transaction of the row that it changed. */
export interface Journal {
  write(trx: Trx, happening: Happening): Promise<void>
}

/** Makes the journal. */
export function createJournal(parts: JournalParts): Journal {
  const commit = createCommit('inquiry', parts)
  return {
    write: async (trx, { inquiry, reference, entry, ...act }) => {
      const row = await commit(trx, {
        ...act,
        ...{ thing: inquiry, class: INQUIRY_CLASS.class, expiresOn: expiryOf(act.at) },
        facts: eventFacts({ reference, entry }),
      })
      await insertEvent(trx, { ...row, inquiry, reference, entry })
    },
  }
}

/** The day on which an entry of now is gone. */
export function expiryOf(at: Date): string {
  return addPeriod(at.toISOString().slice(0, 10), INQUIRY_CLASS.retention)
}
