import { sql, type RawBuilder } from 'kysely'
import type { Trx } from '../../database.js'
import type { EntryFilter } from '../filter.js'

/** Days of German time between which is counted, both included, and the day on which entries must still live. */
export interface Span {
  readonly from: string
  readonly until: string
  /** What expires on this day, `YYYY-MM-DD`, is gone already. */
  readonly today: string
}

/** A week and its number; `ago` is 0 for the week that ends with the span. */
export interface WeekRow {
  readonly ago: number
  readonly amount: number
}

const IN = ({ from, until, today }: Span) =>
  sql`day between ${from}::date and ${until}::date and expires_on > ${today}::date`

/** Accesses of the office in the setting, each once. */
export interface Totals {
  readonly amount: number
  readonly flagged: number
  /** Those that their person does not see, or not yet. */
  readonly withheld: number
}

/** Accesses of a span. */
export async function readTotals(trx: Trx, span: Span): Promise<Totals> {
  const { rows } = await sql<Totals>`
    select coalesce(sum(amount), 0)::int as amount, coalesce(sum(flagged), 0)::int as flagged,
        coalesce(sum(amount) filter (where shown <> 'yes'), 0)::int as withheld
      from oversight.figure where kind = '' and ${IN(span)}`.execute(trx)
  return rows[0] ?? { amount: 0, flagged: 0, withheld: 0 }
}

/** How many accesses of the office fit a filter, as counted below a leaf index; nothing where no count tells. */
export async function readCount(
  trx: Trx,
  { filter, today }: { readonly filter: EntryFilter; readonly today: string },
): Promise<{ readonly value: number; readonly size: number } | undefined> {
  const { from, until, side, parties, purpose, operation, flagged, shown, kind = '' } = filter
  const isByField = filter.fields !== undefined && filter.kind === undefined
  if (isByField || filter.unit !== undefined || filter.basis !== undefined) return undefined
  const conditions = [
    sql`kind = ${kind} and expires_on > ${today}::date`,
    from && sql`day >= ${from}::date`,
    until && sql`day <= ${until}::date`,
    side && sql`side in ('own', ${side})`,
    parties && sql`other = any(${[...parties]}::int[])`,
    purpose && sql`purpose = ${purpose}`,
    operation && sql`operation = ${operation}`,
    shown && sql`shown = ${shown}`,
  ].filter((one): one is RawBuilder<unknown> => typeof one === 'object')
  const amount = { all: sql`amount`, yes: sql`flagged`, no: sql`amount - flagged` }[
    flagged === undefined ? 'all' : flagged ? 'yes' : 'no'
  ]
  const { rows } = await sql<{ value: number; size: number }>`
    select fold.size, (select coalesce(sum(${amount}), 0) from oversight.figure
        where ${sql.join(conditions, sql` and `)})::int as value
      from oversight.figure_fold fold`.execute(trx)
  return rows[0]
}

/** Accesses by week, and how many of them break a rule. */
export async function readWeeks(
  trx: Trx,
  span: Span,
): Promise<readonly (WeekRow & { readonly flagged: number })[]> {
  const { rows } = await sql<WeekRow & { flagged: number }>`
    select (${span.until}::date - day) / 7 as ago, sum(amount)::int as amount, sum(flagged)::int as flagged
      from oversight.figure where kind = '' and ${IN(span)} group by ago`.execute(trx)
  return rows
}

/** Accesses with one other side (catalogue number), of one kind of data; each once where the kind is empty. */
export interface CrossRow {
  readonly other: number
  readonly kind: string
  readonly amount: number
}

/** Accesses by other side and kind of data. */
export async function readCross(trx: Trx, span: Span): Promise<readonly CrossRow[]> {
  const { rows } = await sql<CrossRow>`
    select other, kind, sum(amount)::int as amount from oversight.figure
      where ${IN(span)} group by other, kind`.execute(trx)
  return rows
}

/** Accesses for one purpose, with the side that received them: the own office, or the other. */
export interface FlowRow {
  readonly purpose: number
  readonly side: 'received' | 'gave' | 'own'
  readonly other: number
  readonly amount: number
}

/** Accesses by purpose and side. */
export async function readFlows(trx: Trx, span: Span): Promise<readonly FlowRow[]> {
  const { rows } = await sql<FlowRow>`
    select purpose, side, other, sum(amount)::int as amount from oversight.figure
      where kind = '' and ${IN(span)} group by purpose, side, other`.execute(trx)
  return rows
}

const BERLIN = sql.lit('Europe/Berlin')

/** The instant at which a day begins in German time. */
const beginOf = (day: RawBuilder<unknown>) => sql`(${day})::timestamp at time zone ${BERLIN}`

/** Rows of a view by the week of one of their instants. */
async function weeksOf(
  trx: Trx,
  { from, until }: Span,
  { view, at, amount }: { view: string; at: string; amount: RawBuilder<unknown> },
): Promise<readonly WeekRow[]> {
  const instant = sql.ref(at)
  const { rows } = await sql<WeekRow>`
    select (${until}::date - (${instant} at time zone ${BERLIN})::date) / 7 as ago, ${amount}::int as amount
      from ${sql.table(view)}
      where ${instant} >= ${beginOf(sql`${from}::date`)} and ${instant} < ${beginOf(sql`${until}::date + 1`)}
      group by ago`.execute(trx)
  return rows
}

/** Requests for rectification by the week in which they were filed. */
export function readFiledWeeks(trx: Trx, span: Span): Promise<readonly WeekRow[]> {
  const amount = sql`count(*)`
  return weeksOf(trx, span, { view: 'reporting.rectification', at: 'filed_at', amount })
}

/** Blocks by the week in which they were filed. */
export function readBlockWeeks(trx: Trx, span: Span): Promise<readonly WeekRow[]> {
  return weeksOf(trx, span, { view: 'reporting.block', at: 'filed_at', amount: sql`count(*)` })
}

/** Accesses that the office delivered, by the week in which they came. */
export function readDeliveredWeeks(trx: Trx, span: Span): Promise<readonly WeekRow[]> {
  const amount = sql`sum(amount)`
  return weeksOf(trx, span, { view: 'reporting.delivered', at: 'received_at', amount })
}

/** Blocks of the office: in force, applied for, and applied for with an answer overdue. */
export interface BlockCounts {
  readonly inForce: number
  readonly open: number
  readonly overdue: number
}

/** How the blocks of the office stand. */
export async function readBlockCounts(trx: Trx, today: string): Promise<BlockCounts> {
  const open = sql`state in ('applied', 'in_review', 'proposed')`
  const { rows } = await sql<BlockCounts>`
    select (count(*) filter (where state in ('in_force', 'hearing', 'heard', 'lifting')))::int as "inForce",
      (count(*) filter (where ${open}))::int as open,
      (count(*) filter (where ${open} and due_on < ${today}::date))::int as overdue
    from reporting.block`.execute(trx)
  return rows[0] ?? { inForce: 0, open: 0, overdue: 0 }
}

/** How the office delivers: how many streams, since when, when last. */
export interface Delivering {
  readonly streams: number
  readonly since: Date | null
  readonly last: Date | null
}

/** How the office delivers. */
export async function readDelivering(trx: Trx): Promise<Delivering> {
  const { rows } = await sql<Delivering>`
    select count(*)::int as streams, min(registered_at) as since, max(last_received_at) as last
    from reporting.delivering`.execute(trx)
  return rows[0] ?? { streams: 0, since: null, last: null }
}
