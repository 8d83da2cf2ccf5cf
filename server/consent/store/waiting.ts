import type { Db } from '../../database.js'
import type { NoticeState } from '../rules.js'

/** States in which a person has to tell the party. */
const FOR_A_PERSON: readonly NoticeState[] = ['to_print', 'failed']

/** How many withdrawals wait for a person, by party (catalogue number), visible and withheld alike. */
export async function countWaiting(
  db: Db,
): Promise<readonly { readonly recipient: number; readonly count: number }[]> {
  const counts = new Map<number, number>()
  for (const table of ['consent.notice', 'consent.sealed_notice'] as const) {
    const rows = await db
      .selectFrom(table)
      .select(['recipient', (select) => select.fn.countAll<string>().as('count')])
      .where('state', 'in', FOR_A_PERSON)
      .groupBy('recipient')
      .execute()
    for (const { recipient, count } of rows) {
      counts.set(recipient, (counts.get(recipient) ?? 0) + Number(count))
    }
  }
  return [...counts]
    .map(([recipient, count]) => ({ recipient, count }))
    .sort((one, other) => one.recipient - other.recipient)
}
