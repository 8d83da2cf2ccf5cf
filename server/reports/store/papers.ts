import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { NamedBasis, PaperKind } from '../basis.js'

/** A paper as its owner finds it again. */
export interface PaperRecord extends NamedBasis {
  readonly sha256: string
  readonly pages: number
  readonly issuedAt: Date
  /** `YYYY-MM-DD`: first day on which nothing is known of it. */
  readonly expiresOn: string
}

/** Notes a paper of an account; the same file again changes nothing. */
export async function notePaper(
  trx: Trx,
  account: string,
  { log, issuedAt, expiresOn, kind, ...rest }: PaperRecord,
): Promise<void> {
  await trx
    .insertInto('reports.paper')
    .values({
      ...{ account, ...rest, kind, log_size: log.size, log_at: log.at },
      ...{ issued_at: issuedAt, expires_on: expiresOn },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Papers of the account in the setting behind one of them, newest first. */
export async function readPapers(
  trx: Trx,
  { after, limit }: { readonly after?: PaperRecord | undefined; readonly limit: number },
): Promise<readonly PaperRecord[]> {
  const rows = await trx
    .selectFrom('reports.paper')
    .select([
      'sha256',
      'digest',
      'reference',
      'kind',
      'language',
      'log_size',
      'log_at',
      'catalogue',
    ])
    .select(['part', 'parts'])
    .select(['software', 'pages', 'issued_at as issuedAt', 'expires_on as expiresOn'])
    .orderBy('issued_at', 'desc')
    .orderBy('sha256')
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(issued_at < ${after?.issuedAt} or (issued_at = ${after?.issuedAt} and sha256 > ${after?.sha256}))`,
      ),
    )
    .limit(limit)
    .execute()
  return rows.map(({ log_size: size, log_at: at, ...rest }) => ({ ...rest, log: { size, at } }))
}

/** A paper of several files, by what its owner asks for another one. */
export interface LongPaper {
  readonly reference: string
  readonly language: string
  readonly parts: number
}

/** The latest whole report of the account in the setting in each language, where it has several files. */
export async function readLongPapers(trx: Trx): Promise<readonly LongPaper[]> {
  const { rows } = await sql<LongPaper>`
    select latest.reference, latest.language, latest.parts from (
        select distinct on (p.language) p.reference, p.language, p.parts, p.issued_at from reports.paper p
          where p.kind = 'whole' order by p.language, p.log_size desc, p.issued_at desc) latest
      where latest.parts > 1 order by latest.issued_at desc`.execute(trx)
  return rows
}

/** What an own whole report rested on, by its number. */
export async function readBasis(trx: Trx, reference: string): Promise<NamedBasis | undefined> {
  const row = await trx
    .selectFrom('reports.paper')
    .select(['kind', 'language', 'log_size', 'log_at', 'catalogue', 'software'])
    .select(['reference', 'digest', 'part', 'parts'])
    .where('reference', '=', reference)
    .where('kind', '=', 'whole')
    .orderBy('part')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { log_size: size, log_at: at, ...rest } = row
  return { ...rest, log: { size, at } }
}

/** What the owner of a paper learns of it. */
export interface OwnPaper {
  readonly kind: PaperKind
  readonly logAt: Date
  readonly isNewerThere: boolean
}

/** The own paper with this checksum: of the file, or of the content with its number. */
export async function findPaper(
  trx: Trx,
  { checksum, reference }: { readonly checksum: string; readonly reference: string },
): Promise<OwnPaper | undefined> {
  const { rows } = await sql<OwnPaper>`
    select p.kind, p.log_at as "logAt", exists (select from reports.paper later
        where later.kind = p.kind and later.language = p.language and later.log_size > p.log_size) as "isNewerThere"
      from reports.paper p
      where p.sha256 = ${checksum} or (p.digest = ${checksum} and p.reference = ${reference})
      limit 1`.execute(trx)
  return rows[0]
}

/** Deletes what is noted of papers that are too old; returns how many. */
export async function forgetPapers(trx: Trx): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('reports.paper')
    .where('expires_on', '<=', sql<string>`current_date`)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
