import type { Catalogue } from '../catalogue/index.js'
import type { Db } from '../database.js'
import { sha256, type AuditedEntry, type EntryReader } from '../ledger/index.js'
import { bodyOfEvent } from './body.js'
import type { InquiryEvent } from './rules.js'
import { codesOf, readEventRows, type EventRow } from './store/events.js'

const PAGE = 2_000

/** Hands every event of every inquiry to the audit of the log, a page at a time. */
export function inquiryReader(catalogue: Catalogue): EntryReader {
  return (db) => pages(db, catalogue)
}

async function* pages(db: Db, catalogue: Catalogue): AsyncGenerator<readonly AuditedEntry[]> {
  for (let after: number | undefined; ;) {
    const rows = await readEventRows(db, after, PAGE)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map((row) => audited(row, catalogue))
    after = last.leaf_index
  }
}

function audited(row: EventRow, catalogue: Catalogue): AuditedEntry {
  const { class: number, leaf_index: index, subject, salt } = row
  return { index, class: number, subject, salt, body: bodyOrNothing(row, catalogue) }
}

/** A row that names what the catalogue never had was not committed like that. */
function bodyOrNothing(row: EventRow, catalogue: Catalogue): string {
  try {
    return bodyOfEvent({
      reference: row.reference,
      entry: row.entry,
      number: row.number,
      event: row.kind as InquiryEvent,
      by: row.by,
      recordedAt: row.recorded_at.toISOString(),
      expiresOn: row.expires_on,
      ...codesOf(row, catalogue),
      operatorDigest: row.operator_digest ?? undefined,
      detail: row.detail ?? undefined,
      contentDigest: row.content === null ? undefined : sha256(row.content),
    })
  } catch {
    return ''
  }
}
