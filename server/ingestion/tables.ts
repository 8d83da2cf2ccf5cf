import type { ColumnType, Generated, JSONColumnType } from 'kysely'

export interface StreamTable {
  stream: Generated<number>
  name: ColumnType<string, string, never>
  authority: ColumnType<number, number, never>
  last_seq: ColumnType<number, number | undefined, number>
  last_received_at: Date | null
  case_ref_pattern: string | null
  registered_at: ColumnType<Date, Date, never>
}

export interface StreamKeyTable {
  kid: ColumnType<string, string, never>
  stream: ColumnType<number, number, never>
  public_key: JSONColumnType<Record<string, unknown>>
  valid_from: ColumnType<Date, Date, never>
  valid_until: Date | null
}

export interface BatchTable {
  stream: ColumnType<number, number, never>
  first_seq: ColumnType<number, number, never>
  last_seq: ColumnType<number, number, never>
  events_hash: ColumnType<Buffer, Buffer, never>
  jws: ColumnType<Buffer, Buffer, never>
  answer: ColumnType<object, string, never>
  received_at: ColumnType<Date, Date, never>
  expires_on: ColumnType<string, string, never>
}

export interface AssertionTable {
  issuer: ColumnType<string, string, never>
  jti: ColumnType<string, string, never>
  payload_hash: ColumnType<Buffer, Buffer, never>
  expires_at: ColumnType<Date, Date, never>
}

export interface IngestionTables {
  'ingestion.stream': StreamTable
  'ingestion.stream_key': StreamKeyTable
  'ingestion.batch': BatchTable
  'ingestion.assertion': AssertionTable
}
