import { sql, type RawBuilder } from 'kysely'
import type { Trx } from '../../database.js'
import { EXPLANATIONS, type Explanation } from '../flags/explanation.js'
import type {
  FindingKey,
  FindingPlace,
  FindingQuery,
  FindingRow,
  FindingStepRow,
  SwitchRow,
} from '../flags/finding.js'
import type { RuleCode } from '../flags/rules.js'
import type { FindingAct, FindingState } from '../flags/states.js'

const COLUMNS = sql`leaf_index as "index", rule, weight, evidence, log_size as "size",
  found_at as "foundAt", state, reason, version`

/** Both tables as one; the second is empty for whoever may not see what is sealed. */
const FINDINGS = sql`(
    select ${COLUMNS}, false as "isSealed" from oversight.finding
    union all select ${COLUMNS}, true from oversight.sealed_finding
  ) found`

/** The work list of the office in the setting, the heaviest first. */
export async function readFindings(
  trx: Trx,
  { states, rule, after }: FindingQuery,
  limit: number,
): Promise<readonly FindingRow[]> {
  const wanted = [
    sql`state = any(${[...states]}::text[])`,
    ...(rule === undefined ? [] : [sql`rule = ${rule}`]),
    ...(after === undefined ? [] : [behind(after)]),
  ]
  const { rows } = await sql<FindingRow>`select * from ${FINDINGS}
    where ${sql.join(wanted, sql` and `)}
    order by weight desc, "index" desc, rule limit ${limit}`.execute(trx)
  return rows
}

function behind({ weight, index, rule }: FindingPlace): RawBuilder<unknown> {
  return sql`(weight < ${weight} or weight = ${weight}
    and ("index" < ${index} or "index" = ${index} and rule > ${rule}))`
}

/** One finding of the office, or nothing: what is another's and what does not exist look alike. */
export async function readFinding(
  trx: Trx,
  { index, rule }: FindingKey,
): Promise<FindingRow | undefined> {
  const { rows } = await sql<FindingRow>`select * from ${FINDINGS}
    where "index" = ${index} and rule = ${rule}`.execute(trx)
  return rows[0]
}

/** What the rules found at some entries, the heaviest first. */
export async function readFindingsOf(
  trx: Trx,
  entries: readonly number[],
): Promise<readonly FindingRow[]> {
  const { rows } = await sql<FindingRow>`select * from ${FINDINGS}
    where "index" = any(${[...entries]}::bigint[]) order by weight desc, rule`.execute(trx)
  return rows
}

/** What officers made of a finding, in order. */
export async function readSteps(
  trx: Trx,
  { index, rule }: FindingKey,
): Promise<readonly FindingStepRow[]> {
  const steps = sql`number, state, reason, made_at as at`
  const which = sql`leaf_index = ${index} and rule = ${rule}`
  const { rows } = await sql<FindingStepRow>`
    select ${steps} from oversight.finding_step where ${which}
    union all select ${steps} from oversight.sealed_finding_step where ${which}
    order by number`.execute(trx)
  return rows
}

/** Moves a finding that stands as it was seen; false where it does no longer. */
export async function moveFinding(
  trx: Trx,
  { index, rule, version, isSealed }: FindingKey & Pick<FindingRow, 'version' | 'isSealed'>,
  { step, reason, at }: FindingAct & { readonly at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable(isSealed ? 'oversight.sealed_finding' : 'oversight.finding')
    .set({ state: step, reason, version: version + 1, changed_at: at })
    .where('leaf_index', '=', index)
    .where('rule', '=', rule)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** How many findings of a rule stand in a state. */
export interface HitRow {
  readonly rule: RuleCode
  readonly state: FindingState
  readonly count: number
}

/** Findings of the office by rule and state. */
export async function readHits(trx: Trx): Promise<readonly HitRow[]> {
  const { rows } = await sql<HitRow>`select rule, state, count(*)::int as count from ${FINDINGS}
    group by rule, state order by rule, state`.execute(trx)
  return rows
}

/** How many accesses of the office were explained by what. */
export async function readExplained(
  trx: Trx,
): Promise<Readonly<Record<Explanation | 'unexplained', number>>> {
  const names = [...EXPLANATIONS, 'unexplained'] as const
  const sums = names.map((name) => sql`coalesce(sum(${sql.ref(name)}), 0)::int as ${sql.ref(name)}`)
  const { rows } = await sql<Record<Explanation | 'unexplained', number>>`
    select ${sql.join(sums)} from oversight.tally`.execute(trx)
  const [row] = rows
  if (row === undefined) throw new Error('counting gave no row')
  return row
}

/** How far the rules have come at the office; nothing before the first time. */
export async function readOwnWatch(
  trx: Trx,
): Promise<
  { readonly below: number; readonly at: Date; readonly peers: number | null } | undefined
> {
  return trx.selectFrom('oversight.watch').select(['below', 'at', 'peers']).executeTakeFirst()
}

/** Every switch of the office, the latest first. */
export async function readSwitches(trx: Trx): Promise<readonly SwitchRow[]> {
  return trx
    .selectFrom('oversight.rule_switch')
    .select(['rule', 'number', 'is_on as isOn', 'made_at as at'])
    .$castTo<SwitchRow>()
    .orderBy('made_at', 'desc')
    .orderBy('rule')
    .orderBy('number', 'desc')
    .execute()
}

/** Switches a rule; false where somebody else has switched it since the number was read. */
export async function insertSwitch(
  trx: Trx,
  office: number,
  { rule, number, isOn, at }: SwitchRow,
): Promise<boolean> {
  const { rows } =
    await sql`insert into oversight.rule_switch (office, rule, number, is_on, made_at)
    values (${office}, ${rule}, ${number}, ${isOn}, ${at})
    on conflict do nothing returning number`.execute(trx)
  return rows.length > 0
}
