import type { Catalogue } from '../../catalogue/index.js'
import type { Db } from '../../database.js'
import type { AuditedEntry, OriginDigests } from '../../ledger/index.js'
import { bodyOfRow } from './committed.js'

/** The tables whose rows open leaves of the tree. */
export const EVENT_TABLES = ['overview.access_event', 'overview.sealed_event'] as const
export type EventTable = (typeof EVENT_TABLES)[number]

/** The whole key of a row: one that was smuggled in may share its leaf index with another. */
export interface RowPlace {
  readonly leaf_index: number
  readonly class: number
  readonly expires_on: string
}

/** What turns a row back into what was committed. */
export interface Opening {
  readonly catalogue: Catalogue
  /** Digests of a place in a stream: the row names the place, its body the digest alone. */
  readonly origins: (place: { stream: number; seq: number }) => OriginDigests
}

/** Opens the rows of a table after a place, in the order of the tree; nothing more at the end. */
export async function readOpenings(
  db: Db,
  table: EventTable,
  { after, limit, ...opening }: Opening & { after?: RowPlace; limit: number },
): Promise<{ page: AuditedEntry[]; last: RowPlace | undefined }> {
  const rows = await rowsAfter(db, table, after).limit(limit).execute()
  const page = rows.map((row) => ({
    index: row.leaf_index,
    class: row.class,
    subject: row.subject,
    salt: row.salt,
    body: bodyOrNothing(row, opening),
  }))
  return { page, last: rows.at(-1) }
}

function rowsAfter(db: Db, table: EventTable, after: RowPlace | undefined) {
  const rows = db
    .selectFrom(table)
    .selectAll()
    .orderBy('leaf_index')
    .orderBy('class')
    .orderBy('expires_on')
  if (after === undefined) return rows
  return rows.where(({ eb, refTuple, tuple }) =>
    eb(
      refTuple('leaf_index', 'class', 'expires_on'),
      '>',
      tuple(after.leaf_index, after.class, after.expires_on),
    ),
  )
}

type Row = Awaited<ReturnType<ReturnType<typeof rowsAfter>['execute']>>[number]

/** A row that names a number which the catalogue never had, or another place, was not committed like that. */
function bodyOrNothing(row: Row, { catalogue, origins }: Opening): string {
  const { stream, stream_seq: seq, seq_digest: digest } = row
  const expected = stream === null || seq === null ? null : origins({ stream, seq }).seqDigest
  const isInPlace = expected === null ? digest === null : digest?.equals(expected) === true
  if (!isInPlace) return ''
  try {
    return bodyOfRow(row, catalogue)
  } catch {
    return ''
  }
}
