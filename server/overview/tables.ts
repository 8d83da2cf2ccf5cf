import type { ColumnType } from 'kysely'

/** A column of an append-only table: read and inserted, never changed. */
type Fixed<Value> = ColumnType<Value, Value, never>
/** An instant: read as a Date, inserted as one or as its text in UTC. */
type FixedInstant = ColumnType<Date, Date | string, never>
type FixedOrAbsent<Value> = ColumnType<Value | null, Value | null | undefined, never>

export interface AccessEventTable {
  class: Fixed<number>
  expires_on: Fixed<string>
  leaf_index: Fixed<number>
  recorded_at: FixedInstant
  occurred_at: FixedInstant
  subject: Fixed<string>
  stream: FixedOrAbsent<number>
  stream_seq: FixedOrAbsent<number>
  seq_digest: FixedOrAbsent<Buffer>
  operation: Fixed<number>
  channel: Fixed<number>
  source: Fixed<number>
  recipient: Fixed<number>
  unit: FixedOrAbsent<number>
  purpose: Fixed<number>
  legal_basis: Fixed<number>
  fields: Fixed<number[]>
  case_ref: FixedOrAbsent<string>
  consent_id: FixedOrAbsent<string>
  operator_digest: FixedOrAbsent<Buffer>
  salt: Fixed<Buffer>
  sealed_index: FixedOrAbsent<number>
  sealed_at: FixedOrAbsent<Date>
  sealed_salt: FixedOrAbsent<Buffer>
}

export interface SealedEventTable extends Omit<
  AccessEventTable,
  'sealed_index' | 'sealed_at' | 'sealed_salt'
> {
  rule: Fixed<number>
  release_due: FixedOrAbsent<string>
}

export interface FlagTable {
  leaf_index: Fixed<number>
  rule: Fixed<string>
  subject: Fixed<string>
  fields: Fixed<number[]>
  flagged_at: FixedInstant
  expires_on: Fixed<string>
}

export interface OperatorRefTable {
  leaf_index: Fixed<number>
  ref: Fixed<Buffer>
  expires_on: Fixed<string>
}

/** Read and written by functions alone; retention deletes by the day. */
export interface DatedTable {
  expires_on: ColumnType<string, never, never>
}

export interface HoldingTable {
  subject: string
  holder: number
  field: number
  purpose: number
  legal_basis: number
  first_at: Date
  last_at: Date
  leaf_index: number
  ended_at: Date | null
  expires_on: string | null
}

export interface HoldingFoldTable {
  one: ColumnType<boolean, never, never>
  folded_size: number
  at: Date
}

export interface OverviewTables {
  'overview.access_event': AccessEventTable
  'overview.sealed_event': SealedEventTable
  'overview.access_flag': FlagTable
  'overview.sealed_flag': FlagTable
  'overview.operator_ref': OperatorRefTable
  'overview.release': DatedTable
  'overview.review': DatedTable
  'overview.review_decision': DatedTable
  'overview.holding': HoldingTable
  'overview.holding_fold': HoldingFoldTable
}
