import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import { forgetNotices } from './notices.js'

/** Ends the askings that nobody answered in time; how many. */
export async function lapseAsks(trx: Trx, at: Date, keepUntil: string): Promise<number> {
  const { rows } = await sql<{ lapsed: number }>`
    select consent.lapse(${at}, ${keepUntil}::date)::int as lapsed`.execute(trx)
  return rows[0]?.lapsed ?? 0
}

/** Deletes askings, consents, entries and notices whose time is over; how many. */
export async function forgetConsents(trx: Trx, at: Date): Promise<number> {
  const today = at.toISOString().slice(0, 10)
  const { rows } = await sql<{ gone: number }>`
    select consent.forget(${today}::date)::int as gone`.execute(trx)
  const { numDeletedRows } = await trx
    .deleteFrom('consent.entry')
    .where('expires_on', '<=', today)
    .executeTakeFirst()
  const told = await forgetNotices(trx, today)
  return (rows[0]?.gone ?? 0) + Number(numDeletedRows) + told
}
