import { sql, type RawBuilder } from 'kysely'
import type { Trx } from '../../database.js'

/** How far the log is counted. */
export interface Counted {
  /** Entries below this leaf index. */
  readonly size: number
  /** The public checkpoint up to which is counted. */
  readonly logSize: number
  readonly logAt: Date | null
}

/** How far the log is counted; locked, so that two workers never count the same entries. */
export async function lockCounted(trx: Trx): Promise<Counted> {
  return countedRow(trx, true)
}

/** The same without a lock. */
export async function readCounted(trx: Trx): Promise<Counted> {
  return countedRow(trx, false)
}

async function countedRow(trx: Trx, isLocked: boolean): Promise<Counted> {
  const row = trx
    .selectFrom('oversight.figure_fold')
    .select(['size', 'log_size as logSize', 'log_at as logAt'])
  return (isLocked ? row.forUpdate() : row).executeTakeFirstOrThrow()
}

/** Notes how far the log is counted now. */
export async function noteCounted(
  trx: Trx,
  { size, logSize, logAt }: { size: number; logSize: number; logAt: Date },
): Promise<void> {
  await trx
    .updateTable('oversight.figure_fold')
    .set({ size, log_size: logSize, log_at: logAt })
    .execute()
}

const KEY = sql`office, kind, day, other, side, purpose, operation, shown, expires_on`
/** Whether a count in the table is that of what was counted. */
const SAME = sql`(figure.office, figure.kind, figure.day, figure.other, figure.side, figure.purpose,
          figure.operation, figure.shown, figure.expires_on)
        = (counted.office, counted.kind, counted.day, counted.other, counted.side, counted.purpose,
          counted.operation, counted.shown, counted.expires_on)`

/** Accesses as counts: for each side that took part, once as a whole and once for each kind of data. */
const countsOf = (entries: RawBuilder<unknown>) => sql`
    kinds as materialized (
      select id, definition ->> 'category' as kind from catalogue.term where kind = 'field'
    ), entry as materialized (${entries}), told as (
      select leaf_index, '' as kind from entry
      union all
      select distinct entry.leaf_index, kinds.kind
        from entry cross join lateral unnest(entry.fields) field (id) join kinds on kinds.id = field.id
    ), sided as (
      select leaf_index, recipient as office, source as other,
          case when source = recipient then 'own' else 'received' end as side from entry
      union all
      select leaf_index, source, recipient, 'gave' from entry where source <> recipient
    ), counted as materialized (
      select ${KEY}, count(*)::int as amount, (count(*) filter (where is_flagged))::int as flagged
        from entry join told using (leaf_index) join sided using (leaf_index)
        group by ${KEY}
    )`

/** Accesses with these conditions, and whether each breaks a rule. */
const entriesWhere = (where: (of: RawBuilder<unknown>) => RawBuilder<unknown>) => sql`
      select access.*, flag.leaf_index is not null as is_flagged
        from reporting.counted_access access
          left join (select distinct leaf_index from reporting.counted_flag flag
            where ${where(sql`flag`)}) flag using (leaf_index)
        where ${where(sql`access`)}`

const between = (from: number, to: number) => (of: RawBuilder<unknown>) =>
  sql`${of}.leaf_index >= ${from} and ${of}.leaf_index < ${to}`

/** Counts the entries with a leaf index in [from, to), which were not counted before. */
export async function countStretch(
  trx: Trx,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  await sql`
    with ${countsOf(entriesWhere(between(from, to)))}, noted as (
      insert into oversight.counted_flag (leaf_index, expires_on)
        select leaf_index, expires_on from entry where is_flagged
    )
    insert into oversight.figure as figure (${KEY}, amount, flagged) select * from counted
      on conflict (${KEY}) do update set amount = figure.amount + excluded.amount,
        flagged = figure.flagged + excluded.flagged`.execute(trx)
}

/** Accesses that were counted before they were flagged, the oldest first. */
export async function readLateFlags(
  trx: Trx,
  { size, limit }: { readonly size: number; readonly limit: number },
): Promise<readonly { readonly index: number; readonly expiresOn: string }[]> {
  const { rows } = await sql<{ index: number; expiresOn: string }>`
    select distinct flag.leaf_index as index, flag.expires_on as "expiresOn"
      from reporting.counted_flag flag
      where flag.leaf_index < ${size} and not exists (
        select from oversight.counted_flag counted where counted.leaf_index = flag.leaf_index)
      order by flag.leaf_index limit ${limit}`.execute(trx)
  return rows
}

/** Counts these accesses, which are counted already, as flagged. */
export async function countLateFlags(
  trx: Trx,
  late: readonly { readonly index: number; readonly expiresOn: string }[],
): Promise<void> {
  const indices = late.map(({ index }) => index)
  const days = [...new Set(late.map(({ expiresOn }) => expiresOn))]
  const entries = sql`
      select access.*, true as is_flagged from reporting.counted_access access
        where access.leaf_index = any(${indices}::bigint[]) and access.expires_on = any(${days}::date[])`
  await sql`
    with ${countsOf(entries)}, noted as (
      insert into oversight.counted_flag (leaf_index, expires_on)
        select * from unnest(${indices}::bigint[], ${late.map(({ expiresOn }) => expiresOn)}::date[])
    )
    update oversight.figure figure set flagged = figure.flagged + counted.flagged from counted
      where ${SAME}`.execute(trx)
}

/** Days of expiry between which is counted again, `YYYY-MM-DD`: from the first on, before the second. */
export interface Days {
  readonly from: string
  readonly to: string
}

/** So many leaves make a slot; a statement reads as many slots as have no more entries than two of them can. */
const SLOT = 32_768

/**
 * Counts again what expires between two days and puts right what differs; how many counts were wrong. A statement reads
 * a bounded number of entries, however many expire on one day; the transaction makes one answer of them.
 */
export async function recountExpiring(
  trx: Trx,
  { slot = SLOT, ...asked }: Days & { readonly size: number; readonly slot?: number },
): Promise<number> {
  await sql`create temporary table recounted (like oversight.figure) on commit drop`.execute(trx)
  const edges = await readEdges(trx, { ...asked, slot })
  for (const [at, bottom] of edges.entries()) {
    await recountWindow(trx, asked, { bottom, top: edges[at + 1] ?? asked.size })
  }
  const { from, to } = asked
  const { rows } = await sql<{ wrong: number }>`
    with counted as materialized (
      select ${KEY}, sum(amount)::int as amount, sum(flagged)::int as flagged from recounted group by ${KEY}
    ), gone as (
      delete from oversight.figure figure where expires_on >= ${from} and expires_on < ${to}
        and not exists (select from counted where ${SAME})
        returning 1
    ), put as (
      insert into oversight.figure as figure (${KEY}, amount, flagged) select * from counted
        on conflict (${KEY}) do update set amount = excluded.amount, flagged = excluded.flagged
          where (figure.amount, figure.flagged) is distinct from (excluded.amount, excluded.flagged)
        returning 1
    )
    select (select count(*) from gone) + (select count(*) from put) as wrong`.execute(trx)
  await sql`drop table recounted`.execute(trx)
  return rows[0]?.wrong ?? 0
}

/** Leaf indices at which windows begin, from the first leaf on. */
async function readEdges(
  trx: Trx,
  { from, to, size, slot }: Days & { readonly size: number; readonly slot: number },
): Promise<readonly number[]> {
  const { rows } = await sql<{ slot: number; amount: number }>`
    select (leaf_index / ${slot})::int as slot, count(*)::int as amount from reporting.counted_access
      where expires_on >= ${from} and expires_on < ${to} and leaf_index < ${size}
      group by 1 order by 1`.execute(trx)
  const edges = [0]
  let held = 0
  for (const { slot: number, amount } of rows) {
    if (held > 0 && held + amount > 2 * slot) {
      edges.push(number * slot)
      held = 0
    }
    held += amount
  }
  return edges
}

async function recountWindow(
  trx: Trx,
  { from, to }: Days,
  { bottom, top }: { readonly bottom: number; readonly top: number },
): Promise<void> {
  const where = (of: RawBuilder<unknown>) =>
    sql`${of}.expires_on >= ${from} and ${of}.expires_on < ${to} and ${between(bottom, top)(of)}`
  await sql`
    with ${countsOf(entriesWhere(where))}, forgotten as (
      delete from oversight.counted_flag counted where ${where(sql`counted`)}
        and not exists (select from entry where entry.leaf_index = counted.leaf_index and is_flagged)
    ), noted as (
      insert into oversight.counted_flag (leaf_index, expires_on)
        select leaf_index, expires_on from entry where is_flagged on conflict do nothing
    )
    insert into recounted (${KEY}, amount, flagged) select * from counted`.execute(trx)
}

/** The last day on which a count expires, or nothing where nothing is counted. */
export async function lastExpiry(trx: Trx): Promise<string | undefined> {
  const { last } = await trx
    .selectFrom('oversight.figure')
    .select(({ fn }) => fn.max('expires_on').as('last'))
    .executeTakeFirstOrThrow()
  return last ?? undefined
}

/** Deletes the counts whose entries are gone; how many. */
export async function deleteExpired(trx: Trx, today: string): Promise<number> {
  const figures = await trx
    .deleteFrom('oversight.figure')
    .where('expires_on', '<=', today)
    .executeTakeFirst()
  await trx.deleteFrom('oversight.counted_flag').where('expires_on', '<=', today).execute()
  return Number(figures.numDeletedRows)
}
