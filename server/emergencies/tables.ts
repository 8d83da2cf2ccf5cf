import type { ColumnType } from 'kysely'
import type { ActColumns } from '../journal/index.js'
import type { Ground, Head } from './rules.js'

type Fixed<Value> = ColumnType<Value, Value, never>
type FixedOrAbsent<Value> = ColumnType<Value | null, Value | null | undefined, never>

export interface DeclarationTable extends ActColumns {
  access: Fixed<number>
  occurred_at: Fixed<Date>
  ground: Fixed<Ground>
  noted_at: FixedOrAbsent<Date>
  noted_by: FixedOrAbsent<Head>
}

export interface EmergenciesTables {
  'emergencies.declaration': DeclarationTable
  'emergencies.sealed_declaration': DeclarationTable
}
