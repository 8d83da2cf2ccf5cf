import pg from 'pg'
import type { RegisterRecord } from './settings.js'
import { isStopped, stop, STOPPED_TABLE, type Stopped, type Withdrawal } from './stopped.js'

/** A decision of the office that changes a record. */
export interface Correction extends RegisterRecord {
  /** The id of the signed message. */
  readonly jti: string
  /** What the decision is called where it was taken. */
  readonly reference: string
  /** What was decided; a deletion brings no value, nor does what changes no entry. */
  readonly outcome: string
  readonly decidedAt: Date
}

/** What became of a correction. */
export type Corrected = 'done' | 'known' | 'conflict' | 'unknown_record'

/** The register's memory: a schema of its own in PostgreSQL. */
export interface Store {
  /** Adds records that are not there yet. */
  add(records: readonly RegisterRecord[]): Promise<void>
  hasOffice(office: string): Promise<boolean>
  read(
    office: string,
    subject: string,
    fields: readonly string[],
  ): Promise<readonly RegisterRecord[]>
  correct(correction: Correction, at: Date): Promise<Corrected>
  stop(withdrawal: Withdrawal, at: Date): Promise<Stopped>
  isStopped(office: string, consent: string): Promise<boolean>
  close(): Promise<void>
}

const SCHEMA = `
  create schema if not exists reference_register;
  create table if not exists reference_register.record (
    office text not null,
    subject uuid not null,
    field text not null,
    texts text[] not null,
    decided_at timestamptz(3),
    primary key (office, subject, field)
  );
  comment on table reference_register.record is 'What each office has written about each person';
  create table if not exists reference_register.correction (
    jti text primary key,
    office text not null,
    subject uuid not null,
    field text not null,
    reference text not null,
    texts text[] not null,
    decided_at timestamptz(3) not null,
    received_at timestamptz(3) not null,
    unique (office, subject, field, reference)
  );
  comment on table reference_register.correction is 'Corrections received, so that none is done twice';
`

const ADD = `
  insert into reference_register.record (office, subject, field, texts)
  values ($1, $2, $3, $4) on conflict do nothing`

const NOTE = `
  insert into reference_register.correction
    (jti, office, subject, field, reference, texts, decided_at, received_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`

const SAME = `
  select from reference_register.correction
  where office = $1 and subject = $2 and field = $3 and reference = $4 and texts = $5
    and decided_at = $6`

/** An older decision that comes late must not undo a newer one. */
const CHANGE = `
  update reference_register.record set texts = $4, decided_at = $5
  where office = $1 and subject = $2 and field = $3
    and (decided_at is null or decided_at <= $5)`

/** A decision that neither writes nor deletes is noted, and leaves the entry as it is. */
const writes = ({ texts, outcome }: Correction) => texts.length > 0 || outcome === 'deleted'

const FIND = `
  select from reference_register.record where office = $1 and subject = $2 and field = $3`

/** Opens the store, making its tables where there are none. */
export async function openStore(databaseUrl: string): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 4,
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_500,
  })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  await pool.query(SCHEMA + STOPPED_TABLE)
  return {
    add: async (records) => {
      for (const { office, subject, field, texts } of records) {
        await pool.query(ADD, [office, subject, field, texts])
      }
    },
    hasOffice: async (office) => {
      const text = 'select from reference_register.record where office = $1 limit 1'
      return (await pool.query(text, [office])).rowCount === 1
    },
    read: async (office, subject, fields) => {
      const { rows } = await pool.query<RegisterRecord>(
        `select office, subject, field, texts from reference_register.record
          where office = $1 and subject = $2 and field = any($3) and cardinality(texts) > 0`,
        [office, subject, fields],
      )
      return rows
    },
    correct: (correction, at) => correct(pool, correction, at),
    stop: (withdrawal, at) => stop(pool, withdrawal, at),
    isStopped: (office, consent) => isStopped(pool, office, consent),
    close: () => pool.end(),
  }
}

async function correct(pool: pg.Pool, told: Correction, at: Date): Promise<Corrected> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const outcome = await correctIn(client, told, at)
    await client.query(outcome === 'done' ? 'commit' : 'rollback')
    client.release()
    return outcome
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function correctIn(client: pg.ClientBase, told: Correction, at: Date): Promise<Corrected> {
  const { jti, office, subject, field, reference, texts, decidedAt } = told
  const place = [office, subject, field]
  const { rowCount: noted } = await client.query(NOTE, [
    jti,
    ...place,
    reference,
    texts,
    decidedAt,
    at,
  ])
  if (noted === 0) {
    const { rowCount: same } = await client.query(SAME, [...place, reference, texts, decidedAt])
    return same === 0 ? 'conflict' : 'known'
  }
  if (writes(told)) {
    const { rowCount: changed } = await client.query(CHANGE, [...place, texts, decidedAt])
    if (changed === 1) return 'done'
  }
  const { rowCount: found } = await client.query(FIND, place)
  if (found === 0) return 'unknown_record'
  return writes(told) ? 'conflict' : 'done'
}
