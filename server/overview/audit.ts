import type { Catalogue } from '../catalogue/index.js'
import type { Db } from '../database.js'
import type { AuditedEntry, EntryReader } from '../ledger/index.js'
import { EVENT_TABLES, readOpenings } from './store/audit.js'

const PAGE = 2_000

/** Hands every entry of the access log to the audit, sealed ones included, a page at a time. */
export function entryReaders(catalogue: Catalogue): EntryReader[] {
  return EVENT_TABLES.map((table) => (db) => pages(db, table, catalogue))
}

async function* pages(
  db: Db,
  table: (typeof EVENT_TABLES)[number],
  catalogue: Catalogue,
): AsyncGenerator<readonly AuditedEntry[]> {
  for (let after = -1; ;) {
    const page = await readOpenings(db, table, { after, limit: PAGE, catalogue })
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    after = last.index
  }
}
