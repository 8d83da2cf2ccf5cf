import type { Insertable } from 'kysely'
import type { Trx } from '../../database.js'
import type { UnheardTransferTable } from '../tables.js'

/** A transfer without a hearing, as its office reads it. */
export interface UnheardTransfer {
  readonly at: Date
  readonly detail: string
  readonly shownOn: string
}

/** Records one. */
export async function insertUnheard(
  trx: Trx,
  row: Insertable<UnheardTransferTable>,
): Promise<void> {
  await trx.insertInto('blocks.unheard_transfer').values(row).execute()
}

/** Those of a block that its person does not read yet, as far as the role may see them. */
export async function readUnheard(trx: Trx, block: string): Promise<readonly UnheardTransfer[]> {
  const rows = await trx
    .selectFrom('blocks.unheard_transfer')
    .select(['recorded_at', 'detail', 'shown_on'])
    .where('block', '=', block)
    .where('shown_at', 'is', null)
    .orderBy('recorded_at')
    .execute()
  return rows.map(({ recorded_at: at, detail, shown_on: shownOn }) => ({ at, detail, shownOn }))
}
