import type { ColumnType } from 'kysely'
import type { PaperKind } from './basis.js'
import type { AskingReason, Decision, Format, ReportState } from './rules.js'

type Fixed<Value> = ColumnType<Value, Value, never>

export interface ReportTable {
  report: Fixed<string>
  reference: Fixed<string>
  office: Fixed<number>
  staff: Fixed<string>
  language: Fixed<string>
  filter: ColumnType<Record<string, string>, string, never>
  log_size: Fixed<number>
  log_at: Fixed<Date>
  catalogue: Fixed<number>
  software: Fixed<string>
  format: Fixed<Format>
  reason: Fixed<AskingReason | null>
  entry: Fixed<number | null>
  expected: Fixed<number | null>
  expected_exactly: Fixed<boolean | null>
  state: ReportState
  tries: ColumnType<number, never, number>
  looked_below: ColumnType<number | null, never, number>
  found: ColumnType<number, never, number>
  written: ColumnType<number, never, number>
  digest: ColumnType<string | null, never, string>
  asked_at: Fixed<Date>
  worked_at: ColumnType<Date | null, never, Date>
  ended_at: ColumnType<Date | null, never, Date>
  expires_on: ColumnType<string | null, never, string>
}

export interface PartTable {
  report: Fixed<string>
  part: Fixed<number>
  first_row: Fixed<number>
  rows: Fixed<number>
  pages: Fixed<number>
  bytes: Fixed<number>
  sha256: Fixed<string>
}

export interface ChunkTable {
  report: Fixed<string>
  part: Fixed<number>
  chunk: Fixed<number>
  bytes: Fixed<Buffer>
  expires_on: Fixed<string>
}

export interface ReleaseTable {
  report: ColumnType<string, never, never>
  decided_at: ColumnType<Date, never, never>
  decision: ColumnType<Decision, never, never>
  by: ColumnType<'officer' | 'supervision', never, never>
  office: ColumnType<number | null, never, never>
}

/** Append-only; retention deletes. */
export interface PaperTable {
  account: Fixed<string>
  part: Fixed<number>
  parts: Fixed<number>
  sha256: Fixed<string>
  digest: Fixed<string>
  reference: Fixed<string>
  kind: Fixed<PaperKind>
  language: Fixed<string>
  log_size: Fixed<number>
  log_at: Fixed<Date>
  catalogue: Fixed<number>
  software: Fixed<string>
  pages: Fixed<number>
  issued_at: Fixed<Date>
  expires_on: Fixed<string>
}

export interface ReportsTables {
  'reports.report': ReportTable
  'reports.part': PartTable
  'reports.chunk': ChunkTable
  'reports.release': ReleaseTable
  'reports.paper': PaperTable
}
