import { addPeriod, type Catalogue } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import { sha256, type Ledger } from '../ledger/index.js'
import type { Tell } from '../notices/index.js'
import { bodyOfEvent } from './body.js'
import { messageOf } from './messages.js'
import type { Doer, RequestEvent } from './rules.js'
import { insertEvent } from './store/events.js'

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

/**
 * Keyed digest of who did one event of one request, 32 bytes: another one each time, so that nobody can follow
 * a member of staff through the requests of many people.
 */
export type OperatorDigest = (act: {
  readonly staff: string
  readonly request: string
  readonly number: number
}) => Buffer

/** What the journal of requests is made of. */
export interface JournalParts {
  readonly ledger: Ledger
  readonly catalogue: Catalogue
  readonly operatorDigest: OperatorDigest
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
  readonly desk?: { readonly office: number; readonly unit?: number; readonly staff: string }
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
export function createJournal({ ledger, catalogue, operatorDigest, tell }: JournalParts): Journal {
  return {
    write: async (trx, happening) => {
      const { desk, at, content, detail, event, number, reference, subject, request } = happening
      const expiresOn = expiryOf(at)
      const by = doerOf(happening)
      const staff = desk?.staff ?? happening.supervisor
      const digest = staff === undefined ? undefined : operatorDigest({ staff, request, number })
      const body = bodyOfEvent({
        ...{ reference, number, event, by, expiresOn, detail },
        recordedAt: at.toISOString(),
        office: desk && catalogue.parties.byId(desk.office)?.code,
        unit: desk?.unit === undefined ? undefined : catalogue.units.byId(desk.unit)?.code,
        operatorDigest: digest,
        contentDigest: content && sha256(content),
      })
      const prepared = ledger.prepare([{ class: REQUEST_CLASS.class, subject, body }])
      const { indices } = await ledger.append(trx, prepared)
      await insertEvent(trx, {
        ...{ class: REQUEST_CLASS.class, expires_on: expiresOn, recorded_at: at, subject },
        ...{ request, reference, number, kind: event, by, detail: detail ?? null },
        leaf_index: first(indices),
        office: desk?.office ?? null,
        unit: desk?.unit ?? null,
        operator_digest: digest ?? null,
        content: content ?? null,
        salt: first(prepared.salts),
      })
      const message = happening.told && messageOf(catalogue, { ...happening, ...happening.told })
      if (message !== undefined) await tell(trx, message)
      return expiresOn
    },
  }
}

function doerOf({ desk, supervisor, byPortal }: Happening): Doer {
  if (desk) return 'office'
  if (supervisor !== undefined) return 'supervision'
  return byPortal ? 'portal' : 'resident'
}

/** The day on which an entry of now is gone. */
export function expiryOf(at: Date): string {
  return addPeriod(at.toISOString().slice(0, 10), REQUEST_CLASS.retention)
}

function first<Item>(items: readonly Item[]): Item {
  const [item] = items
  if (item === undefined) throw new Error('the log gave no place for an entry')
  return item
}
