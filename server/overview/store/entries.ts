import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely'
import type { Catalogue, Operation } from '../../catalogue/index.js'
import type { Database, Trx } from '../../database.js'
import type { SubjectId } from '../../identity/actor.js'
import { operationNumber } from '../codes.js'
import type { AccessEntry, Flag } from '../entry.js'
import { bodyOfRow, OPENED_COLUMNS } from './committed.js'
import { entryOf, SHOWN, termOf } from './rows.js'

/** Which entries are asked for; numbers are the catalogue's, absent parts leave it open. */
export interface EntryFilter {
  /** Offices that acted. */
  readonly parties?: readonly number[]
  readonly purpose?: number
  readonly field?: number
  readonly operation?: Operation
  /** From this instant on. */
  readonly since?: Date
  /** Only this month in German time, `YYYY-MM`. */
  readonly month?: string
  /** Only those that break a rule. */
  readonly flagged?: boolean
}

/** A stretch of the log, newest first, beyond or before a leaf index. */
export interface Stretch {
  readonly before?: number
  readonly after?: number
  readonly limit: number
}

/** Whose entries, on which day: what expires on it is gone already, even before retention has run. */
export interface Whose {
  readonly subjects: readonly SubjectId[]
  /** `YYYY-MM-DD`. */
  readonly today: string
}

/** An entry with everything that opens its commitment. */
export interface CommittedEntry {
  readonly entry: AccessEntry
  readonly class: number
  /** The committed text, rebuilt exactly. */
  readonly body: string
  /** sa || sb, 32 bytes. */
  readonly salt: Buffer
}

type Events = SelectQueryBuilder<Database, 'overview.access_event', object>

/** Who acted, in SQL: see `actorOf`. Queries are operation 2, transmissions 3. */
export const ACTOR = sql<number>`case when operation in (2, 3) then recipient else source end`

/** That one of some offices acted, in SQL; one statement for any number of them. */
export function actedBy(parties: readonly number[]): RawBuilder<boolean> {
  return sql<boolean>`${ACTOR} = any(${[...parties]}::int[])`
}

/** The entries of one subject that are still shown; one subject at a time, for the index on it. */
export function eventsOf(trx: Trx, subject: SubjectId, today: string): Events {
  return trx
    .selectFrom('overview.access_event')
    .where('subject', '=', subject)
    .where('expires_on', '>', today)
}

/** A stretch of the log of all subjects, newest first by leaf index. */
export async function readEntries(
  { trx, catalogue, subjects, today }: Whose & { trx: Trx; catalogue: Catalogue },
  filter: EntryFilter,
  stretch: Stretch,
): Promise<AccessEntry[]> {
  const ascending = stretch.after !== undefined
  const order = ascending ? 'asc' : 'desc'
  // One subject at a time keeps to the index; lateral, so that the partitions are planned only once.
  const rows = await trx
    .selectFrom(
      sql<{ own: string }>`unnest(${[...subjects]}::uuid[])`.as<'person'>(sql`person(own)`),
    )
    .innerJoinLateral(
      (eb) =>
        within(filtered(eb.selectFrom('overview.access_event'), filter), stretch)
          .whereRef('overview.access_event.subject', '=', sql.ref('person.own'))
          .where('expires_on', '>', today)
          .select(SHOWN)
          .orderBy('leaf_index', order)
          .limit(stretch.limit)
          .as('entry'),
      (join) => join.onTrue(),
    )
    .selectAll('entry')
    .orderBy('entry.leaf_index', order)
    .limit(stretch.limit)
    .execute()
  const entries = rows.map((row) => entryOf(row, catalogue))
  return ascending ? entries.reverse() : entries
}

/** One entry with what opens it, or nothing: another's entry and none look the same. */
export async function readCommitted(
  { trx, catalogue, subjects, today }: Whose & { trx: Trx; catalogue: Catalogue },
  index: number,
): Promise<CommittedEntry | undefined> {
  for (const subject of subjects) {
    const row = await eventsOf(trx, subject, today)
      .where('leaf_index', '=', index)
      .select([...SHOWN, 'class', 'consent_id', 'seq_digest', 'operator_digest', 'salt'])
      .select(OPENED_COLUMNS)
      .executeTakeFirst()
    if (row === undefined) continue
    const { class: number, salt, sealed_index: heldIndex } = row
    const held = heldIndex === null ? {} : { heldIndex }
    const entry = { ...entryOf(row, catalogue), ...held }
    return { entry, class: number, salt, body: bodyOfRow(row, catalogue) }
  }
  return undefined
}

/** The rules that entries break, by leaf index. */
export async function readFlags(
  { trx, catalogue }: { trx: Trx; catalogue: Catalogue },
  indices: readonly number[],
): Promise<ReadonlyMap<number, readonly Flag[]>> {
  const flags = new Map<number, Flag[]>()
  if (indices.length === 0) return flags
  const rows = await trx
    .selectFrom('overview.access_flag')
    .select(['leaf_index', 'rule', 'fields'])
    .where(sql<boolean>`leaf_index = any(${[...indices]}::bigint[])`)
    .orderBy('leaf_index')
    .orderBy('rule')
    .execute()
  for (const { leaf_index, rule, fields } of rows) {
    const flag = { rule, fields: fields.map((id) => termOf(catalogue.fields, id)) }
    flags.set(leaf_index, [...(flags.get(leaf_index) ?? []), flag])
  }
  return flags
}

/** That an entry breaks a rule, in SQL. */
export const FLAGGED = sql<boolean>`exists (select from overview.access_flag
  where access_flag.leaf_index = access_event.leaf_index)`

function filtered(events: Events, filter: EntryFilter): Events {
  const { parties, purpose, field, operation, since, month, flagged } = filter
  let query = events
  if (parties) query = query.where(actedBy(parties))
  if (purpose !== undefined) query = query.where('purpose', '=', purpose)
  if (field !== undefined) query = query.where(sql<boolean>`fields @> array[${field}]::smallint[]`)
  if (operation) query = query.where('operation', '=', operationNumber(operation))
  if (since) query = query.where('occurred_at', '>=', since)
  if (month !== undefined) query = query.where(MONTH, '=', month)
  return flagged ? query.where(FLAGGED) : query
}

/** The month of an access in German time, `YYYY-MM`, in SQL. */
export const MONTH = sql<string>`to_char(occurred_at at time zone 'Europe/Berlin', 'YYYY-MM')`

function within(events: Events, { before, after }: Stretch): Events {
  if (before !== undefined) return events.where('leaf_index', '<', before)
  return after === undefined ? events : events.where('leaf_index', '>', after)
}
