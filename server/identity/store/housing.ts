import { sql } from 'kysely'
import type { Trx } from '../../database.js'

/** Whether an office has noted that the person of a subject lives in shared housing. */
export async function readHousing(trx: Trx, subject: string): Promise<boolean> {
  const { rows } = await sql<{ shares: boolean }>`
    select identity.shares_housing(${subject}) as shares`.execute(trx)
  return rows[0]?.shares ?? false
}

/** Notes how the person of a subject lives; their account must be there. */
export async function noteHousing(trx: Trx, subject: string, shares: boolean): Promise<void> {
  await sql`select identity.note_housing(${subject}, ${shares})`.execute(trx)
}
