import { sql } from 'kysely'
import type { Trx } from '../database.js'
import { OPEN_STATES, type AskingReason, type ReportRequest, type ReportState } from './rules.js'

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

/** Columns of a report that its office may read. */
export const SHOWN = [
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

/** A report as its row has it. */
export function recordOf(row: Row): ReportRecord {
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
