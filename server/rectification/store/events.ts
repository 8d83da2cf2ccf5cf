import type { Insertable, Selectable } from 'kysely'
import type { Db, Trx } from '../../database.js'
import type { Doer, Facts } from '../../journal/index.js'
import type { RequestEvent } from '../rules.js'
import type { RequestEventTable } from '../tables.js'

/** One event of a request as it stands in the log. */
export interface StoredEvent {
  readonly index: number
  readonly at: Date
  readonly number: number
  readonly event: RequestEvent
  readonly by: Doer
  readonly office?: number
  readonly unit?: number
  readonly operatorDigest?: Buffer
  readonly detail?: string
  /** Encrypted. */
  readonly content?: Buffer
}

/** The row of an event, for the audit. */
export type EventRow = Selectable<RequestEventTable>

/** Adds an event. */
export async function insertEvent(trx: Trx, row: Insertable<RequestEventTable>): Promise<void> {
  await trx.insertInto('rectification.request_event').values(row).execute()
}

/** The events of a request in their order, as far as the role may see them. */
export async function readEvents(trx: Trx, request: string): Promise<readonly StoredEvent[]> {
  const rows = await trx
    .selectFrom('rectification.request_event')
    .select(['leaf_index', 'recorded_at', 'number', 'kind', 'by', 'office', 'unit'])
    .select(['operator_digest', 'detail', 'content'])
    .where('request', '=', request)
    .orderBy('number')
    .execute()
  return rows.map((row) => ({
    index: row.leaf_index,
    at: row.recorded_at,
    number: row.number,
    event: row.kind as RequestEvent,
    by: row.by,
    ...(row.office === null ? {} : { office: row.office }),
    ...(row.unit === null ? {} : { unit: row.unit }),
    ...(row.operator_digest === null ? {} : { operatorDigest: row.operator_digest }),
    ...(row.detail === null ? {} : { detail: row.detail }),
    ...(row.content === null ? {} : { content: row.content }),
  }))
}

/** The number of the next event of a request. */
export async function nextNumber(trx: Trx, request: string): Promise<number> {
  const row = await trx
    .selectFrom('rectification.request_event')
    .select((eb) => eb.fn.max('number').as('last'))
    .where('request', '=', request)
    .executeTakeFirst()
  return Number(row?.last ?? 0) + 1
}

/** A stretch of all events for the audit, in order of their leaves. */
export async function readEventRows(
  db: Db,
  after: number | undefined,
  limit: number,
): Promise<readonly EventRow[]> {
  const rows = db.selectFrom('rectification.request_event').selectAll().orderBy('leaf_index')
  const rest = after === undefined ? rows : rows.where('leaf_index', '>', after)
  return rest.limit(limit).execute()
}

/** What an event commits beside what every act commits: its case. */
export function eventFacts({ reference }: Pick<EventRow, 'reference'>): Facts {
  return { case: reference }
}
