import type { Catalogue } from '../../catalogue/index.js'
import type { Db } from '../../database.js'
import type { AuditedEntry } from '../../ledger/index.js'
import { bodyOfRow } from './committed.js'

/** The tables whose rows open leaves of the tree. */
export const EVENT_TABLES = ['overview.access_event', 'overview.sealed_event'] as const

/** Opens the rows of a table after a leaf index, in the order of the tree; nothing more at the end. */
export async function readOpenings(
  db: Db,
  table: (typeof EVENT_TABLES)[number],
  { after, limit, catalogue }: { after: number; limit: number; catalogue: Catalogue },
): Promise<AuditedEntry[]> {
  const rows = await db
    .selectFrom(table)
    .selectAll()
    .where('leaf_index', '>', after)
    .orderBy('leaf_index')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    index: row.leaf_index,
    class: row.class,
    subject: row.subject,
    salt: row.salt,
    body: bodyOrNothing(() => bodyOfRow(row, catalogue)),
  }))
}

/** A row that names a number which the catalogue never had was not committed like that. */
function bodyOrNothing(make: () => string): string {
  try {
    return make()
  } catch {
    return ''
  }
}
