import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { Coverage } from '../delivery.js'

/** Every authority with a registered stream. */
export async function readCoverage(trx: Trx): Promise<readonly Coverage[]> {
  const { rows } = await sql<{
    authority: number
    since_month: string
    last_month: string | null
  }>`select authority, since_month, last_month from ingestion.coverage()`.execute(trx)
  return rows.map(({ authority, since_month: sinceMonth, last_month: lastMonth }) => ({
    authority,
    sinceMonth,
    ...(lastMonth === null ? {} : { lastMonth }),
  }))
}
