import type { ColumnType } from 'kysely'
import type { ActColumns, Doer } from '../journal/index.js'
import type { AnswerChannel, Cause, ConsentEvent, Helper, NoticeState, State } from './rules.js'

type Fixed<Value> = ColumnType<Value, Value, never>
type FixedOrAbsent<Value> = ColumnType<Value | null, Value | null | undefined, never>

export interface TemplateTable {
  template: Fixed<string>
  office: Fixed<number>
  code: Fixed<string>
  created_at: Fixed<Date>
}

export interface VersionTable {
  template: Fixed<string>
  number: Fixed<number>
  content: string
  digest: Buffer
  drafted_by: string
  drafted_at: Date
  published_by: ColumnType<string | null, never, string>
  published_at: ColumnType<Date | null, never, Date>
  ended_at: ColumnType<Date | null, never, Date>
}

export type AskState = 'open' | 'answered' | 'called_off' | 'lapsed'

export interface AskTable {
  ask: Fixed<string>
  reference: Fixed<string>
  subject: Fixed<string>
  office: Fixed<number>
  template: Fixed<string>
  version: Fixed<number>
  parts: ColumnType<string[], readonly string[], never>
  channel: Fixed<'counter' | 'api'>
  state: AskState
  step: number
  wish: ColumnType<'interpreter' | null, never, 'interpreter'>
  asked_by: FixedOrAbsent<string>
  asked_at: Fixed<Date>
  lapses_at: Fixed<Date>
  ended_at: ColumnType<Date | null, never, Date>
  expires_on: string
}

export interface ConsentTable {
  consent: Fixed<string>
  reference: Fixed<string>
  ask: Fixed<string>
  subject: Fixed<string>
  office: Fixed<number>
  template: Fixed<string>
  version: Fixed<number>
  part: Fixed<string>
  state: State
  given_at: FixedOrAbsent<Date>
  valid_until: FixedOrAbsent<Date>
  ended_at: ColumnType<Date | null, never, Date>
  step: number
  expires_on: string
}

export interface EntryTable extends ActColumns {
  consent: Fixed<string>
  template: Fixed<string>
  version: Fixed<number>
  part: Fixed<string>
  kind: Fixed<ConsentEvent>
  /** The database takes no other. */
  by: ColumnType<Cause, Doer, never>
  channel: Fixed<AnswerChannel>
  language: Fixed<string>
  wording: Fixed<Buffer>
  effective_at: Fixed<Date>
  valid_until: FixedOrAbsent<Date>
  helper: Fixed<Helper>
  other: FixedOrAbsent<string>
}

/** Written by the functions of the schema alone, but for what was printed. */
export interface NoticeTable {
  notice: ColumnType<string, never, never>
  consent: ColumnType<string, never, never>
  recipient: ColumnType<number, never, never>
  withdrawn_at: ColumnType<Date, never, never>
  made_at: ColumnType<Date, never, never>
  state: NoticeState
  sent_at: Date | null
  acknowledged_at: ColumnType<Date | null, never, never>
  expires_on: ColumnType<string, never, never>
}

/** Figures for oversight: aggregates alone, none about fewer people than the view allows. */
export interface ReportingConsentFigureView {
  figure: ColumnType<string, never, never>
  amount: ColumnType<number, never, never>
}

export interface ConsentTables {
  'consent.template': TemplateTable
  'consent.version': VersionTable
  'consent.ask': AskTable
  'consent.consent': ConsentTable
  'consent.entry': EntryTable
  'consent.notice': NoticeTable
  'consent.sealed_notice': NoticeTable
  'reporting.consent_figure': ReportingConsentFigureView
}
