import { sql } from 'kysely'
import type { Trx } from '../../database.js'

/** What people may hand in. */
export type FileType = 'application/pdf' | 'image/jpeg' | 'image/png'

/** What the database keeps of a file besides its bytes. */
export interface FileRow {
  readonly file: string
  readonly type: FileType
  /** Bytes before encryption. */
  readonly size: number
  /** Encrypted. */
  readonly name: Buffer
  /** Whether a scanner still has to look at it. */
  readonly isWaiting: boolean
}

/** A file to be added; name and content are encrypted. */
export interface NewFile extends FileRow {
  readonly request: string
  readonly account: string
  readonly content: Buffer
  readonly isScanned: boolean
  readonly at: Date
}

/** Adds a file to a draft of the account in the scope. */
export async function insertFile(trx: Trx, one: NewFile): Promise<void> {
  const { file, request, account, type, size, name, content, isWaiting, isScanned, at } = one
  const looked = isScanned ? 'clean' : 'none'
  await trx
    .insertInto('rectification.file')
    .values({
      ...{ file, request, account, type, size, name, content },
      scan: isWaiting ? 'waiting' : looked,
      added_at: at,
    })
    .execute()
}

/** The files of a request, the oldest first, as far as the role may see them. */
export async function readFiles(trx: Trx, request: string): Promise<readonly FileRow[]> {
  const rows = await trx
    .selectFrom('rectification.file')
    .select(['file', 'type', 'size', 'name', 'scan'])
    .where('request', '=', request)
    .orderBy('added_at')
    .orderBy('file')
    .execute()
  return rows.map(({ scan, ...row }) => ({ ...row, isWaiting: scan === 'waiting' }))
}

/** One file of a request with its encrypted bytes. */
export async function readFile(
  trx: Trx,
  { request, file }: { request: string; file: string },
): Promise<(FileRow & { readonly content: Buffer }) | undefined> {
  const row = await trx
    .selectFrom('rectification.file')
    .select(['file', 'type', 'size', 'name', 'scan', 'content'])
    .where('request', '=', request)
    .where('file', '=', file)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { scan, ...rest } = row
  return { ...rest, isWaiting: scan === 'waiting' }
}

/** Takes a file back from a draft. */
export async function deleteFile(
  trx: Trx,
  { request, file }: { request: string; file: string },
): Promise<void> {
  await trx
    .deleteFrom('rectification.file')
    .where('request', '=', request)
    .where('file', '=', file)
    .execute()
}

/**
 * How many files a request has, and how many bytes all requests in the scope together; until the transaction
 * ends nobody else of the account adds any, or two at once would each find room.
 */
export async function readQuota(
  trx: Trx,
  { request, account }: { request: string; account: string },
): Promise<{ readonly files: number; readonly bytes: number }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${account}, 11))`.execute(trx)
  const { rows } = await sql<{ files: number; bytes: number }>`
    select count(*) filter (where request = ${request})::int as files,
      coalesce(sum(size), 0)::bigint as bytes from rectification.file`.execute(trx)
  return rows[0] ?? { files: 0, bytes: 0 }
}

/** A file that waits for a scanner, with the key of its request as it is stored. */
export interface WaitingFile {
  readonly file: string
  readonly request: string
  readonly case_key: Buffer
  readonly content: Buffer
}

/** Files that a scanner has not looked at yet. */
export async function readWaiting(trx: Trx, most: number): Promise<readonly WaitingFile[]> {
  const { rows } = await sql<WaitingFile>`
    select file, request, case_key, content from rectification.waiting_files(${most})`.execute(trx)
  return rows
}

/** Writes down what a scanner said: clean, or the file goes. */
export async function noteScan(trx: Trx, file: string, isClean: boolean): Promise<void> {
  await sql`select rectification.scanned(${file}, ${isClean})`.execute(trx)
}
