import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { PublishedRow, Tally } from '../anonymity.js'

/** A count of a period before it is made safe. */
export interface CountedRow extends Tally {
  readonly what: string
}

/**
 * Visible accesses of the month that begins on a day, read window by window: which windows, the database says. Whom they
 * are about stays in tables that it shows to nobody, and that end with the transaction.
 */
export async function countMonth(trx: Trx, first: string): Promise<readonly CountedRow[]> {
  await sql`select oversight.begin_month(${first}::date)`.execute(trx)
  for (;;) {
    const { rows } = await sql<{ more: boolean }>`select overview.read_month() as more`.execute(trx)
    if (rows[0]?.more !== true) break
  }
  const { rows } = await sql<CountedRow>`
    select what, key, amount, people from overview.month_in_counts()`.execute(trx)
  return rows
}

/** Decisions of the quarter that begins on a day. */
export async function countQuarter(trx: Trx, first: string): Promise<readonly CountedRow[]> {
  const { rows } = await sql<CountedRow>`
    select what, key, coalesce(amount, 0) as amount, people
      from oversight.quarter_in_counts(${first}::date)`.execute(trx)
  return rows
}

/** Whether a period is published already: it is never published twice. */
export async function isPublished(trx: Trx, period: string): Promise<boolean> {
  const row = await trx
    .selectFrom('oversight.published')
    .select('period')
    .where('period', '=', period)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Publishes the numbers of a period. */
export async function publish(
  trx: Trx,
  rows: readonly PublishedRow[],
  publishedAt: Date,
): Promise<void> {
  await trx
    .insertInto('oversight.published')
    .values(rows.map((row) => ({ ...row, published_at: publishedAt })))
    .execute()
}

/** Everything that was published, the newest period first. */
export async function readPublished(trx: Trx): Promise<readonly PublishedRow[]> {
  return trx
    .selectFrom('oversight.published')
    .select(['period', 'what', 'key', 'amount'])
    .orderBy('period', 'desc')
    .orderBy('what')
    .orderBy('key')
    .execute()
}
