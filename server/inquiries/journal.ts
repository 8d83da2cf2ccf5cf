import { addPeriod, type Catalogue } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import { sha256, type Ledger } from '../ledger/index.js'
import { bodyOfEvent } from './body.js'
import type { InquiryEvent } from './rules.js'
import { insertEvent } from './store/events.js'

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

/** Keyed digest of who did one event of one inquiry, 32 bytes: another one each time. */
export type OperatorDigest = (act: {
  readonly staff: string
  readonly inquiry: string
  readonly number: number
}) => Buffer

/** What the journal of inquiries is made of. */
export interface JournalParts {
  readonly ledger: Ledger
  readonly catalogue: Catalogue
  readonly operatorDigest: OperatorDigest
}

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
  readonly desk?: { readonly office: number; readonly unit?: number; readonly staff: string }
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
export function createJournal({ ledger, catalogue, operatorDigest }: JournalParts): Journal {
  return {
    write: async (trx, happening) => {
      const { desk, at, content, detail, event, number, reference, subject } = happening
      const { inquiry, entry } = happening
      const expiresOn = expiryOf(at)
      const by = desk ? 'office' : 'resident'
      const digest = desk && operatorDigest({ staff: desk.staff, inquiry, number })
      const body = bodyOfEvent({
        ...{ reference, entry, number, event, by, expiresOn, detail },
        recordedAt: at.toISOString(),
        office: desk && catalogue.parties.byId(desk.office)?.code,
        unit: desk?.unit === undefined ? undefined : catalogue.units.byId(desk.unit)?.code,
        operatorDigest: digest,
        contentDigest: content && sha256(content),
      })
      const prepared = ledger.prepare([{ class: INQUIRY_CLASS.class, subject, body }])
      const { indices } = await ledger.append(trx, prepared)
      await insertEvent(trx, {
        ...{ class: INQUIRY_CLASS.class, expires_on: expiresOn, recorded_at: at, subject },
        ...{ inquiry, reference, entry, number, kind: event, by, detail: detail ?? null },
        leaf_index: first(indices),
        office: desk?.office ?? null,
        unit: desk?.unit ?? null,
        operator_digest: digest ?? null,
        content: content ?? null,
        salt: first(prepared.salts),
      })
    },
  }
}

/** The day on which an entry of now is gone. */
export function expiryOf(at: Date): string {
  return addPeriod(at.toISOString().slice(0, 10), INQUIRY_CLASS.retention)
}

function first<Item>(items: readonly Item[]): Item {
  const [item] = items
  if (item === undefined) throw new Error('the log gave no place for an entry')
  return item
}
