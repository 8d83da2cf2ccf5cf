import { sql, type RawBuilder } from 'kysely'
import type { Trx } from '../../database.js'
import type { EntryFilter, Shown } from '../filter.js'
import type { Range } from '../ranges.js'

/** An access of the own office, as numbers of the catalogue; nothing in it names or tracks a person. */
export interface EntryRow {
  readonly index: number
  readonly occurredAt: Date
  readonly recordedAt: Date
  readonly operation: number
  readonly channel: number
  readonly source: number
  readonly recipient: number
  readonly unit: number | null
  readonly purpose: number
  readonly legalBasis: number
  readonly fields: readonly number[]
  readonly shown: Shown
  readonly isFlagged: boolean
  readonly expiresOn: string
}

/** With the keyed person, of whom no page and no file may tell: only for the record of the look itself. */
export interface PersonRow extends EntryRow {
  readonly subject: string
}

/** One access with what tells whose data it is: opening it is a look. */
export interface OpenedAccessRow extends PersonRow {
  readonly caseRef: string | null
}

/** A stretch of the log by leaf index: from `bottom` on, below `top`. */
export interface Window {
  readonly bottom: number
  /** Absent where the newest entries count, too. */
  readonly top?: number
}

/** Which accesses are asked for. */
export interface Asked {
  readonly filter: EntryFilter
  readonly window: Window
  /** What expires on this day, `YYYY-MM-DD`, is gone already, even before retention has run. */
  readonly today: string
  /** The log as it stood at a checkpoint: what was flagged or released later was not yet; absent for now. */
  readonly asOf?: { readonly size: number; readonly at: Date }
  /** Leaf index of an access: those of its person alone. */
  readonly personOf?: number
}

const SHARED = sql`leaf_index, expires_on, recorded_at, occurred_at, subject, operation, channel, source,
  recipient, unit, purpose, legal_basis, fields, case_ref, flagged_at`

/** Both views as one; the second is empty for whoever may not see what is sealed. */
const ENTRIES = sql`(
    select ${SHARED}, 'yes' as shown, null::bigint as released_as from reporting.access
    union all
    select ${SHARED}, case when release_due is null then 'withheld' else 'pending' end, released_as
    from reporting.sealed_access
  ) entry`

const SHOWN = sql`leaf_index as "index", occurred_at as "occurredAt", recorded_at as "recordedAt", operation,
  channel, source, recipient, unit, purpose, legal_basis as "legalBasis", fields, shown,
  expires_on as "expiresOn"`

/** One access of the office, or nothing: what is another's and what does not exist look alike. */
export async function readOfficeAccess(
  trx: Trx,
  index: number,
  today: string,
): Promise<OpenedAccessRow | undefined> {
  const asked = { filter: {}, today, window: { bottom: index, top: index + 1 } }
  const columns = sql`${SHOWN}, subject, case_ref as "caseRef"`
  const [row] = await rowsOf<OpenedAccessRow>(trx, asked, { columns, limit: 1 })
  return row
}

/** The visible entry that opens a sealed one of the office; nothing for whoever may not see what is sealed. */
export async function readReleasedAs(
  trx: Trx,
  index: number,
  today: string,
): Promise<number | undefined> {
  const { rows } = await sql<{ as: number }>`
    select released_as as "as" from reporting.sealed_access
      where leaf_index = ${index} and expires_on > ${today} and released_as is not null`.execute(
    trx,
  )
  return rows[0]?.as
}

/** The newest access of the office to a person; a withheld one only where the person sees none. */
export async function readNewestOf(
  trx: Trx,
  subject: string,
  today: string,
): Promise<number | undefined> {
  const { rows } = await sql<{ index: number }>`
    (select leaf_index as "index", 1 as rank from reporting.access
      where subject = ${subject} and expires_on > ${today} order by leaf_index desc limit 1)
    union all
    (select leaf_index, 2 from reporting.sealed_access
      where subject = ${subject} and expires_on > ${today} and released_as is null
      order by leaf_index desc limit 1)
    order by rank limit 1`.execute(trx)
  return rows[0]?.index
}

/** The accesses of a window with their keyed persons, newest first. */
export async function readPersons(
  trx: Trx,
  asked: Asked,
  limit: number,
): Promise<readonly PersonRow[]> {
  return rowsOf<PersonRow>(trx, asked, { columns: sql`${SHOWN}, subject`, limit })
}

async function rowsOf<Row>(
  trx: Trx,
  asked: Asked,
  { columns, limit }: { columns: RawBuilder<unknown>; limit: number },
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select ${columns}, ${flagged(asked)} as "isFlagged" from ${ENTRIES}
    where ${wanted(asked)} order by leaf_index desc limit ${limit}`.execute(trx)
  return rows
}

/** What is asked for wherever it is: in ranges of leaves. */
export type AskedInRanges = Pick<Asked, 'filter' | 'today'>

/** The accesses of several ranges, newest first: planned once for all of them, because planning is what costs. */
export async function readEntriesIn(
  trx: Trx,
  { ranges, ...asked }: AskedInRanges & { readonly ranges: readonly Range[] },
  limit: number,
): Promise<readonly EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select found.* from ${rangesAs(ranges)} cross join lateral (
      select ${SHOWN}, ${flagged({})} as "isFlagged" from ${ENTRIES}
      where ${wanted({ ...asked, window: RANGE })} order by leaf_index desc limit ${limit}) found
    order by "index" desc limit ${limit}`.execute(trx)
  return rows
}

/** How many accesses several ranges hold. */
export async function countEntriesIn(
  trx: Trx,
  { ranges, ...asked }: AskedInRanges & { readonly ranges: readonly Range[] },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select coalesce(sum(held), 0)::int as count from ${rangesAs(ranges)} cross join lateral (
      select count(*) as held from ${ENTRIES} where ${wanted({ ...asked, window: RANGE })} offset 0) counted`.execute(
    trx,
  )
  return rows[0]?.count ?? 0
}

const RANGE = { bottom: sql<number>`range.bottom`, top: sql<number>`range.top` }

const rangesAs = (ranges: readonly Range[]) => sql`
    unnest(${ranges.map(({ bottom }) => bottom)}::bigint[], ${ranges.map(({ top }) => top)}::bigint[])
      as range (bottom, top)`

/** Whether the member of staff of the scope is the officer of its office: who is not finds nothing that is sealed. */
export async function readIsOfficer(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select identity.is_officer() as "is"`.execute(trx)
  return rows[0]?.is ?? false
}

function flagged({ asOf }: Pick<Asked, 'asOf'>): RawBuilder<boolean> {
  return asOf === undefined
    ? sql<boolean>`(flagged_at is not null)`
    : sql<boolean>`coalesce(flagged_at <= ${asOf.at}, false)`
}

/** What was released stands in the log as a visible entry, from then on. */
function notReleased({ asOf }: Pick<Asked, 'asOf'>): RawBuilder<boolean> {
  return asOf === undefined
    ? sql<boolean>`released_as is null`
    : sql<boolean>`coalesce(released_as >= ${asOf.size}, true)`
}

/** A window, or columns that say it. */
interface Bounds {
  readonly bottom: number | RawBuilder<number>
  readonly top?: number | RawBuilder<number>
}

const BERLIN = sql.lit('Europe/Berlin')
const OFFICE = sql`nullif(current_setting('mirat.office', true), '')::int`

/** Days are German, whatever the time zone of the server. */
function wanted(asked: Omit<Asked, 'window'> & { readonly window: Bounds }): RawBuilder<unknown> {
  const { filter, window, today } = asked
  const { from, until, side, parties, unit, purpose, basis, fields, operation, shown } = filter
  const all = [
    sql`leaf_index >= ${window.bottom} and expires_on > ${today}`,
    notReleased(asked),
    window.top === undefined ? undefined : sql`leaf_index < ${window.top}`,
    from && sql`occurred_at >= ${from}::date::timestamp at time zone ${BERLIN}`,
    until && sql`occurred_at < (${until}::date + 1)::timestamp at time zone ${BERLIN}`,
    asked.personOf === undefined ? undefined : samePerson(asked.personOf),
    side && (side === 'received' ? sql`recipient = ${OFFICE}` : sql`source = ${OFFICE}`),
    parties && otherSide(parties),
    unit && sql`unit = ${unit}`,
    purpose && sql`purpose = ${purpose}`,
    basis && sql`legal_basis = ${basis}`,
    fields && sql`fields && ${[...fields]}::smallint[]`,
    operation && sql`operation = ${operation}`,
    filter.flagged === undefined ? undefined : sql`${flagged(asked)} = ${filter.flagged}`,
    shown && sql`shown = ${shown}`,
  ]
  return sql.join(
    all.filter((one) => one !== undefined && one !== '' && one !== 0),
    sql` and `,
  )
}

/** Whose access it is never leaves the database for this. */
function samePerson(index: number): RawBuilder<unknown> {
  return sql`subject = (select subject from ${ENTRIES} where leaf_index = ${index})`
}

/** Where an office keeps something for itself it is on both sides, and so is the other side. */
function otherSide(parties: readonly number[]): RawBuilder<unknown> {
  return sql`case when source = ${OFFICE} then recipient else source end = any(${[...parties]}::int[])`
}
