import type { ColumnType } from 'kysely'
import type { ActColumns } from '../journal/index.js'
import type { Kind, Outcome, State } from './rules.js'

type Fixed<Value> = ColumnType<Value, Value, never>
type FixedOrAbsent<Value> = ColumnType<Value | null, Value | null | undefined, never>

export interface RequestTable {
  request: Fixed<string>
  state: State
  subject: Fixed<string>
  account: FixedOrAbsent<string>
  field: Fixed<number>
  language: Fixed<string>
  case_key: Buffer | null
  content: Buffer | null
  version: number
  saved_at: Date
  reference: string | null
  kind: Kind | null
  filed_at: Date | null
  office: number | null
  former_office: number | null
  assignee: string | null
  form_met_on: string | null
  due_on: string | null
  was_extended: ColumnType<boolean, boolean | undefined, boolean>
  is_restricted: ColumnType<boolean, boolean | undefined, boolean>
  has_evidence: ColumnType<boolean, boolean | undefined, boolean>
  second_office: number | null
  proposed_by: string | null
  effective_at: Date | null
  outcome: Outcome | null
  decided_at: Date | null
  closed_at: Date | null
  expires_on: string | null
  also: ColumnType<number[], number[] | undefined, number[]>
  kept: ColumnType<number[], number[] | undefined, number[]>
}

export interface RequestEventTable extends ActColumns {
  request: Fixed<string>
  reference: Fixed<string>
}

export interface PartnerTable {
  office: number
  partner: number
  agreed_at: Date
}

/** Saved in place of one another: a view is never changed, but dropped. */
export interface SavedViewTable {
  staff: Fixed<string>
  place: Fixed<number>
  name: FixedOrAbsent<'today' | 'week' | 'fresh' | 'waiting'>
  label: FixedOrAbsent<string>
  query: Fixed<string>
  saved_at: Fixed<Date>
}

export interface FileTable {
  file: Fixed<string>
  request: Fixed<string>
  account: FixedOrAbsent<string>
  type: Fixed<'application/pdf' | 'image/jpeg' | 'image/png'>
  size: Fixed<number>
  name: Fixed<Buffer>
  content: Fixed<Buffer>
  scan: ColumnType<'none' | 'clean' | 'waiting', 'none' | 'clean' | 'waiting', never>
  added_at: Fixed<Date>
}

/** States of telling an office; `failed` is for a person to print, as `to_print` is. */
export type NoticeState = 'waiting' | 'sent' | 'acknowledged' | 'to_print' | 'printed' | 'failed'

/** Written by the functions of the schema alone, but for what was printed. */
export interface NoticeTable {
  notice: ColumnType<string, never, never>
  request: ColumnType<string, never, never>
  subject: ColumnType<string, never, never>
  recipient: ColumnType<number, never, never>
  field: ColumnType<number, never, never>
  outcome: ColumnType<Outcome, never, never>
  first_at: ColumnType<Date | null, never, never>
  last_at: ColumnType<Date | null, never, never>
  made_at: ColumnType<Date, never, never>
  state: NoticeState
  tries: ColumnType<number, never, number>
  next_at: ColumnType<Date | null, never, Date>
  sent_at: Date | null
  acknowledged_at: ColumnType<Date | null, never, never>
  expires_on: ColumnType<string, never, never>
  is_own: ColumnType<boolean, never, never>
}

export interface EndpointTable {
  office: Fixed<number>
  url: string
  registered_at: Date
}

type Shown<Value> = ColumnType<Value, never, never>

/** What data protection officers read of the requests of their own office. */
export interface ReportingRequestView {
  reference: Shown<string>
  state: Shown<Exclude<State, 'draft'>>
  field: Shown<number>
  filed_at: Shown<Date>
  due_on: Shown<string | null>
  was_extended: Shown<boolean>
  outcome: Shown<Outcome | null>
  decided_at: Shown<Date | null>
  fields: Shown<number[]>
}

/** What supervisors read of decisions that no second person confirms. */
export interface ReportingUnconfirmedView {
  reference: Shown<string>
  office: Shown<number>
  field: Shown<number>
  outcome: Shown<Outcome>
  decided_at: Shown<Date | null>
  effective_at: Shown<Date | null>
  proposed_at: Shown<Date | null>
}

export interface RectificationTables {
  'rectification.file': FileTable
  'rectification.request': RequestTable
  'rectification.request_event': RequestEventTable
  'rectification.partner': PartnerTable
  'rectification.saved_view': SavedViewTable
  'rectification.notice': NoticeTable
  'rectification.sealed_notice': Omit<NoticeTable, 'is_own'>
  'rectification.endpoint': EndpointTable
  'reporting.rectification': ReportingRequestView
  'reporting.unconfirmed_decision': ReportingUnconfirmedView
}
