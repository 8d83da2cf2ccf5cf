import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { Evidence, Finding, RuleCode } from '../flags/rules.js'

/** A finding about a member of staff, with the mark of whom it is about. */
export interface MarkedFinding extends Omit<Finding, 'by'> {
  readonly day: string
  readonly mark: Buffer
}

/** Lets findings wait until their day is compared. */
export async function insertWaiting(
  trx: Trx,
  findings: readonly MarkedFinding[],
  of: { readonly office: number; readonly at: Date },
): Promise<void> {
  if (findings.length === 0) return
  const rows = findings.map((one) => ({ ...one, mark: `\\x${one.mark.toString('hex')}` }))
  await sql`insert into oversight.waiting_finding (leaf_index, rule, office, day, weight, evidence, mark, ends_on,
      expires_on)
    select "index", rule, ${of.office}::int, day, weight, evidence, mark::bytea, "expiresOn",
      least("expiresOn", ${of.at}::date + 14)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      f ("index" bigint, rule text, day date, weight smallint, evidence jsonb, mark text, "expiresOn" date)
    on conflict do nothing`.execute(trx)
}

/** Takes what waits for a day of an office, or for one before it; none of it waits any longer. */
export async function takeWaiting(
  trx: Trx,
  office: number,
  day: string,
): Promise<readonly MarkedFinding[]> {
  const { rows } = await sql<{
    index: number
    rule: RuleCode
    day: string
    weight: number
    evidence: Evidence
    mark: Buffer
    expiresOn: string
    isCovered: boolean | null
  }>`delete from oversight.waiting_finding where office = ${office} and day <= ${day}::date
    returning leaf_index as "index", rule, day, weight, evidence, mark, ends_on as "expiresOn",
      ends_on > current_date and day >= (oversight.staff_rules_since(office) at time zone 'Europe/Berlin')::date as "isCovered"`.execute(
    trx,
  )
  return rows.flatMap(({ isCovered, ...row }) =>
    isCovered === true ? [{ ...row, isSealed: false }] : [],
  )
}
