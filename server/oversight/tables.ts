import type { ColumnType } from 'kysely'

/** A column that is written once. */
type Fixed<Value> = ColumnType<Value, Value, never>

export interface FigureTable {
  office: Fixed<number>
  kind: Fixed<string>
  day: Fixed<string>
  other: Fixed<number>
  side: Fixed<'received' | 'gave' | 'own'>
  purpose: Fixed<number>
  operation: Fixed<number>
  shown: Fixed<'yes' | 'pending' | 'withheld'>
  expires_on: Fixed<string>
  amount: number
  flagged: number
}

export interface FigureFoldTable {
  one: ColumnType<boolean, never, never>
  size: ColumnType<number, never, number>
  log_size: ColumnType<number, never, number>
  log_at: ColumnType<Date | null, never, Date>
}

export interface CountedFlagTable {
  leaf_index: Fixed<number>
  expires_on: Fixed<string>
}

export interface LogCheckTable {
  log_check: Fixed<string>
  office: Fixed<number>
  state: 'waiting' | 'working' | 'done' | 'failed'
  asked_at: Fixed<Date>
  worked_at: Date | null
  ended_at: Date | null
  log_size: number | null
  first_leaf: number | null
  faults: number | null
  expires_on: Fixed<string>
}

export interface PublishedTable {
  period: Fixed<string>
  what: Fixed<string>
  key: Fixed<string>
  amount: Fixed<number | null>
  published_at: Fixed<Date>
}

export interface OversightTables {
  'oversight.published': PublishedTable
  'oversight.log_check': LogCheckTable
  'oversight.figure': FigureTable
  'oversight.figure_fold': FigureFoldTable
  'oversight.counted_flag': CountedFlagTable
}
