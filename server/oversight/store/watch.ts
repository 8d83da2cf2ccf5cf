import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { Tally } from '../flags/days.js'
import { EXPLANATIONS, type Explanation } from '../flags/explanation.js'
import type { Finding, RuleCode } from '../flags/rules.js'

/** How far the rules have read the log for one office. */
export interface Watch {
  readonly below: number
  readonly judgedDay?: string
  /** Notes that were due up to this day were looked for. */
  readonly emergencyDay?: string
}

/** Offices with a data protection officer who can read what is found. */
export async function readWatchedOffices(trx: Trx): Promise<readonly number[]> {
  const { rows } = await sql<{ office: number }>`
    select office from oversight.offices_with_officers() office`.execute(trx)
  return rows.map(({ office }) => office)
}

/** How far an office is read; from the beginning where nothing was. */
export async function readWatch(trx: Trx, office: number): Promise<Watch> {
  const row = await trx
    .selectFrom('oversight.watch')
    .select(['below', 'judged_day', 'emergency_day'])
    .where('office', '=', office)
    .executeTakeFirst()
  const { below = 0, judged_day: judgedDay = null, emergency_day: emergencyDay = null } = row ?? {}
  return {
    below,
    ...(judgedDay === null ? {} : { judgedDay }),
    ...(emergencyDay === null ? {} : { emergencyDay }),
  }
}

/** Moves on; false where somebody else did meanwhile, so that nothing is counted twice. */
export async function moveWatch(
  trx: Trx,
  office: number,
  { from, to, at }: { readonly from: number; readonly to: number; readonly at: Date },
): Promise<boolean> {
  if (from === 0) {
    await sql`insert into oversight.watch (office, at) values (${office}, ${at})
      on conflict (office) do nothing`.execute(trx)
  }
  const { numUpdatedRows } = await trx
    .updateTable('oversight.watch')
    .set({ below: to, at })
    .where('office', '=', office)
    .where('below', '=', from)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Notes that a day was compared with how many other units; false where it was already. */
export async function noteDay(
  trx: Trx,
  office: number,
  { day, peers }: { readonly day: string; readonly peers: number },
): Promise<boolean> {
  const { rows } = await sql`update oversight.watch set judged_day = ${day}::date, peers = ${peers}
    where office = ${office} and (judged_day is null or judged_day < ${day}::date)
    returning office`.execute(trx)
  return rows.length > 0
}

/** Notes that notes due up to a day were looked for; false where somebody did meanwhile. */
export async function noteEmergencyDay(trx: Trx, office: number, day: string): Promise<boolean> {
  const { rows } = await sql`update oversight.watch set emergency_day = ${day}::date
    where office = ${office} and (emergency_day is null or emergency_day < ${day}::date)
    returning office`.execute(trx)
  return rows.length > 0
}

/** Explains new findings of accesses of which a stretch of the log holds the note; those of an officer stay. */
export async function settleEmergencies(
  trx: Trx,
  office: number,
  { from, to, at }: { readonly from: number; readonly to: number; readonly at: Date },
): Promise<void> {
  await sql`select oversight.settle_emergencies(${office}, ${from}, ${to}, ${at})`.execute(trx)
}

/** Rules that an office switched off. */
export async function readSwitchedOff(trx: Trx, office: number): Promise<ReadonlySet<RuleCode>> {
  const { rows } = await sql<{ rule: RuleCode }>`
    select rule from (select distinct on (rule) rule, is_on from oversight.rule_switch
      where office = ${office} order by rule, number desc) last where not is_on`.execute(trx)
  return new Set(rows.map(({ rule }) => rule))
}

/** Writes what was found; what stands there already stays as it is. */
export async function insertFindings(
  trx: Trx,
  findings: readonly Finding[],
  of: { readonly office: number; readonly size: number; readonly at: Date },
): Promise<void> {
  for (const isSealed of [false, true]) {
    // Never whom of the staff it is about: not even as a handle.
    const rows = findings.flatMap(({ by: _by, ...one }) => (one.isSealed === isSealed ? [one] : []))
    if (rows.length === 0) continue
    const table = isSealed ? sql`oversight.sealed_finding` : sql`oversight.finding`
    await sql`insert into ${table} (leaf_index, rule, office, weight, evidence, log_size, found_at, state,
        version, changed_at, expires_on)
      select f."index", f.rule, ${of.office}::int, f.weight, f.evidence, ${of.size}::bigint, ${of.at}::timestamptz, 'new', 0,
        ${of.at}::timestamptz, f."expiresOn"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        f ("index" bigint, rule text, weight smallint, evidence jsonb, "expiresOn" date)
      on conflict do nothing`.execute(trx)
  }
}

/** What is added to the count of a unit, a day and a purpose. */
export interface Counted {
  readonly unit: number
  readonly day: string
  readonly purpose: number
  readonly counts: Readonly<Record<Explanation | 'unexplained', number>>
  readonly byHand: number
  readonly lastLeaf: number
  readonly lastExpiresOn: string
}

const KINDS = [...EXPLANATIONS, 'unexplained'] as const
const TALLY_DAYS = 400

/** Adds to the counts of an office. */
export async function addTallies(
  trx: Trx,
  counted: readonly Counted[],
  { office, kind }: { readonly office: number; readonly kind: string },
): Promise<void> {
  if (counted.length === 0) return
  const rows = counted.map(({ counts, ...row }) => ({ ...row, ...counts }))
  const names = sql.join(KINDS.map((name) => sql.ref(name)))
  const typed = sql.join(KINDS.map((name) => sql`${sql.ref(name)} int`))
  const sums = sql.join(
    [...KINDS, 'by_hand'].map(
      (name) => sql`${sql.ref(name)} = t.${sql.ref(name)} + excluded.${sql.ref(name)}`,
    ),
  )
  await sql`insert into oversight.tally as t (office, kind, unit, day, purpose, ${names}, by_hand, last_leaf,
      last_expires_on, expires_on)
    select ${office}::int, ${kind}::text, unit, day, purpose, ${names}, "byHand", "lastLeaf", "lastExpiresOn",
      day + ${TALLY_DAYS}::int
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) f (unit int, day date, purpose int, ${typed},
      "byHand" int, "lastLeaf" bigint, "lastExpiresOn" date)
    on conflict (office, day, unit, purpose) do update set ${sums},
      last_leaf = greatest(t.last_leaf, excluded.last_leaf),
      last_expires_on = case when excluded.last_leaf > t.last_leaf then excluded.last_expires_on
        else t.last_expires_on end`.execute(trx)
}

const ALL = sql.raw(KINDS.map((name) => `sum(${name})`).join(' + '))

/**
 * Counts of days, by unit and purpose: of one office, or of all offices of a kind. What an emergency alone explains
 * counts as unexplained here: whoever declares many stands out among other units all the same.
 */
export async function readTallies(
  trx: Trx,
  { office, kind }: { readonly office?: number; readonly kind: string },
  days: { readonly from: string; readonly until: string },
): Promise<readonly Tally[]> {
  const { rows } = await sql<Tally>`
    select office, unit, purpose, (${ALL})::int as "all", sum(unexplained + emergency)::int as unexplained,
      max(last_leaf) as "lastLeaf",
      (array_agg(last_expires_on order by last_leaf desc))[1] as "lastExpiresOn"
    from oversight.tally
    where kind = ${kind} and day between ${days.from}::date and ${days.until}::date
      ${office === undefined ? sql`` : sql`and office = ${office}`}
    group by office, unit, purpose order by office, unit, purpose`.execute(trx)
  return rows
}

/** Units of all offices of a kind that were at work in some days. */
export async function readUnits(
  trx: Trx,
  kind: string,
  days: { readonly from: string; readonly until: string },
): Promise<readonly { readonly office: number; readonly unit: number }[]> {
  const { rows } = await sql<{ office: number; unit: number }>`
    select distinct office, unit from oversight.tally
    where kind = ${kind} and day between ${days.from}::date and ${days.until}::date
    order by office, unit`.execute(trx)
  return rows
}

/** The first day of which anything is counted at an office. */
export async function readFirstDay(trx: Trx, office: number): Promise<string | undefined> {
  const { rows } = await sql<{ day: string | null }>`
    select min(day) as day from oversight.tally where office = ${office}`.execute(trx)
  return rows[0]?.day ?? undefined
}

const DATED = [
  ...(['oversight.finding', 'oversight.sealed_finding', 'oversight.finding_step'] as const),
  ...(['oversight.sealed_finding_step', 'oversight.tally'] as const),
  ...(['oversight.actor_day', 'oversight.concerned', 'oversight.waiting_finding'] as const),
  ...(['oversight.question', 'oversight.question_step'] as const),
] as const

/** Deletes what dies with its entry, and counts long past, as the retention role. */
export async function deleteDue(trx: Trx): Promise<number> {
  let gone = 0
  for (const table of DATED) {
    const { numDeletedRows } = await trx
      .deleteFrom(table)
      .where('expires_on', '<=', sql<string>`current_date`)
      .executeTakeFirstOrThrow()
    gone += Number(numDeletedRows)
  }
  return gone
}
