import type { ColumnType } from 'kysely'

type Fixed<Value> = ColumnType<Value, Value, never>

export interface UnmaskingTable {
  unmasking: Fixed<string>
  reference: Fixed<string>
  entry: Fixed<number>
  office: Fixed<number>
  staff: Fixed<string>
  reason: Fixed<string>
  asked_at: Fixed<Date>
}

export interface OversightTables {
  'oversight.unmasking': UnmaskingTable
}
