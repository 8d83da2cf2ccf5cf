import type { ColumnType } from 'kysely'
import type { ActColumns } from '../journal/index.js'
import type { Kind, Reason, State } from './rules.js'

type Fixed<Value> = ColumnType<Value, Value, never>
type FixedOrAbsent<Value> = ColumnType<Value | null, Value | null | undefined, never>

export interface InquiryTable {
  inquiry: Fixed<string>
  reference: Fixed<string>
  subject: Fixed<string>
  account: Fixed<string>
  entry: Fixed<number>
  office: Fixed<number>
  kind: Fixed<Kind>
  reasons: ColumnType<Reason[], readonly Reason[], never>
  state: State
  case_key: FixedOrAbsent<Buffer>
  version: number
  asked_at: Fixed<Date>
  due_on: Fixed<string>
  ended_at: Date | null
  expires_on: string
}

export interface InquiryEventTable extends ActColumns {
  inquiry: Fixed<string>
  reference: Fixed<string>
  entry: Fixed<number>
}

export interface InquiriesTables {
  'inquiries.inquiry': InquiryTable
  'inquiries.inquiry_event': InquiryEventTable
}
