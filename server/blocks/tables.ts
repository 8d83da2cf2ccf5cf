import type { ColumnType } from 'kysely'
import type { ActColumns } from '../journal/index.js'
import type { Hearing, Kind, State } from './rules.js'

type Fixed<Value> = ColumnType<Value, Value, never>
type FixedOrAbsent<Value> = ColumnType<Value | null, Value | null | undefined, never>

export interface BlockTable {
  block: Fixed<string>
  reference: string | null
  subject: Fixed<string>
  account: FixedOrAbsent<string>
  kind: Fixed<Kind>
  state: State
  office: number | null
  field: number | null
  grounds: ColumnType<string[], readonly string[], readonly string[]>
  content: Buffer | null
  case_key: FixedOrAbsent<Buffer>
  source: FixedOrAbsent<string>
  is_guarded: ColumnType<boolean, boolean | undefined, boolean>
  protects_others: ColumnType<boolean, boolean | undefined, boolean>
  clerk: string | null
  proposed_by: string | null
  form_met_at: Date | null
  filed_at: Date | null
  due_on: string | null
  from_at: Date | null
  until: string | null
  ended_at: Date | null
  hearing: Hearing | null
  hearing_until: string | null
  version: number
  saved_at: Date
  expires_on: string
}

export interface BlockEventTable extends ActColumns {
  block: Fixed<string>
  reference: Fixed<string>
  what: Fixed<Kind>
  until: FixedOrAbsent<string>
}

export interface UnheardTransferTable {
  unheard: Fixed<string>
  block: Fixed<string>
  office: Fixed<number>
  unit: FixedOrAbsent<number>
  operator_digest: Fixed<Buffer>
  detail: Fixed<string>
  recorded_at: Fixed<Date>
  shown_on: Fixed<string>
  shown_at: ColumnType<Date | null, never, never>
}

export interface BlocksTables {
  'blocks.block': BlockTable
  'blocks.block_event': BlockEventTable
  'blocks.unheard_transfer': UnheardTransferTable
}
