import { sql, type RawBuilder } from 'kysely'
import type { Trx } from '../../database.js'
import { NEVER, type Order, type QueueFilter, type QueuePlace } from '../filters.js'
import type { CaseRow } from '../model.js'
import { OPEN_STATES, type State } from '../rules.js'
import { caseOf, STAFF_COLUMNS, type StaffRow } from '../store.js'

type Sql = RawBuilder<unknown>

/** What of an office's queue is read. */
export interface QueueQuestion {
  /** The office in the scope, by catalogue number. */
  readonly office: number
  readonly filter: QueueFilter
  /** Its active caseworkers: cases of anybody else have nobody who works on them. */
  readonly active: readonly string[]
}

/** A part of the queue. */
export interface QueueSlice {
  readonly order: Order
  /** Fields in the order of kinds of data, for the order `kind` alone. */
  readonly fields: readonly number[]
  readonly after?: QueuePlace
  readonly limit: number
}

// Constants are literals: a plan that is kept for any value could not use indexes of the open cases alone.
const DAY = sql`coalesce(due_on, ${sql.lit(NEVER)}::date)`
const open = (states: readonly State[]) =>
  sql`state in (${sql.join(states.map((state) => sql.lit(state)))})`

/**
 * Lets the database plan what follows for the values at hand: offices have ten cases or sixty thousand, and
 * one plan for all of them sorts what an index has in order.
 */
export async function planForOffice(trx: Trx): Promise<void> {
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`.execute(trx)
}

/**
 * A page of the queue of the office in the scope. Places come from an index that holds all that filters and
 * row-level security ask; only the rows of one page are read. What a partner asks the office to confirm is
 * a list of its own, because no index serves both.
 */
export async function readQueue(
  trx: Trx,
  question: QueueQuestion,
  slice: QueueSlice,
): Promise<readonly CaseRow[]> {
  const lists = branches(question).map((branch) => keysOf(branch, slice))
  const keys = sql.join(
    lists.map((list) => sql`(${list})`),
    sql` union all `,
  )
  const { rows } = await sql<StaffRow>`
    select ${sql.join(STAFF_COLUMNS.map((column) => sql.ref(`r.${column}`)))}
    from (select * from (${keys}) every order by first, second, request
        limit ${sql.lit(slice.limit)}) place
      join rectification.request r on r.request = place.request
    order by place.first, place.second, place.request`.execute(trx)
  return rows.map(caseOf)
}

/**
 * How many cases a filter has: counted by a function of the database, which asks what the policy asks once
 * and not for each of sixty thousand rows.
 */
export async function countQueue(
  trx: Trx,
  { filter, active }: Omit<QueueQuestion, 'office'>,
): Promise<number> {
  const { states = null, fields = null, language = null, assignee, dueBefore = null } = filter
  const isSomebody = typeof assignee === 'object'
  const { rows } = await sql<{ count: number }>`
    select rectification.count_queue(${states && [...states]}::text[], ${fields && [...fields]}::int[],
      ${language}::text, ${filter.hasEvidence ?? null}::boolean, ${dueBefore}::date,
      ${isSomebody ? 'somebody' : (assignee ?? null)}::text,
      ${isSomebody ? assignee.staff : null}::uuid, ${[...active]}::uuid[]) as count`.execute(trx)
  return rows[0]?.count ?? 0
}

/**
 * Cases of the office that stand with people who are no longer active there, by person: each caseworker
 * costs one look into the index, however many cases they have.
 */
export async function readStranded(
  trx: Trx,
  { office, active }: Pick<QueueQuestion, 'office' | 'active'>,
): Promise<readonly { readonly staff: string; readonly count: number }[]> {
  const next = (behind: Sql) => sql`(select assignee from rectification.request
      where office = ${office} and assignee is not null and ${open(OPEN_STATES)} ${behind}
      order by assignee limit 1)`
  const { rows } = await sql<{ staff: string; count: string | number }>`
    with recursive who as (
      select ${next(sql``)} as staff
      union all
      select ${next(sql`and assignee > who.staff`)} from who where who.staff is not null
    )
    select who.staff, own.count from who
      cross join lateral (select count(*) as count from rectification.request
        where office = ${office} and assignee = who.staff and ${open(OPEN_STATES)}) own
    where who.staff <> all (${[...active]}::uuid[]) order by who.staff`.execute(trx)
  return rows.map(({ staff, count }) => ({ staff, count: Number(count) }))
}

/** Conditions of the own cases, and of those that the office is asked to confirm for another. */
function branches(question: QueueQuestion): readonly Sql[] {
  const { states = OPEN_STATES } = question.filter
  const { office } = question
  const filters = filtersOf(question)
  const and = (conditions: readonly Sql[]) => sql.join([...conditions, ...filters], sql` and `)
  const { leading, further, any } = fieldsAre(question.filter)
  const own = [sql`office = ${office}`, open(states)]
  const owns = [and([...own, ...leading]), ...further.map((one) => and([...own, one]))]
  if (!states.includes('proposed') || question.filter.assignee === 'gone') return owns
  const others = [sql`second_office = ${office} and office <> second_office`, open(['proposed'])]
  return [...owns, and([...others, ...any])]
}

/**
 * A request is found by each of its names. Those found by a further one alone are a list of their own: no
 * index serves both, and few requests have several names (`queue_of_several_fields`).
 */
function fieldsAre({
  fields,
}: QueueFilter): Readonly<Record<'leading' | 'further' | 'any', Sql[]>> {
  if (fields === undefined) return { leading: [], further: [], any: [] }
  const numbers = sql`${[...fields]}::int[]`
  return {
    leading: [sql`field = any (${numbers})`],
    further: [sql`also <> '{}' and also && ${numbers} and not field = any (${numbers})`],
    any: [sql`(field = any (${numbers}) or also && ${numbers})`],
  }
}

function filtersOf({ filter, active }: QueueQuestion): readonly Sql[] {
  const { language, assignee, dueBefore, hasEvidence } = filter
  return [
    ...(language === undefined ? [] : [sql`language = ${language}`]),
    ...(assignee === undefined ? [] : [assigneeIs(assignee, active)]),
    ...(dueBefore === undefined ? [] : [sql`${DAY} < ${dueBefore}::date`]),
    ...(hasEvidence === undefined ? [] : [sql`has_evidence = ${sql.lit(hasEvidence)}`]),
  ]
}

/** Nobody works on what nobody has, and on what somebody has who is gone. */
function assigneeIs(
  assignee: NonNullable<QueueFilter['assignee']>,
  active: readonly string[],
): Sql {
  if (assignee === 'nobody') return sql`assignee is null`
  return assignee === 'gone'
    ? sql`assignee <> all (${[...active]}::uuid[])`
    : sql`assignee = ${assignee.staff}::uuid`
}

/** The places of one list in an order, at most as many as a page has. */
function keysOf(branch: Sql, slice: QueueSlice): Sql {
  const limit = sql.lit(slice.limit)
  const { after } = slice
  switch (slice.order) {
    case 'due':
      return sql`select ${DAY} as first, 0 as second, request from rectification.request
        where ${branch} ${after?.order === 'due' ? behindDay(after) : sql``}
        order by ${DAY}, request limit ${limit}`
    case 'filed':
      return sql`select filed_at as first, 0 as second, request from rectification.request
        where ${branch} ${
          after?.order === 'filed'
            ? sql`and (filed_at, request) > (${after.filedAt}, ${after.request}::uuid)`
            : sql``
        } order by filed_at, request limit ${limit}`
    case 'kind':
      return byKind(branch, slice)
  }
}

/** Field by field in the order of their kinds, and within a field by the day due. */
function byKind(branch: Sql, { fields, after, limit }: QueueSlice): Sql {
  const from = after?.order === 'kind' ? fields.indexOf(after.field) : -1
  const rest = fields.slice(Math.max(from, 0))
  const behind =
    after?.order === 'kind' && from >= 0
      ? sql`and (kind.rank > 1 or (${DAY}, request) > (${after.dueOn}::date, ${after.request}::uuid))`
      : sql``
  return sql`select kind.rank as first, own.day as second, own.request
    from unnest(${rest}::int[]) with ordinality as kind (number, rank)
      cross join lateral (select ${DAY} as day, request from rectification.request
        where field = kind.number and ${branch} ${behind}
        order by ${DAY}, request limit ${sql.lit(limit)}) own
    order by kind.rank, own.day, own.request limit ${sql.lit(limit)}`
}

function behindDay({ dueOn, request }: { dueOn: string; request: string }): Sql {
  return sql`and (${DAY}, request) > (${dueOn}::date, ${request}::uuid)`
}
