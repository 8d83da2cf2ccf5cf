import type { Insertable, Selectable } from 'kysely'
import type { Db, Trx } from '../../database.js'
import type { Doer, Facts } from '../../journal/index.js'
import type { InquiryEvent } from '../rules.js'
import type { InquiryEventTable } from '../tables.js'

/** One event of an inquiry as it stands in the log. */
export interface StoredEvent {
  readonly index: number
  readonly at: Date
  readonly number: number
  readonly event: InquiryEvent
  readonly by: Doer
  readonly office?: number
  readonly unit?: number
  readonly detail?: string
  /** Encrypted. */
  readonly content?: Buffer
}

/** The row of an event, for the audit. */
export type EventRow = Selectable<InquiryEventTable>

/** Adds an event. */
export async function insertEvent(trx: Trx, row: Insertable<InquiryEventTable>): Promise<void> {
  await trx.insertInto('inquiries.inquiry_event').values(row).execute()
}

/** The events of an inquiry in their order, as far as the role may see them. */
export async function readEvents(trx: Trx, inquiry: string): Promise<readonly StoredEvent[]> {
  const rows = await trx
    .selectFrom('inquiries.inquiry_event')
    .select(['leaf_index', 'recorded_at', 'number', 'kind', 'by', 'office', 'unit'])
    .select(['detail', 'content'])
    .where('inquiry', '=', inquiry)
    .orderBy('number')
    .execute()
  return rows.map((row) => ({
    index: row.leaf_index,
    at: row.recorded_at,
    number: row.number,
    event: row.kind as InquiryEvent,
    by: row.by,
    ...(row.office === null ? {} : { office: row.office }),
    ...(row.unit === null ? {} : { unit: row.unit }),
    ...(row.detail === null ? {} : { detail: row.detail }),
    ...(row.content === null ? {} : { content: row.content }),
  }))
}

/** The number of the next event of an inquiry. */
export async function nextNumber(trx: Trx, inquiry: string): Promise<number> {
  const row = await trx
    .selectFrom('inquiries.inquiry_event')
    .select((eb) => eb.fn.max('number').as('last'))
    .where('inquiry', '=', inquiry)
    .executeTakeFirst()
  return Number(row?.last ?? 0) + 1
}

/** A stretch of all events for the audit, in order of their leaves. */
export async function readEventRows(
  db: Db,
  after: number | undefined,
  limit: number,
): Promise<readonly EventRow[]> {
  const rows = db.selectFrom('inquiries.inquiry_event').selectAll().orderBy('leaf_index')
  const rest = after === undefined ? rows : rows.where('leaf_index', '>', after)
  return rest.limit(limit).execute()
}

/** What an event commits beside what every act commits: its case, and the access that it is about. */
export function eventFacts({ reference, entry }: Pick<EventRow, 'reference' | 'entry'>): Facts {
  return { access: entry, case: reference }
}
