import type { Catalogue } from '../catalogue/index.js'
import type { Db } from '../database.js'
import { sha256, type AuditedEntry, type EntryReader } from '../ledger/index.js'
import { bodyOfAct, type Facts } from './body.js'
import type { StoredAct } from './store.js'

const PAGE = 2_000

/** How the audit reads the acts of one type. */
export interface Reading<Row extends StoredAct> {
  readonly type: string
  /** A stretch of all rows, in order of their leaves. */
  rows(db: Db, after: number | undefined, limit: number): Promise<readonly Row[]>
  /** What the room commits beside the columns that every act has. */
  facts(row: Row): Facts
}

/** Hands every act of one type to the audit of the log, a page at a time. */
export function actReader<Row extends StoredAct>(
  catalogue: Catalogue,
  reading: Reading<Row>,
): EntryReader {
  return (db) => pages(db, catalogue, reading)
}

async function* pages<Row extends StoredAct>(
  db: Db,
  catalogue: Catalogue,
  reading: Reading<Row>,
): AsyncGenerator<readonly AuditedEntry[]> {
  for (let after: number | undefined; ;) {
    const rows = await reading.rows(db, after, PAGE)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map((row) => audited(row, catalogue, reading))
    after = last.leaf_index
  }
}

function audited<Row extends StoredAct>(
  row: Row,
  catalogue: Catalogue,
  reading: Reading<Row>,
): AuditedEntry {
  const { class: number, leaf_index: index, subject, salt } = row
  return { index, class: number, subject, salt, body: bodyOrNothing(row, catalogue, reading) }
}

/** A row that names what the catalogue never had was not committed like that. */
function bodyOrNothing<Row extends StoredAct>(
  row: Row,
  catalogue: Catalogue,
  { type, facts }: Reading<Row>,
): string {
  try {
    return bodyOfAct({
      ...{ type, event: row.kind, number: row.number, by: row.by, expiresOn: row.expires_on },
      ...codesOf(row, catalogue),
      recordedAt: row.recorded_at.toISOString(),
      operatorDigest: row.operator_digest ?? undefined,
      detail: row.detail ?? undefined,
      contentDigest: row.content === null ? undefined : sha256(row.content),
      facts: facts(row),
    })
  } catch {
    return ''
  }
}

function codesOf(
  { office, unit }: Pick<StoredAct, 'office' | 'unit'>,
  { parties, units }: Pick<Catalogue, 'parties' | 'units'>,
): { office: string | undefined; unit: string | undefined } {
  const code = (term: { code: string } | undefined, id: number | null) => {
    if (id !== null && term === undefined) throw new Error(`the catalogue has no number ${id}`)
    return term?.code
  }
  return {
    office: code(office === null ? undefined : parties.byId(office), office),
    unit: code(unit === null ? undefined : units.byId(unit), unit),
  }
}
