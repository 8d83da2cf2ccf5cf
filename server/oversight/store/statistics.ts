import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { PublishedRow, Tally } from '../anonymity.js'

/** A count of a period before it is made safe. */
export interface CountedRow extends Tally {
  readonly what: string
}

/** What of a month is counted: a total, or one of its parts. */
export type Counted = Pick<CountedRow, 'what' | 'key'>

/** So many leaves are read by one statement, however long the log and the month are. */
const WINDOW = 65_536

/**
 * Visible accesses of the month that begins on a day, read window by window: whom they are about stays in tables that
 * the database shows to nobody, and that end with the transaction.
 */
export async function countMonth(
  trx: Trx,
  first: string,
  { wanted, window = WINDOW }: { readonly wanted: readonly Counted[]; readonly window?: number },
): Promise<readonly CountedRow[]> {
  const begun = await sql<{ size: number }>`select overview.begin_month() as size`.execute(trx)
  const size = begun.rows[0]?.size ?? 0
  for (let bottom = 0; bottom < size; bottom += window) {
    await sql`select overview.read_month(${first}::date, ${bottom}, ${bottom + window})`.execute(
      trx,
    )
  }
  const counted: CountedRow[] = []
  for (const { what, key } of wanted) {
    const { rows } = await sql<Omit<Tally, 'key'>>`
      select amount, people from overview.month_in_counts(${what}, ${key})`.execute(trx)
    counted.push(...rows.map((row) => ({ what, key, ...row })))
  }
  return counted
}

/** Decisions of the quarter that begins on a day. */
export async function countQuarter(trx: Trx, first: string): Promise<readonly CountedRow[]> {
  const { rows } = await sql<CountedRow>`
    select what, key, coalesce(amount, 0) as amount, people
      from rectification.quarter_in_counts(${first}::date)`.execute(trx)
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
