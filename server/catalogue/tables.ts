import type { ColumnType, Generated, JSONColumnType } from 'kysely'

export interface VersionTable {
  version: Generated<number>
  sha256: ColumnType<string, string, never>
  loaded_at: ColumnType<Date, Date, never>
}

export interface TermTable {
  kind: ColumnType<string, string, never>
  id: ColumnType<number, number, never>
  code: ColumnType<string, string, never>
  definition: JSONColumnType<object>
  since: ColumnType<number, number, never>
  retired_in: number | null
}

export interface CatalogueTables {
  'catalogue.version': VersionTable
  'catalogue.term': TermTable
}
