import type { ColumnType } from 'kysely'
import type { TidingCode } from './rules.js'

/** Written by triggers of other rooms alone. */
type Given<Value> = ColumnType<Value, never, never>

export interface TidingTable {
  tiding: Given<string>
  number: Given<number>
  staff: Given<string>
  code: Given<TidingCode>
  reference: Given<string>
  told_at: Given<Date>
  is_read: ColumnType<boolean, never, true>
  expires_on: Given<string>
}

export interface TidingsTables {
  'tidings.tiding': TidingTable
}
