import { sql } from 'kysely'
import type { Trx } from '../../database.js'

/** Days of the German calendar and instants between which figures are counted. */
export interface Period {
  /** Today, `YYYY-MM-DD`. */
  readonly today: string
  /** Decisions from this instant on count. */
  readonly since: Date
}

/** How the requests of the office in the setting stand. */
export interface RequestCounts {
  readonly open: number
  readonly notRunning: number
  readonly dueSoon: number
  readonly overdue: number
  readonly decided: number
  /** Days from filing to decision; absent where nothing was decided. */
  readonly medianDays: number | null
  readonly p90Days: number | null
}

const OPEN = sql`state in ('received', 'in_review', 'question', 'proposed', 'passed_on')`
const BERLIN = sql.lit('Europe/Berlin')

/** Counts of the office, and how long its decisions took. */
export async function readRequestCounts(
  trx: Trx,
  { today, since }: Period,
): Promise<RequestCounts> {
  const { rows } = await sql<RequestCounts>`
    select stand.*, pace.* from (
      select count(*) as "open", count(*) filter (where due_on is null) as "notRunning",
        count(*) filter (where due_on between ${today}::date and ${today}::date + 7) as "dueSoon",
        count(*) filter (where due_on < ${today}::date) as "overdue"
      from reporting.rectification where ${OPEN}
    ) stand cross join (
      select count(*) as "decided",
        percentile_disc(0.5) within group (order by days) as "medianDays",
        percentile_disc(0.9) within group (order by days) as "p90Days"
      from (select (decided_at at time zone ${BERLIN})::date - (filed_at at time zone ${BERLIN})::date
          as days
        from reporting.rectification where decided_at >= ${since}) made
    ) pace`.execute(trx)
  const [counts] = rows
  if (counts === undefined) throw new Error('counting gave no row')
  return counts
}

/**
 * How many fields each outcome had, by field (catalogue number): a decision on several names counts once for
 * each of them.
 */
export async function readOutcomes(
  trx: Trx,
  { since }: Pick<Period, 'since'>,
): Promise<
  readonly { readonly field: number; readonly outcome: string; readonly count: number }[]
> {
  const { rows } = await sql<{ field: number; outcome: string; count: number }>`
    select about.field, made.outcome, count(*)::int as count
      from reporting.rectification made cross join lateral unnest(made.fields) about (field)
      where made.decided_at >= ${since} and made.outcome is not null
      group by about.field, made.outcome`.execute(trx)
  return rows
}

/** A request whose answer is overdue. */
export interface OverdueRow {
  readonly reference: string
  readonly field: number
  readonly state: string
  readonly dueOn: string
}

/** Where a page of a list begins: behind this row. */
export interface ListPlace {
  /** A day `YYYY-MM-DD`, or milliseconds of an instant. */
  readonly key: string
  readonly reference: string
}

/** Overdue requests of the office, the oldest first. */
export async function readOverdue(
  trx: Trx,
  { today, after, limit }: { today: string; after?: ListPlace; limit: number },
): Promise<readonly OverdueRow[]> {
  const behind = after
    ? sql`and (due_on, reference) > (${after.key}::date, ${after.reference})`
    : sql``
  const { rows } = await sql<OverdueRow>`
    select reference, field, state, due_on as "dueOn" from reporting.rectification
    where ${OPEN} and due_on < ${today}::date ${behind}
    order by due_on, reference limit ${limit}`.execute(trx)
  return rows
}

/** A decision that no second person confirmed, or will. */
export interface UnconfirmedRow {
  readonly reference: string
  readonly office: number
  readonly field: number
  readonly outcome: string
  readonly proposedAt: Date | null
  readonly effectiveAt: Date | null
  readonly decidedAt: Date | null
}

const UNCONFIRMED = sql`reference, office, field, outcome, proposed_at as "proposedAt",
  effective_at as "effectiveAt", decided_at as "decidedAt"`

/** Proposals that wait for their day, those that take effect first first. */
export async function readWaiting(trx: Trx, limit: number): Promise<readonly UnconfirmedRow[]> {
  const { rows } = await sql<UnconfirmedRow>`
    select ${UNCONFIRMED} from reporting.unconfirmed_decision
    where decided_at is null order by effective_at, reference limit ${limit}`.execute(trx)
  return rows
}

/** Decisions that took effect, the latest first. */
export async function readUnconfirmed(
  trx: Trx,
  { after, limit }: { after?: ListPlace; limit: number },
): Promise<readonly UnconfirmedRow[]> {
  const behind = after
    ? sql`and (decided_at, reference) < (${new Date(Number(after.key))}, ${after.reference})`
    : sql``
  const { rows } = await sql<UnconfirmedRow>`
    select ${UNCONFIRMED} from reporting.unconfirmed_decision
    where decided_at is not null ${behind}
    order by decided_at desc, reference desc limit ${limit}`.execute(trx)
  return rows
}
