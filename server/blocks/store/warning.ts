import { sql } from 'kysely'
import type { Trx } from '../../database.js'

/** A visible access of which somebody with a block is told. */
export interface ToTell {
  readonly reference: string
  /** The number under which the block stands. */
  readonly subject: string
  readonly entry: number
  readonly recipient: number
  readonly occurredAt: Date
  readonly what: 'requested' | 'in_spite'
}

interface Row {
  reference: string
  subject: string
  leaf_index: string
  recipient: number
  occurred_at: Date
  what: ToTell['what']
}

/** What was recorded since an instant, whether it was told before or not. */
export async function readToTell(
  trx: Trx,
  fields: readonly number[],
  since: Date,
): Promise<readonly ToTell[]> {
  const { rows } = await sql<Row>`
    select * from blocks.to_tell(${[...fields]}::smallint[], ${since})
      order by leaf_index`.execute(trx)
  return rows.map((row) => ({
    ...{ reference: row.reference, subject: row.subject, entry: Number(row.leaf_index) },
    ...{ recipient: row.recipient, occurredAt: row.occurred_at, what: row.what },
  }))
}
