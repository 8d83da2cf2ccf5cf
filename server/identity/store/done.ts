import type { RawBuilder } from 'kysely'
import type { Trx } from '../../database.js'

/** Runs a query for one row with the column `done`: whether there was anything to do. */
export async function isDone(trx: Trx, query: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await query.execute(trx)
  const [row] = rows as readonly { readonly done: boolean }[]
  return row?.done === true
}
