import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { RuleCode } from '../flags/rules.js'

/** Who acted in an access, encrypted. */
export interface ActingRow {
  readonly index: number
  /** The entry at which it was encrypted. */
  readonly refIndex: number
  readonly ref: Buffer
}

/** Who acted in some accesses of the office in the setting; none where no service agreement covers them. */
export async function readActing(
  trx: Trx,
  indices: readonly number[],
): Promise<readonly ActingRow[]> {
  const { rows } = await sql<ActingRow>`
    select leaf_index as "index", ref_index as "refIndex", ref from reporting.acting
    where leaf_index = any(${[...indices]}::bigint[])`.execute(trx)
  return rows
}

/** How many accesses of one actor on a day nothing explains. */
export interface ActorDay {
  readonly unit: number
  readonly day: string
  /** Keyed hash, base64url: another one each day. */
  readonly actor: string
  readonly unexplained: number
  readonly lastLeaf: number
  readonly lastExpiresOn: string
}

/** Adds to the counts of an office; they go after two weeks. */
export async function addActorDays(
  trx: Trx,
  counted: readonly ActorDay[],
  of: { readonly office: number; readonly kind: string; readonly at: Date },
): Promise<void> {
  if (counted.length === 0) return
  const rows = counted.map((row) => ({ ...row, actor: hex(row.actor) }))
  await sql`insert into oversight.actor_day as d (office, kind, unit, day, actor, unexplained, last_leaf,
      last_expires_on, expires_on)
    select ${of.office}::int, ${of.kind}::text, unit, day, actor::bytea, unexplained, "lastLeaf",
      "lastExpiresOn", ${of.at}::date + 14
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) f (unit int, day date, actor text,
      unexplained int, "lastLeaf" bigint, "lastExpiresOn" date)
    on conflict (office, day, unit, actor) do update set
      unexplained = d.unexplained + excluded.unexplained,
      last_leaf = case when excluded.unexplained > 0 or d.unexplained = 0
        then excluded.last_leaf else d.last_leaf end,
      last_expires_on = case when excluded.unexplained > 0 or d.unexplained = 0
        then excluded.last_expires_on else d.last_expires_on end`.execute(trx)
}

/** Counts of one day at all offices of a kind whose agreement covers it; one that has ended covers none. */
export async function readActorDays(
  trx: Trx,
  kind: string,
  day: string,
): Promise<readonly (ActorDay & { readonly office: number })[]> {
  const { rows } = await sql<Omit<ActorDay, 'actor'> & { office: number; actor: Buffer }>`
    select office, unit, day, actor, unexplained, last_leaf as "lastLeaf", last_expires_on as "lastExpiresOn"
    from oversight.actor_day where kind = ${kind} and day = ${day}::date
      and day >= (oversight.staff_rules_since(office) at time zone 'Europe/Berlin')::date
    order by office, unit, last_leaf`.execute(trx)
  return rows.map((row) => ({ ...row, actor: row.actor.toString('base64url') }))
}

/** Days on which so many people of a unit of an office looked by hand, as `unit/day`; unit 0: none was reported. */
export async function readLargeDays(
  trx: Trx,
  office: number,
  least: number,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ unit: number; day: string }>`
    select unit, day from oversight.actor_day where office = ${office}
      group by unit, day having count(*) >= ${least}`.execute(trx)
  return new Set(rows.map(({ unit, day }) => `${unit}/${day}`))
}

/** By what a member of staff finds a finding about themselves. */
export interface ConcernedRow {
  readonly index: number
  readonly rule: RuleCode
  readonly day: string
  readonly mark: Buffer
}

/** Notes whom findings are about; the first note of a finding stays. */
export async function insertConcerned(
  trx: Trx,
  rows: readonly (ConcernedRow & { readonly expiresOn: string })[],
  office: number,
): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map((row) => ({ ...row, mark: `\\x${row.mark.toString('hex')}` }))
  await sql`insert into oversight.concerned (leaf_index, rule, office, day, mark, expires_on)
    select "index", rule, ${office}::int, day, mark::bytea, "expiresOn"
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      f ("index" bigint, rule text, day date, mark text, "expiresOn" date)
    on conflict do nothing`.execute(trx)
}

/** The marks of an office, read by the login of the rules: whose they are only the key tells. */
export async function readConcerned(trx: Trx): Promise<readonly ConcernedRow[]> {
  const { rows } = await sql<ConcernedRow>`
    select leaf_index as "index", rule, day, mark from oversight.concerned
    order by leaf_index desc limit ${MOST}`.execute(trx)
  return rows
}

/** Findings about staff of one office that are looked through for one page. */
const MOST = 5_000

const hex = (actor: string) => `\\x${Buffer.from(actor, 'base64url').toString('hex')}`
