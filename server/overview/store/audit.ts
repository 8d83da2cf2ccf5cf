import type { Catalogue } from '../../catalogue/index.js'
import type { Db } from '../../database.js'
import type { AuditedEntry, EntryReader } from '../../ledger/index.js'
import { bodyOfRow } from './committed.js'

const PAGE = 2_000

/** Hands every entry of the access log to the audit, sealed ones included, a page at a time. */
export function entryReaders(catalogue: Catalogue): EntryReader[] {
  return (['overview.access_event', 'overview.sealed_event'] as const).map(
    (table) => (db) => pages(db, table, catalogue),
  )
}

async function* pages(
  db: Db,
  table: 'overview.access_event' | 'overview.sealed_event',
  catalogue: Catalogue,
): AsyncGenerator<readonly AuditedEntry[]> {
  for (let after = -1; ; ) {
    const rows = await rowsAfter(db, table, after)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map((row) => auditedEntry(row, catalogue))
    after = last.leaf_index
  }
}

type Rows = Awaited<ReturnType<typeof rowsAfter>>

function rowsAfter(db: Db, table: 'overview.access_event' | 'overview.sealed_event', after: number) {
  return db
    .selectFrom(table)
    .selectAll()
    .where('leaf_index', '>', after)
    .orderBy('leaf_index')
    .limit(PAGE)
    .execute()
}

function auditedEntry(row: Rows[number], catalogue: Catalogue): AuditedEntry {
  const body = bodyOfRow(row, catalogue)
  return { index: row.leaf_index, class: row.class, subject: row.subject, body, salt: row.salt }
}
