import { sql } from 'kysely'
import type { Db, Trx } from '../database.js'
import type { GrownHead, HeadState } from './tiles.js'

/** A stored checkpoint. */
export interface StoredCheckpoint {
  readonly note: string
  readonly size: number
  readonly at: Date
}

/** Takes the one append lock until the transaction ends, and reads the head under it. */
export async function lockHead(trx: Trx): Promise<HeadState> {
  const { rows } = await sql<HeadRow>`select * from ledger.lock_head()`.execute(trx)
  return headOf(rows[0])
}

/** The head as it stands, without a lock. */
export async function readHead(trx: Db | Trx): Promise<HeadState> {
  return headOf(
    await trx.selectFrom('ledger.head').select(['size', 'edge', 'bundle_edge']).executeTakeFirst(),
  )
}

interface HeadRow {
  size: number
  edge: Buffer
  bundle_edge: Buffer
}

function headOf(row: HeadRow | undefined): HeadState {
  if (!row) throw new Error('the ledger has no head')
  return { size: row.size, edge: row.edge, bundleEdge: row.bundle_edge }
}

/** Moves the head and stores what the append filled, with its checkpoint; must hit exactly one row. */
export async function advance(
  trx: Trx,
  oldSize: number,
  { grown, note, at, isPublic }: { grown: GrownHead; note: string; at: Date; isPublic: boolean },
): Promise<void> {
  const { newTiles, newBundles } = grown
  await sql`select ledger.advance(${oldSize}, ${grown.size}, ${grown.edge}, ${grown.bundleEdge},
    ${newTiles.map(({ level }) => level)}, ${newTiles.map(({ idx }) => idx)}, ${newTiles.map(({ data }) => data)},
    ${newBundles.map(({ idx }) => idx)}, ${newBundles.map(({ data }) => data)},
    ${note}, ${at}, ${isPublic})`.execute(trx)
}

/** A full tile, or nothing where it is not full yet. */
export async function readTile(
  trx: Db | Trx,
  level: number,
  idx: number,
): Promise<Buffer | undefined> {
  const row = await trx
    .selectFrom('ledger.tile')
    .select('data')
    .where('level', '=', level)
    .where('idx', '=', idx)
    .executeTakeFirst()
  return row?.data
}

/** A full entry bundle, or nothing where it is not full yet. */
export async function readBundle(trx: Db | Trx, idx: number): Promise<Buffer | undefined> {
  const row = await trx
    .selectFrom('ledger.bundle')
    .select('data')
    .where('idx', '=', idx)
    .executeTakeFirst()
  return row?.data
}

/** How many full tiles and bundles are stored. */
export async function countFull(db: Db | Trx): Promise<{ tiles: number; bundles: number }> {
  const { rows } = await sql<{ tiles: number; bundles: number }>`
    select (select count(*) from ledger.tile) as tiles,
      (select count(*) from ledger.bundle) as bundles`.execute(db)
  return rows[0] ?? { tiles: 0, bundles: 0 }
}

/** Reads at one moment, however long it takes, and writes nothing. */
export async function inSnapshot<Value>(
  db: Db,
  work: (trx: Trx) => Promise<Value>,
): Promise<Value> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(work)
}

/** The latest checkpoint that the public tick published. */
export async function latestPublic(trx: Db | Trx): Promise<StoredCheckpoint | undefined> {
  return trx
    .selectFrom('ledger.checkpoint')
    .select(['note', 'size', 'at'])
    .where('public', '=', true)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Checkpoints by size, a thousand at a time, from the one after a size on. */
export async function readCheckpoints(db: Db, after: number): Promise<StoredCheckpoint[]> {
  return db
    .selectFrom('ledger.checkpoint')
    .select(['note', 'size', 'at'])
    .where('size', '>', after)
    .orderBy('size')
    .limit(1_000)
    .execute()
}

/** Fingerprints of the keys and the origin that this log was begun with. */
export async function readFingerprints(db: Db | Trx): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('ledger.fingerprint').select(['name', 'sha256']).execute()
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]))
}

/** Stores the fingerprints of a log that begins. */
export async function insertFingerprints(
  db: Db | Trx,
  prints: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = [...prints].map(([name, sha256]) => ({ name, sha256 }))
  await db.insertInto('ledger.fingerprint').values(rows).execute()
}

/** A retention class as stored. */
export interface ClassRow {
  readonly class: number
  readonly code: string
  readonly ownerTable: string
  readonly sealed: boolean
  readonly retention: string
  readonly citation: string
  readonly width: 'month' | 'quarter' | 'year'
}

/** Adds classes that are missing and brings retention and citation of the others up to date. */
export async function upsertClasses(db: Db | Trx, classes: readonly ClassRow[]): Promise<void> {
  for (const { ownerTable, ...row } of classes) {
    await db
      .insertInto('ledger.class')
      .values({ ...row, owner_table: ownerTable })
      .onConflict((conflict) =>
        conflict.column('class').doUpdateSet({ retention: row.retention, citation: row.citation }),
      )
      .execute()
  }
}

/** Makes the partitions for entries recorded from a day on; returns how many were missing. */
export async function ensurePartitions(
  trx: Db | Trx,
  fromDay: string,
  ahead: string,
): Promise<number> {
  const { rows } = await sql<{ made: number }>`
    select ledger.ensure_partitions(${fromDay}::date, ${ahead}::interval) as made`.execute(trx)
  return rows[0]?.made ?? 0
}

/** Drops partitions whose time is over and that are empty; returns how many. */
export async function dropEmptyPartitions(trx: Trx, today: string): Promise<number> {
  const { rows } = await sql<{ dropped: number }>`
    select ledger.drop_empty_partitions(${today}::date) as dropped`.execute(trx)
  return rows[0]?.dropped ?? 0
}
