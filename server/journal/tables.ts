import type { ColumnType } from 'kysely'
import type { Doer } from './body.js'

type Fixed<Value> = ColumnType<Value, Value, never>
type FixedOrAbsent<Value> = ColumnType<Value | null, Value | null | undefined, never>

/** The columns that every append-only table of acts has; a room adds those of its own. */
export interface ActColumns {
  class: Fixed<number>
  expires_on: Fixed<string>
  leaf_index: Fixed<number>
  recorded_at: ColumnType<Date, Date | string, never>
  subject: Fixed<string>
  number: Fixed<number>
  kind: Fixed<string>
  by: Fixed<Doer>
  office: FixedOrAbsent<number>
  unit: FixedOrAbsent<number>
  operator_digest: FixedOrAbsent<Buffer>
  detail: FixedOrAbsent<string>
  content: FixedOrAbsent<Buffer>
  salt: Fixed<Buffer>
}
