import type { Trx } from '../../database.js'

const DATED = [
  'overview.access_flag',
  'overview.sealed_flag',
  'overview.operator_ref',
  'overview.release',
  'overview.review',
  'overview.review_decision',
  'overview.holding',
  'overview.access_event',
  'overview.sealed_event',
] as const

/** Deletes what is due on a day, as the retention role; returns how many entries went. */
export async function deleteDue(trx: Trx, today: string): Promise<number> {
  let entries = 0
  for (const table of DATED) {
    const { numDeletedRows } = await trx
      .deleteFrom(table)
      .where('expires_on', '<=', today)
      .executeTakeFirstOrThrow()
    if (table === 'overview.access_event' || table === 'overview.sealed_event') {
      entries += Number(numDeletedRows)
    }
  }
  return entries
}
