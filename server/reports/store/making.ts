import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import { DROPPED_MS, MOST_TRIES, SMALL_ROWS, type ReportRequest } from '../rules.js'
import { recordOf, SHOWN, type PartRecord } from '../store.js'

/** A report that somebody works on, and down to which leaf index the looks at its persons are recorded. */
export interface TakenReport extends ReportRequest {
  readonly tries: number
  readonly lookedBelow?: number
  /** By what its list held when it was asked for; a report on one person counts as small. */
  readonly isSmall: boolean
}

const IS_SMALL = sql<boolean>`coalesce(expected <= ${sql.lit(SMALL_ROWS)}, entry is not null)`

/**
 * Takes the report that has waited longest, or one that its worker has dropped, where asked a small one; what was written
 * of it goes, and one that was begun too often is given up. Nobody else can take it meanwhile.
 */
export async function takeReport(
  trx: Trx,
  { now, small = false }: { readonly now: Date; readonly small?: boolean },
): Promise<TakenReport | undefined> {
  const dropped = new Date(now.getTime() - DROPPED_MS)
  await sql`update reports.report set state = 'failed', ended_at = ${now}
    where state = 'working' and worked_at < ${dropped} and tries >= ${MOST_TRIES}`.execute(trx)
  const next = await trx
    .selectFrom('reports.report')
    .select([...SHOWN, 'tries', 'looked_below', IS_SMALL.as('isSmall')])
    .where(small ? IS_SMALL : sql<boolean>`true`)
    .where((eb) =>
      eb.or([
        eb('state', '=', 'waiting'),
        eb.and([eb('state', '=', 'working'), eb('worked_at', '<', dropped)]),
      ]),
    )
    .orderBy('asked_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (next === undefined) return undefined
  const tries = next.tries + 1
  await trx
    .updateTable('reports.report')
    .set({ state: 'working', tries, worked_at: now, found: 0, written: 0 })
    .where('report', '=', next.report)
    .execute()
  await trx.deleteFrom('reports.chunk').where('report', '=', next.report).execute()
  await trx.deleteFrom('reports.part').where('report', '=', next.report).execute()
  const { looked_below: below, isSmall } = next
  return { ...recordOf(next), tries, isSmall, ...(below === null ? {} : { lookedBelow: below }) }
}

/** How far the making has come, and from where on looks are recorded. */
export interface Progress {
  readonly found?: number
  readonly written?: number
  readonly looked_below?: number
}

/** Notes progress; false where it was cancelled or somebody else has taken it over. */
export async function noteProgress(
  trx: Trx,
  { report, tries }: TakenReport,
  { now, ...progress }: Progress & { readonly now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('reports.report')
    .set({ ...progress, worked_at: now })
    .where('report', '=', report)
    .where('tries', '=', tries)
    .where('state', '=', 'working')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Writes one piece of a file. */
export async function insertChunk(
  trx: Trx,
  report: string,
  chunk: { readonly part: number; readonly chunk: number; bytes: Buffer; expires_on: string },
): Promise<void> {
  await trx
    .insertInto('reports.chunk')
    .values({ report, ...chunk })
    .execute()
}

/** Writes down a finished file. */
export async function insertPart(trx: Trx, report: string, part: PartRecord): Promise<void> {
  const { firstRow, ...rest } = part
  await trx
    .insertInto('reports.part')
    .values({ report, first_row: firstRow, ...rest })
    .execute()
}

/** Ends the making; false where it was cancelled meanwhile. */
export async function endReport(
  trx: Trx,
  { report, tries }: TakenReport,
  end:
    | { readonly state: 'failed'; readonly ended_at: Date }
    | { state: 'ready'; digest: string; expires_on: string; ended_at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('reports.report')
    .set(end)
    .where('report', '=', report)
    .where('tries', '=', tries)
    .where('state', '=', 'working')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
