import type { ColumnType, Generated } from 'kysely'

export interface ClassTable {
  class: ColumnType<number, number, never>
  code: string
  owner_table: string
  sealed: boolean
  retention: string
  citation: string
  width: 'month' | 'quarter' | 'year'
}

export interface HeadTable {
  one: Generated<boolean>
  size: ColumnType<number, never, never>
  edge: ColumnType<Buffer, never, never>
  bundle_edge: ColumnType<Buffer, never, never>
}

export interface TileTable {
  level: ColumnType<number, never, never>
  idx: ColumnType<number, never, never>
  data: ColumnType<Buffer, never, never>
}

export interface BundleTable {
  idx: ColumnType<number, never, never>
  data: ColumnType<Buffer, never, never>
}

export interface CheckpointTable {
  size: ColumnType<number, never, never>
  note: ColumnType<string, never, never>
  at: ColumnType<Date, never, never>
  public: ColumnType<boolean, never, never>
}

export interface FingerprintTable {
  name: ColumnType<string, string, never>
  sha256: ColumnType<string, string, never>
}

export interface LedgerTables {
  'ledger.class': ClassTable
  'ledger.head': HeadTable
  'ledger.tile': TileTable
  'ledger.bundle': BundleTable
  'ledger.checkpoint': CheckpointTable
  'ledger.fingerprint': FingerprintTable
}
