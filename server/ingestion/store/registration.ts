import { sql } from 'kysely'
import type { Db } from '../../database.js'
import type { PublicJwk } from '../delivery.js'

/** A stream as the operator sees it, with its keys. */
export interface RegisteredStream {
  readonly name: string
  readonly authority: number
  readonly lastSeq: number
  readonly lastReceivedAt?: Date
  readonly caseRefPattern?: string
  readonly keys: readonly RegisteredKey[]
}

/** A key of a stream, and when it counts. */
export interface RegisteredKey {
  readonly kid: string
  readonly from: Date
  readonly until?: Date
}

/** Adds a stream; false where the name is taken. */
export async function insertStream(
  db: Db,
  stream: { name: string; authority: number; caseRefPattern: string | undefined; at: Date },
): Promise<boolean> {
  const row = await db
    .insertInto('ingestion.stream')
    .values({
      name: stream.name,
      authority: stream.authority,
      case_ref_pattern: stream.caseRefPattern ?? null,
      registered_at: stream.at,
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('stream')
    .executeTakeFirst()
  return row !== undefined
}

/** The number of a stream by its name. */
export async function streamNumber(db: Db, name: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('ingestion.stream')
    .select('stream')
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.stream
}

/** Adds a key; false where the key id is taken, by whichever stream. */
export async function insertKey(
  db: Db,
  key: { kid: string; stream: number; publicJwk: PublicJwk; from: Date; until: Date | undefined },
): Promise<boolean> {
  const row = await db
    .insertInto('ingestion.stream_key')
    .values({
      kid: key.kid,
      stream: key.stream,
      public_key: JSON.stringify(key.publicJwk),
      valid_from: key.from,
      valid_until: key.until ?? null,
    })
    .onConflict((conflict) => conflict.column('kid').doNothing())
    .returning('kid')
    .executeTakeFirst()
  return row !== undefined
}

/** Ends a key, which an end that was set earlier survives; false where no key has this id. */
export async function endKey(db: Db, kid: string, at: Date): Promise<boolean> {
  const row = await db
    .updateTable('ingestion.stream_key')
    .set({ valid_until: sql<Date>`least(valid_until, ${at})` })
    .where('kid', '=', kid)
    .returning('kid')
    .executeTakeFirst()
  return row !== undefined
}

/** Every stream by name, with its keys from the oldest on. */
export async function listStreams(db: Db): Promise<readonly RegisteredStream[]> {
  const streams = await db.selectFrom('ingestion.stream').selectAll().orderBy('name').execute()
  const keys = await db
    .selectFrom('ingestion.stream_key')
    .select(['kid', 'stream', 'valid_from', 'valid_until'])
    .orderBy('valid_from')
    .orderBy('kid')
    .execute()
  return streams.map((row) => ({
    name: row.name,
    authority: row.authority,
    lastSeq: row.last_seq,
    ...(row.last_received_at ? { lastReceivedAt: row.last_received_at } : {}),
    ...(row.case_ref_pattern === null ? {} : { caseRefPattern: row.case_ref_pattern }),
    keys: keys
      .filter(({ stream }) => stream === row.stream)
      .map(({ kid, valid_from: from, valid_until: until }) => ({
        kid,
        from,
        ...(until ? { until } : {}),
      })),
  }))
}
