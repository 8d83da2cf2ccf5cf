import { sql } from 'kysely'
import type { Trx } from '../../database.js'

/** Whether an office has noted that the person in the scope lives in shared housing. */
export async function readHousing(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ shares: boolean }>`
    select identity.shares_housing() as shares`.execute(trx)
  return rows[0]?.shares ?? false
}

/** Notes how the person in the scope lives; their account must be there. */
export async function noteHousing(trx: Trx, shares: boolean): Promise<void> {
  await sql`select identity.note_housing(${shares})`.execute(trx)
}
