import { sql } from 'kysely'
import type { Trx } from '../database.js'
import {
  DROPPED_MS,
  MOST_TRIES,
  OPEN_STATES,
  type AskingReason,
  type ReportRequest,
  type ReportState,
} from './rules.js'

/** A report as its office sees it. */
export interface ReportRecord extends ReportRequest {
  readonly state: ReportState
  /** Absent for reports of before. */
  readonly reason?: AskingReason
  readonly found: number
  readonly written: number
  readonly digest?: string
  readonly askedAt: Date
  readonly endedAt?: Date
  readonly expiresOn?: string
}

/** A file of a report. */
export interface PartRecord {
  readonly part: number
  readonly firstRow: number
  readonly rows: number
  readonly pages: number
  readonly bytes: number
  readonly sha256: string
}

const SHOWN = [
  ...(['report', 'reference', 'office', 'staff', 'format', 'language', 'filter'] as const),
  ...(['log_size', 'log_at', 'catalogue', 'software', 'state', 'reason', 'found'] as const),
  ...(['written', 'digest', 'asked_at', 'ended_at', 'expires_on', 'entry'] as const),
] as const

/** Why and when a report is asked for, and how many accesses its list held. */
export interface Asking {
  readonly reason: AskingReason
  readonly expected: { readonly value: number; readonly isExact: boolean } | undefined
  readonly now: Date
}

/** Writes a new report. */
export async function insertReport(
  trx: Trx,
  request: ReportRequest,
  { reason, expected, now }: Asking,
): Promise<void> {
  const { log, filter, entry, ...rest } = request
  await trx
    .insertInto('reports.report')
    .values({
      ...rest,
      filter: JSON.stringify(filter),
      ...{ log_size: log.size, log_at: log.at, reason, asked_at: now },
      // A report on one person begins at once where the database finds that nobody else need release it.
      ...{ entry: entry ?? null, state: 'unreleased' },
      ...{ expected: expected?.value ?? null, expected_exactly: expected?.isExact ?? null },
    })
    .execute()
}

/** Whether the officer in the setting can make a further report on one person without anybody else. */
export async function mayDoAlone(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`select reports.may_do_alone() as may`.execute(trx)
  return rows[0]?.may ?? false
}

/** Reports of the office in the setting, newest first. */
export async function readReports(trx: Trx, limit: number): Promise<readonly ReportRecord[]> {
  const rows = await trx
    .selectFrom('reports.report')
    .select(SHOWN)
    .orderBy('asked_at', 'desc')
    .orderBy('report')
    .limit(limit)
    .execute()
  return rows.map(recordOf)
}

/** One report of the office by its reference. */
export async function readReport(trx: Trx, reference: string): Promise<ReportRecord | undefined> {
  const row = await trx
    .selectFrom('reports.report')
    .select(SHOWN)
    .where('reference', '=', reference)
    .executeTakeFirst()
  return row === undefined ? undefined : recordOf(row)
}

/** How many reports of the office are being made, or wait for it or for a second person. */
export async function countOpen(trx: Trx): Promise<number> {
  const { count } = await trx
    .selectFrom('reports.report')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', 'in', OPEN_STATES)
    .executeTakeFirstOrThrow()
  return count
}

/** Cancels what is not ended; returns whether it was so. */
export async function cancelReport(trx: Trx, reference: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('reports.report')
    .set({ state: 'cancelled', ended_at: now })
    .where('reference', '=', reference)
    .where('state', 'in', OPEN_STATES)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The files of a report. */
export async function readParts(trx: Trx, report: string): Promise<readonly PartRecord[]> {
  return trx
    .selectFrom('reports.part')
    .select(['part', 'first_row as firstRow', 'rows', 'pages', 'bytes', 'sha256'])
    .where('report', '=', report)
    .orderBy('part')
    .execute()
}

/** One piece of a file; nothing behind the last one, or where the file is gone. */
export async function readChunk(
  trx: Trx,
  {
    report,
    part,
    chunk,
  }: { readonly report: string; readonly part: number; readonly chunk: number },
): Promise<Buffer | undefined> {
  const row = await trx
    .selectFrom('reports.chunk')
    .select('bytes')
    .where('report', '=', report)
    .where('part', '=', part)
    .where('chunk', '=', chunk)
    .executeTakeFirst()
  return row?.bytes
}

/** A report that somebody works on, and down to which leaf index the looks at its persons are recorded. */
export interface TakenReport extends ReportRequest {
  readonly tries: number
  readonly lookedBelow?: number
}

/**
 * Takes the report that has waited longest, or one that its worker has dropped; what was written of it goes, and
 * one that was begun too often is given up. Nobody else can take it meanwhile.
 */
export async function takeReport(trx: Trx, now: Date): Promise<TakenReport | undefined> {
  const dropped = new Date(now.getTime() - DROPPED_MS)
  await sql`update reports.report set state = 'failed', ended_at = ${now}
    where state = 'working' and worked_at < ${dropped} and tries >= ${MOST_TRIES}`.execute(trx)
  const next = await trx
    .selectFrom('reports.report')
    .select([...SHOWN, 'tries', 'looked_below'])
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
  const { looked_below: below } = next
  return { ...recordOf(next), tries, ...(below === null ? {} : { lookedBelow: below }) }
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

/** Deletes the pieces of files whose first entry is gone. */
export async function forgetFiles(trx: Trx): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('reports.chunk')
    .where('expires_on', '<=', sql<string>`current_date`)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** What is known of a checksum. */
export interface Issued {
  readonly logAt: Date
  readonly isNewerThere: boolean
  readonly expiresOn: string | null
}

/** Whether a checksum was issued: of a content with its reference, or of a file; about the resident of the scope alone. */
export async function readIssued(
  trx: Trx,
  { checksum, reference }: { readonly checksum: string; readonly reference: string },
  about: 'office' | 'me',
): Promise<Issued | undefined> {
  const asked = sql.ref(about === 'me' ? 'reports.issued_about_me' : 'reports.issued')
  const { rows } = await sql<Issued>`
    select log_at as "logAt", is_newer_there as "isNewerThere", expires_on as "expiresOn"
    from ${asked}(${checksum}, ${reference})`.execute(trx)
  return rows[0]
}

type Row = {
  readonly [Name in (typeof SHOWN)[number]]: unknown
}

function recordOf(row: Row): ReportRecord {
  const { log_size, log_at, asked_at, ended_at, expires_on, digest, reason, entry, ...rest } = row
  return {
    ...rest,
    log: { size: log_size, at: log_at },
    askedAt: asked_at,
    ...(ended_at === null ? {} : { endedAt: ended_at }),
    ...(expires_on === null ? {} : { expiresOn: expires_on }),
    ...(digest === null ? {} : { digest }),
    ...(reason === null ? {} : { reason }),
    ...(entry === null ? {} : { entry }),
  } as ReportRecord
}
