import { sql } from 'kysely'
import type { Trx } from '../../database.js'

/** Whether a clerk has asked for as many codes as one may in a day; until the transaction ends they ask for no other. */
export async function isCapped(trx: Trx, staff: string, at: Date): Promise<boolean> {
  const { rows } = await sql<{ capped: boolean }>`
    select identity.is_capped(${staff}, ${at}) as capped`.execute(trx)
  return rows[0]?.capped ?? false
}

/** Notes that a clerk was refused a code; nothing of whose it would have been. */
export async function noteRefusal(trx: Trx, staff: string, at: Date): Promise<void> {
  await sql`select identity.note_refusal(${staff}, ${at})`.execute(trx)
}
