import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { LookupReason, LookupRow } from '../lookup.js'

/** Whether the officer of the scope can search now. */
export async function readMayLookUp(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`select oversight.may_look_up() as may`.execute(trx)
  return rows[0]?.may ?? false
}

/** A search as it is written down. */
export interface NewLookup {
  readonly lookup: string
  readonly reference: string
  readonly reason: LookupReason
  readonly entry: number | null
  readonly at: Date
}

/** Writes a search down; false where the database counts too many. */
export async function writeLookup(
  trx: Trx,
  { lookup, reference, reason, entry, at }: NewLookup,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select oversight.look_up(${lookup}, ${reference}, ${reason}, ${entry}, ${at}) as done`.execute(
    trx,
  )
  return rows[0]?.done ?? false
}

/** What a search of the member of staff of the scope found, while it can be opened. */
export async function readLookup(
  trx: Trx,
  { reference, since }: { readonly reference: string; readonly since: Date },
): Promise<{ readonly entry: number | null } | undefined> {
  const { rows } = await sql<{ entry: number | null }>`
    select entry from oversight.found_by(${reference}, ${since})`.execute(trx)
  return rows[0]
}

/** Deletes searches whose time is over; how many. */
export async function deleteOldLookups(trx: Trx): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('oversight.lookup')
    .where('expires_on', '<=', sql<string>`current_date`)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** What the member of staff may read of searches, the newest first. */
export async function readLookups(
  trx: Trx,
  { staff, since, limit }: { readonly staff: string; readonly since: Date; readonly limit: number },
): Promise<readonly LookupRow[]> {
  const { rows } = await sql<LookupRow>`
    select reference, office, reason, asked_at as "askedAt",
      staff = ${staff} and asked_at > ${since} as "isOpen"
    from oversight.lookup order by asked_at desc, lookup limit ${limit}`.execute(trx)
  return rows
}
