import type { Insertable, Selectable } from 'kysely'
import type { Db, Trx } from '../../database.js'
import type { Doer } from '../../journal/index.js'
import type { BlockEvent } from '../rules.js'
import type { BlockEventTable } from '../tables.js'

/** One event of a block as it stands in the log. */
export interface StoredEvent {
  readonly index: number
  readonly at: Date
  readonly number: number
  readonly event: BlockEvent
  readonly by: Doer
  readonly office?: number
  readonly unit?: number
  readonly detail?: string
  readonly until?: string
  /** Encrypted. */
  readonly content?: Buffer
}

/** The row of an event, for the audit. */
export type EventRow = Selectable<BlockEventTable>

/** Adds an event. */
export async function insertEvent(trx: Trx, row: Insertable<BlockEventTable>): Promise<void> {
  await trx.insertInto('blocks.block_event').values(row).execute()
}

/** The events of a block in their order, as far as the role may see them. */
export async function readEvents(trx: Trx, block: string): Promise<readonly StoredEvent[]> {
  const rows = await trx
    .selectFrom('blocks.block_event')
    .select(['leaf_index', 'recorded_at', 'number', 'kind', 'by', 'office', 'unit'])
    .select(['detail', 'until', 'content'])
    .where('block', '=', block)
    .orderBy('number')
    .execute()
  return rows.map((row) => ({
    index: row.leaf_index,
    at: row.recorded_at,
    number: row.number,
    event: row.kind as BlockEvent,
    by: row.by,
    ...(row.office === null ? {} : { office: row.office }),
    ...(row.unit === null ? {} : { unit: row.unit }),
    ...(row.detail === null ? {} : { detail: row.detail }),
    ...(row.until === null ? {} : { until: row.until }),
    ...(row.content === null ? {} : { content: row.content }),
  }))
}

/** A stretch of all events for the audit, in order of their leaves. */
export async function readEventRows(
  db: Db,
  after: number | undefined,
  limit: number,
): Promise<readonly EventRow[]> {
  const rows = db.selectFrom('blocks.block_event').selectAll().orderBy('leaf_index')
  const rest = after === undefined ? rows : rows.where('leaf_index', '>', after)
  return rest.limit(limit).execute()
}
