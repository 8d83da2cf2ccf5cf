import { addPeriod } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import { createCommit, type Desk, type JournalParts as CommitParts } from '../journal/index.js'
import type { Tell } from '../notices/index.js'
import { messageOf } from './messages.js'
import type { RequestEvent } from './rules.js'
import { eventFacts, insertEvent } from './store/events.js'

/** The retention class of events: what a dispute about a decision may still need (BGB §§ 195, 199). */
export const REQUEST_CLASS = {
  class: 20,
  code: 'rectification',
  ownerTable: 'rectification.request_event',
  sealed: false,
  retention: 'P3Y',
  citation: 'DSGVO Art. 5 Abs. 1 Buchst. e, Art. 17 Abs. 3 Buchst. e; BGB §§ 195, 199',
  width: 'quarter',
} as const

/** What the journal of requests is made of. */
export interface JournalParts extends CommitParts {
  /** Tells the person what happened, in the same transaction. */
  readonly tell: Tell
}

/** Something that happened to a request. */
export interface Happening {
  readonly request: string
  readonly reference: string
  readonly subject: string
  readonly number: number
  readonly event: RequestEvent
  readonly at: Date
  /** Absent where the person did it; without staff the portal did. */
  readonly desk?: Desk
  readonly byPortal?: boolean
  /** The supervisor, who is of no office, where one did it. */
  readonly supervisor?: string
  /** Whose answer it is, and by when it must come: told to the person where it concerns them. */
  readonly told?: { readonly office: number; readonly due?: string | null | undefined }
  /** Codes alone; free text belongs into `content`. */
  readonly detail?: string
  /** Encrypted already. */
  readonly content?: Buffer
}

/** Writes what happened as an entry of the log, in the transaction of the row that it changed. */
export interface Journal {
  /** Returns the first day on which the entry is gone. */
  write(trx: Trx, happening: Happening): Promise<string>
}

/** Makes the journal. */
export function createJournal({ tell, ...parts }: JournalParts): Journal {
  const commit = createCommit('rectification', parts)
  return {
    write: async (trx, happening) => {
      const { request, reference, told, ...act } = happening
      const expiresOn = expiryOf(act.at)
      const row = await commit(trx, {
        ...act,
        ...{ thing: request, class: REQUEST_CLASS.class, expiresOn },
        facts: eventFacts({ reference }),
      })
      await insertEvent(trx, { ...row, request, reference })
      const message = told && messageOf(parts.catalogue, { ...happening, ...told })
      if (message !== undefined) await tell(trx, message)
      return expiresOn
    },
  }
}

/** The day on which an entry of now is gone. */
export function expiryOf(at: Date): string {
  return addPeriod(at.toISOString().slice(0, 10), REQUEST_CLASS.retention)
}
