import type { ColumnType } from 'kysely'

export interface ConnectorTable {
  office: ColumnType<number, number, never>
  url: string
  fields: number[]
  connected_at: Date
}

export interface RegistersTables {
  'registers.connector': ConnectorTable
}
