import type { Db } from '../../database.js'
import type { NoticeState } from '../rules.js'

/** States in which a person has to tell the party. */
const FOR_A_PERSON: readonly NoticeState[] = ['to_print', 'failed']

/** Parties (catalogue numbers) for which a withdrawal waits for a person, visible and withheld alike. */
export async function waitingRecipients(db: Db): Promise<readonly number[]> {
  const found = new Set<number>()
  for (const table of ['consent.notice', 'consent.sealed_notice'] as const) {
    const rows = await db
      .selectFrom(table)
      .select('recipient')
      .distinct()
      .where('state', 'in', FOR_A_PERSON)
      .execute()
    for (const { recipient } of rows) found.add(recipient)
  }
  return [...found].sort((one, other) => one - other)
}
