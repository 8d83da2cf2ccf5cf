import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { Kind } from '../rules.js'

/** A block whose period is over, or a hearing in which nobody answered in time. */
export interface DueBlock {
  readonly block: string
  readonly reference: string
  readonly subject: string
  readonly what: Kind
  readonly office: number
  readonly version: number
  readonly event: 'expired' | 'hearing_over'
}

/** What is due on a day, a stretch of it. */
export async function readDue(trx: Trx, today: string): Promise<readonly DueBlock[]> {
  const { rows } = await sql<DueBlock>`
    select block, reference, subject, what, office, version, event from blocks.due(${today})`.execute(
    trx,
  )
  return rows
}

/** Takes such a step; false where the block has changed meanwhile. */
export async function takeDue(
  trx: Trx,
  { block, version, event }: DueBlock,
  { at, expiresOn }: { at: Date; expiresOn: string },
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select blocks.take_due(${block}, ${version}, ${event}, ${at}, ${expiresOn}) as done`.execute(
    trx,
  )
  return rows[0]?.done ?? false
}

/** A block that ends soon. */
export interface EndingBlock {
  readonly reference: string
  readonly subject: string
  readonly office: number
  readonly until: string
}

/** Blocks whose period ends within some days. */
export async function readEnding(
  trx: Trx,
  today: string,
  days: number,
): Promise<readonly EndingBlock[]> {
  const { rows } = await sql<EndingBlock>`
    select reference, subject, office, until::text from blocks.ending(${today}, ${days})`.execute(
    trx,
  )
  return rows
}

/** A transfer without a hearing of which its person may know by now. */
export interface HiddenTransfer {
  readonly unheard: string
  readonly block: string
  readonly reference: string
  readonly subject: string
  readonly what: Kind
  readonly version: number
  readonly office: number
  readonly unit: number | null
  readonly detail: string
}

/** Those that are to be shown on a day. */
export async function readToShow(trx: Trx, today: string): Promise<readonly HiddenTransfer[]> {
  const { rows } = await sql<HiddenTransfer>`
    select unheard, block, reference, subject, what, version, office, unit, detail
      from blocks.to_show(${today})`.execute(trx)
  return rows
}

/** Marks one as shown; false where its block has changed meanwhile. */
export async function markShown(
  trx: Trx,
  { unheard, version }: HiddenTransfer,
  at: Date,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select blocks.show(${unheard}, ${version}, ${at}) as done`.execute(trx)
  return rows[0]?.done ?? false
}

/** Deletes keys of blocks long over, drafts nobody filed, and what is due; how much it was. */
export async function forgetBlocks(trx: Trx, at: Date): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    select blocks.forget(${at})::int as gone`.execute(trx)
  const { numDeletedRows } = await trx
    .deleteFrom('blocks.block_event')
    .where('expires_on', '<=', at.toISOString().slice(0, 10))
    .executeTakeFirst()
  return (rows[0]?.gone ?? 0) + Number(numDeletedRows)
}
