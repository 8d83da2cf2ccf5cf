import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Trx } from '../database.js'
import type { Facts } from '../journal/index.js'
import type { Said, SaidEmergency } from './model.js'
import type { Ground, Head } from './rules.js'
import type { DeclarationTable } from './tables.js'

/** The row of an entry, for the audit. */
export type DeclarationRow = Selectable<DeclarationTable>
/** Which of the two: what is withheld stands by itself. */
export type DeclarationsName = 'emergencies.declaration' | 'emergencies.sealed_declaration'

/** Which of the two an access belongs to. */
export function tableOf(isSealed: boolean): DeclarationsName {
  return isSealed ? 'emergencies.sealed_declaration' : 'emergencies.declaration'
}

/** What was said of some accesses, by leaf index. */
export async function readSaid(
  trx: Trx,
  accesses: readonly number[],
): Promise<ReadonlyMap<number, Said>> {
  const { rows } = await sql<{
    access: number
    ground: Ground
    notedAt: Date | null
    notedBy: Head | null
  }>`
    select access, ground, noted_at as "notedAt", noted_by as "notedBy"
    from emergencies.said(${[...accesses]}::bigint[]) order by number`.execute(trx)
  // In their order: the note, where there is one, comes last.
  return new Map(
    rows.map(({ access, ground, notedAt, notedBy }): readonly [number, Said] => {
      const isNoted = notedAt !== null && notedBy !== null
      return [access, { ground, ...(isNoted ? { note: { at: notedAt, by: notedBy } } : {}) }]
    }),
  )
}

/** Adds what was said. */
export async function insertDeclarations(
  trx: Trx,
  table: DeclarationsName,
  rows: readonly Insertable<DeclarationTable>[],
): Promise<void> {
  if (rows.length === 0) return
  await trx
    .insertInto(table)
    .values([...rows])
    .execute()
}

const COLUMNS =
  sql.raw(`access, occurred_at as "occurredAt", ground, noted_at as "notedAt", noted_by as "notedBy",
  number, office, unit, recorded_at as "recordedAt", expires_on as "expiresOn"`)

interface OwnRow {
  readonly access: number
  readonly occurredAt: Date
  readonly ground: Ground
  readonly notedAt: Date | null
  readonly notedBy: Head | null
  readonly number: number
  readonly office: number
  readonly unit: number | null
  readonly recordedAt: Date
  readonly expiresOn: string
}

/** Whether one access is asked for, and the entry that it opens where it was held back. */
export interface AskedAccess {
  readonly index: number
  readonly heldIndex?: number | undefined
}

/**
 * What was said of accesses of the subjects in the scope, in the order of their leaves. What is still withheld is
 * looked for nowhere: of an access that was held back the question starts from the entry that shows it.
 */
export async function readOwn(trx: Trx, asked?: AskedAccess): Promise<readonly SaidEmergency[]> {
  const rows =
    asked === undefined
      ? [...(await readVisible(trx)), ...(await readReleased(trx))]
      : asked.heldIndex === undefined
        ? await readVisible(trx, asked.index)
        : await readReleased(trx, asked.heldIndex)
  const notes = new Map(rows.flatMap((row) => (row.number === 2 ? [[row.access, row]] : [])))
  return rows
    .filter(({ number }) => number === 1)
    .map((row) => saidOf(row, notes.get(row.access)))
    .sort((one, other) => one.access - other.access)
}

async function readVisible(trx: Trx, index?: number): Promise<readonly OwnRow[]> {
  const which = index === undefined ? sql`true` : sql`access = ${index}`
  const { rows } = await sql<OwnRow>`
    select ${COLUMNS} from emergencies.declaration where ${which}`.execute(trx)
  return rows
}

async function readReleased(trx: Trx, held?: number): Promise<readonly OwnRow[]> {
  const { rows } = await sql<OwnRow>`
    select ${COLUMNS} from emergencies.released(${held ?? null}::bigint)`.execute(trx)
  return rows
}

function saidOf(row: OwnRow, noted: OwnRow | undefined): SaidEmergency {
  const { access, occurredAt, office, unit, ground, recordedAt: declaredAt, expiresOn } = row
  const at = noted?.notedAt ?? undefined
  const by = noted?.notedBy ?? undefined
  return {
    ...{ access, occurredAt, office, ground, declaredAt, expiresOn },
    ...(unit === null ? {} : { unit }),
    ...(noted && at && by ? { note: { at, by, toldAt: noted.recordedAt } } : {}),
  }
}

/** A stretch of all entries of one table for the audit, in order of their leaves. */
export function rowsOf(table: DeclarationsName) {
  return async (
    db: Db,
    after: number | undefined,
    limit: number,
  ): Promise<readonly DeclarationRow[]> => {
    const rows = db.selectFrom(table).selectAll().orderBy('leaf_index')
    const rest = after === undefined ? rows : rows.where('leaf_index', '>', after)
    return rest.limit(limit).execute()
  }
}

/** What an entry commits beside what every act commits: which access, when it was, why, and the note. */
export function factsOf(
  row: Pick<DeclarationRow, 'access' | 'occurred_at' | 'ground' | 'noted_at' | 'noted_by'>,
): Facts {
  return {
    ...{ access: row.access, occurredAt: row.occurred_at.toISOString(), ground: row.ground },
    ...{ notedAt: row.noted_at?.toISOString(), notedBy: row.noted_by ?? undefined },
  }
}

/** Deletes what is due, as the retention role; gives how much it was. */
export async function deleteDue(trx: Trx): Promise<number> {
  let gone = 0
  for (const table of [tableOf(false), tableOf(true)]) {
    const { numDeletedRows } = await trx
      .deleteFrom(table)
      .where('expires_on', '<=', sql<string>`current_date`)
      .executeTakeFirstOrThrow()
    gone += Number(numDeletedRows)
  }
  return gone
}
