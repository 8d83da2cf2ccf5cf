import type { Db } from '../database.js'
import type { AuditedEntry, EntryReader } from '../ledger/index.js'
import {
  EVENT_TABLES,
  readOpenings,
  type EventTable,
  type Opening,
  type RowPlace,
} from './store/audit.js'

const PAGE = 2_000

/** Hands every entry of the access log to the audit, sealed ones included, a page at a time. */
export function entryReaders(opening: Opening): EntryReader[] {
  return EVENT_TABLES.map((table) => (db) => pages(db, table, opening))
}

async function* pages(
  db: Db,
  table: EventTable,
  opening: Opening,
): AsyncGenerator<readonly AuditedEntry[]> {
  for (let after: RowPlace | undefined; ;) {
    const from = after === undefined ? {} : { after }
    const { page, last } = await readOpenings(db, table, { ...from, ...opening, limit: PAGE })
    if (last === undefined) return
    yield page
    after = last
  }
}
