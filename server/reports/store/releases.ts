import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { AskingReason, Decision, Format } from '../rules.js'

/** A report that waits for a second person. */
export interface WaitingRow {
  readonly reference: string
  readonly office: number
  readonly format: Format
  readonly language: string
  readonly filter: Readonly<Record<string, string>>
  readonly isOnOne: boolean
  readonly reason: AskingReason | null
  readonly expected: number | null
  readonly isExpectedExactly: boolean | null
  readonly askedAt: Date
}

/** What a second person decided on a report, and as what. */
export interface ReleaseRow {
  readonly decision: Decision
  readonly by: 'officer' | 'supervision'
  readonly decidedAt: Date
}

/** What a decision meets: it is done, the report is one's own, nobody can decide it any more, or there is none. */
export type Decided = 'done' | 'own' | 'not_now' | 'unknown'

/** What waits for somebody else than its asker, those that wait longest first. */
export async function readWaiting(
  trx: Trx,
  { staff, since, limit }: { readonly staff: string; readonly since: Date; readonly limit: number },
): Promise<readonly WaitingRow[]> {
  return trx
    .selectFrom('reports.report')
    .select(['reference', 'office', 'format', 'language', 'filter', 'reason', 'expected'])
    .select(['expected_exactly as isExpectedExactly', 'asked_at as askedAt'])
    .select(sql<boolean>`entry is not null`.as('isOnOne'))
    .where('state', '=', 'unreleased')
    .where('staff', '<>', staff)
    .where('asked_at', '>', since)
    .orderBy('asked_at')
    .orderBy('report')
    .limit(limit)
    .execute()
}

/** Releases or refuses; the database asks who does it. */
export async function decideReport(
  trx: Trx,
  { reference, decision }: { readonly reference: string; readonly decision: Decision },
  now: Date,
): Promise<Decided> {
  const { rows } = await sql<{ answer: Decided }>`
    select reports.decide(${reference}, ${decision}, ${now}) as answer`.execute(trx)
  return rows[0]?.answer ?? 'unknown'
}

/** What was decided on a report, once somebody has. */
export async function readRelease(trx: Trx, report: string): Promise<ReleaseRow | undefined> {
  return trx
    .selectFrom('reports.release')
    .select(['decision', 'by', 'decided_at as decidedAt'])
    .where('report', '=', report)
    .executeTakeFirst()
}

/** Ends what nobody has released in time; returns how many. */
export async function lapseReports(trx: Trx, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select reports.lapse(${now}) as count`.execute(trx)
  return Number(rows[0]?.count ?? 0)
}
