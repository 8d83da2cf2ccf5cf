import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { OutcomeCell, Pace, RequestGroups } from '../outcomes.js'
import type { Period } from './requests.js'

const OPEN = sql`r.state in ('received', 'in_review', 'question', 'proposed', 'passed_on')`
const BERLIN = sql.lit('Europe/Berlin')

/** A request counts once for each kind of data that it is about, once for each field, and once for its language. */
function grouped(by: RequestGroups) {
  if (by.kind === 'field') {
    return sql`cross join lateral (select distinct f.id::text as key from unnest(r.fields) f (id)
      where f.id = any (${[...by.ids]}::int[])) about`
  }
  if (by.kind === 'language') return sql`cross join lateral (select r.language as key) about`
  const { ids, categories } = by
  return sql`cross join lateral (select distinct k.category as key
    from unnest(${ids}::int[], ${categories}::text[]) k (field, category) where k.field = any (r.fields)) about`
}

/** How many were decided, how long that took, and how many are overdue, for each group of the office. */
export async function readPaces(
  trx: Trx,
  { today, since }: Period,
  by: RequestGroups,
): Promise<readonly Pace[]> {
  const inTime = sql`r.decided_at >= ${since}`
  const days = sql`(r.decided_at at time zone ${BERLIN})::date - (r.filed_at at time zone ${BERLIN})::date`
  const at = (share: number) =>
    sql`percentile_disc(${sql.lit(share)}) within group (order by ${days}) filter (where ${inTime})`
  const { rows } = await sql<Pace>`
    select about.key, (count(*) filter (where ${inTime}))::int as decided,
      ${at(0.5)} as "medianDays", ${at(0.9)} as "p90Days",
      (count(*) filter (where ${OPEN}))::int as "open",
      (count(*) filter (where ${OPEN} and r.due_on < ${today}::date))::int as overdue
    from reporting.rectification r ${grouped(by)} group by about.key order by about.key`.execute(
    trx,
  )
  return rows
}

/** How many requests had which outcome, for each group of the office. */
export async function readOutcomeCells(
  trx: Trx,
  { since }: Pick<Period, 'since'>,
  by: RequestGroups,
): Promise<readonly OutcomeCell[]> {
  const { rows } = await sql<OutcomeCell>`
    select about.key, r.outcome, count(*)::int as amount
    from reporting.rectification r ${grouped(by)}
    where r.decided_at >= ${since} and r.outcome is not null
    group by about.key, r.outcome order by about.key, r.outcome`.execute(trx)
  return rows
}

/** Which of some fields requests of the office are about, in their order (catalogue numbers). */
export async function readAskedFields(
  trx: Trx,
  { among, most }: { readonly among: readonly number[]; readonly most: number },
): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct f.id from reporting.rectification r cross join lateral unnest(r.fields) f (id)
    where f.id = any (${[...among]}::int[]) order by f.id limit ${most}`.execute(trx)
  return rows.map(({ id }) => id)
}
