import { sql } from 'kysely'
import type { Catalogue } from '../../catalogue/index.js'
import type { Trx } from '../../database.js'
import { bodyOfRow, type CommittedRow } from './committed.js'

/** Where a delivered event is: its stream, its number in it, its leaf. */
export interface DeliveredPlace {
  readonly stream: number
  readonly seq: number
  readonly index: number
}

/** Class, body and salt of an event for the stream that delivered it, sealed or not; nothing once erased. */
export async function readDelivered(
  trx: Trx,
  { stream, seq, index }: DeliveredPlace,
  catalogue: Catalogue,
): Promise<{ class: number; body: string; salt: Buffer } | undefined> {
  const { rows } = await sql<CommittedRow & { class: number; salt: Buffer }>`
    select * from overview.delivered_event(${stream}, ${seq}, ${index})`.execute(trx)
  const row = rows[0]
  return row && { class: row.class, body: bodyOfRow(row, catalogue), salt: row.salt }
}
