import { sql } from 'kysely'
import type { Trx } from '../database.js'
import type { Tiding } from './rules.js'

const COLUMNS = [
  ...(['tiding', 'code', 'reference', 'told_at as toldAt', 'is_read as isRead'] as const),
] as const

/** What came for the member of staff of the scope, the newest first. */
export async function readTidings(
  trx: Trx,
  { after, most }: { readonly after?: string; readonly most: number },
): Promise<readonly Tiding[]> {
  const all = trx.selectFrom('tidings.tiding').select(COLUMNS).orderBy('number', 'desc').limit(most)
  if (after === undefined) return all.execute()
  return all.where('number', '<', numberOf(after)).execute()
}

/** The place of an own tiding in the order; nothing for what is another's or gone. */
function numberOf(tiding: string) {
  return sql<number>`(select own.number from tidings.tiding own where own.tiding = ${tiding})`
}

/** One of them; what came for somebody else is none. */
export async function readTiding(trx: Trx, tiding: string): Promise<Tiding | undefined> {
  return trx
    .selectFrom('tidings.tiding')
    .select(COLUMNS)
    .where('tiding', '=', tiding)
    .executeTakeFirst()
}

/** How many nobody has read. */
export async function countUnread(trx: Trx): Promise<number> {
  const row = await trx
    .selectFrom('tidings.tiding')
    .select(({ fn }) => fn.countAll().as('unread'))
    .where('is_read', '=', false)
    .executeTakeFirst()
  return Number(row?.unread ?? 0)
}

/** Marks one as read, or all up to one: what came after the page was made stays new. */
export async function markRead(
  trx: Trx,
  which: { readonly tiding: string } | { readonly upTo: string },
): Promise<void> {
  const unread = trx
    .updateTable('tidings.tiding')
    .set({ is_read: true })
    .where('is_read', '=', false)
  const marked =
    'tiding' in which
      ? unread.where('tiding', '=', which.tiding)
      : unread.where('number', '<=', numberOf(which.upTo))
  await marked.execute()
}

/** Deletes what is due, as the retention role; returns how many. */
export async function deleteDue(trx: Trx): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('tidings.tiding')
    .where('expires_on', '<=', sql<string>`current_date`)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
