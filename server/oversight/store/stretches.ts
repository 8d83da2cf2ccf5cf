import { sql, type RawBuilder } from 'kysely'
import type { Trx } from '../../database.js'
import type { EntryFilter } from '../filter.js'
import { STRETCH } from '../ranges.js'

/** A stretch of the log that can hold what is asked for, and how many accesses of the office it holds at all. */
export interface StretchRow {
  readonly number: number
  readonly amount: number
}

/** Up to which leaf index stretches are described. */
export async function readDescribed(trx: Trx): Promise<number> {
  const { described } = await trx
    .selectFrom('oversight.figure_fold')
    .select('described')
    .executeTakeFirstOrThrow()
  return described
}

/** Notes up to where stretches are described now. */
export async function noteDescribed(trx: Trx, described: number): Promise<void> {
  await trx.updateTable('oversight.figure_fold').set({ described }).execute()
}

/** Whether any of them has this number, or one of these. */
const occurs = (name: string, one: number | undefined) =>
  one === undefined ? undefined : sql`${one} = any(${sql.ref(name)})`

/** Stretches of the office in the setting that can hold what a filter asks for, the newest first. */
export async function readStretches(
  trx: Trx,
  filter: EntryFilter,
  below: number,
): Promise<readonly StretchRow[]> {
  const { from, until, side, parties, fields, flagged, shown } = filter
  const conditions = [
    sql`number <= ${Math.floor((below - 1) / STRETCH)}`,
    from && sql`last_day >= ${from}::date`,
    until && sql`first_day <= ${until}::date`,
    side && (side === 'received' ? sql`has_received` : sql`has_given`),
    parties && sql`others && ${[...parties]}::int[]`,
    occurs('units', filter.unit),
    occurs('purposes', filter.purpose),
    occurs('bases', filter.basis),
    fields && sql`fields && ${[...fields]}::smallint[]`,
    occurs('operations', filter.operation),
    flagged && sql`has_flagged`,
    shown && sql`shown = ${shown}`,
  ].filter((one): one is RawBuilder<unknown> => typeof one === 'object')
  const { rows } = await sql<StretchRow>`
    select number, sum(amount)::int as amount from oversight.stretch
      where ${sql.join(conditions, sql` and `)} group by number order by number desc`.execute(trx)
  return rows
}

/**
 * Describes one stretch as far as a leaf index, for every office that took part; what was described before is
 * replaced. What expires on this day, `YYYY-MM-DD`, is gone already.
 */
export async function describeStretch(
  trx: Trx,
  { number, below, today }: { readonly number: number; readonly below: number; today: string },
): Promise<void> {
  const first = number * STRETCH
  const within = (of: string) =>
    sql`${sql.ref(`${of}.leaf_index`)} >= ${first} and ${sql.ref(`${of}.leaf_index`)} < ${below}`
  await sql`delete from oversight.stretch where number = ${number}`.execute(trx)
  await sql`
    with entry as materialized (
      select access.*, flag.leaf_index is not null as is_flagged
        from reporting.counted_access access left join (
            select distinct leaf_index from reporting.counted_flag flag where ${within('flag')}
          ) flag using (leaf_index)
        where ${within('access')} and expires_on > ${today}::date
    ), sided as materialized (
      select recipient as office, source as other, true as received, source = recipient as gave, entry.* from entry
      union all
      select source, recipient, false, true, entry.* from entry where source <> recipient
    ), field as (
      select office, shown, array_agg(distinct id) as fields
        from sided cross join lateral unnest(fields) field (id) group by office, shown
    )
    insert into oversight.stretch (office, shown, number, amount, has_flagged, has_received, has_given, others,
        purposes, bases, units, operations, fields, first_day, last_day, first_expiry)
      select office, shown, ${number}::int, count(*), bool_or(is_flagged), bool_or(received), bool_or(gave),
          array_agg(distinct other), array_agg(distinct purpose), array_agg(distinct legal_basis),
          coalesce(array_agg(distinct unit) filter (where unit is not null), '{}'),
          array_agg(distinct operation), coalesce(max(field.fields), '{}'), min(day), max(day), min(expires_on)
        from sided left join field using (office, shown) group by office, shown`.execute(trx)
}

/** Stretches of which an entry is gone, the oldest first. */
export async function readExpiredStretches(trx: Trx, today: string): Promise<readonly number[]> {
  const rows = await trx
    .selectFrom('oversight.stretch')
    .select('number')
    .distinct()
    .where('first_expiry', '<=', today)
    .orderBy('number')
    .execute()
  return rows.map(({ number }) => number)
}

/** Notes that stretches hold what breaks a rule, whoever's it is: a search looks there, and finds its own. */
export async function flagStretches(trx: Trx, indices: readonly number[]): Promise<void> {
  const numbers = [...new Set(indices.map((index) => Math.floor(index / STRETCH)))]
  await trx
    .updateTable('oversight.stretch')
    .set({ has_flagged: true })
    .where('number', 'in', numbers)
    .where('has_flagged', '=', false)
    .execute()
}
