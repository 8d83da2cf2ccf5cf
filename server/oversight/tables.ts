import type { ColumnType } from 'kysely'
import type { QuestionState, QuestionStepKind } from './flags/questions.js'
import type { Evidence } from './flags/rules.js'
import type { FindingState } from './flags/states.js'
import type { LatestDays, SearchName } from './searching.js'

/** A column that is written once. */
type Fixed<Value> = ColumnType<Value, Value, never>

export interface FindingTable {
  leaf_index: Fixed<number>
  rule: Fixed<string>
  office: Fixed<number>
  weight: Fixed<number>
  evidence: ColumnType<Evidence, string, never>
  log_size: Fixed<number>
  found_at: Fixed<Date>
  state: FindingState
  reason: string | null
  version: number
  changed_at: Date
  expires_on: Fixed<string>
}

/** Written by a trigger of the finding alone. */
export interface FindingStepTable {
  leaf_index: ColumnType<number, never, never>
  rule: ColumnType<string, never, never>
  number: ColumnType<number, never, never>
  office: ColumnType<number, never, never>
  state: ColumnType<FindingState, never, never>
  reason: ColumnType<string, never, never>
  made_at: ColumnType<Date, never, never>
  expires_on: ColumnType<string, never, never>
}

export interface QuestionTable {
  question: Fixed<string>
  reference: Fixed<string>
  leaf_index: Fixed<number>
  rule: Fixed<string>
  office: Fixed<number>
  unit: Fixed<number>
  evidence: ColumnType<Evidence, never, never>
  wants: Fixed<string[]>
  state: QuestionState
  asked_at: Fixed<Date>
  due_on: Fixed<string>
  is_reminded: ColumnType<boolean, never, never>
  answer: string | null
  case_ref: string | null
  steps: number
  changed_at: Date
  expires_on: Fixed<string>
}

/** Written by a trigger of the question alone. */
export interface QuestionStepTable {
  question: ColumnType<string, never, never>
  number: ColumnType<number, never, never>
  kind: ColumnType<QuestionStepKind, never, never>
  office: ColumnType<number, never, never>
  made_at: ColumnType<Date, never, never>
  expires_on: ColumnType<string, never, never>
}

export interface WatchTable {
  office: Fixed<number>
  below: number
  judged_day: string | null
  peers: number | null
  emergency_day: string | null
  at: Date
}

export interface TallyTable {
  office: Fixed<number>
  unit: Fixed<number>
  day: Fixed<string>
  purpose: Fixed<number>
  kind: Fixed<string>
  duty: number
  consent: number
  open_case: number
  correction: number
  appointment: number
  dealings: number
  emergency: number
  unexplained: number
  by_hand: number
  last_leaf: number
  last_expires_on: string
  expires_on: Fixed<string>
}

export interface RuleSwitchTable {
  office: Fixed<number>
  rule: Fixed<string>
  number: Fixed<number>
  is_on: Fixed<boolean>
  made_at: Fixed<Date>
}

export interface UnmaskingTable {
  unmasking: Fixed<string>
  reference: Fixed<string>
  entry: Fixed<number>
  office: Fixed<number>
  staff: Fixed<string>
  reason: Fixed<string>
  asked_at: Fixed<Date>
}

/** Written by a function alone. */
export interface LookupTable {
  lookup: ColumnType<string, never, never>
  reference: ColumnType<string, never, never>
  office: ColumnType<number, never, never>
  staff: ColumnType<string, never, never>
  reason: ColumnType<string, never, never>
  entry: ColumnType<number | null, never, never>
  asked_at: ColumnType<Date, never, never>
  expires_on: ColumnType<string, never, never>
}

export interface ResolutionTable {
  unmasking: Fixed<string>
  at: Fixed<Date>
  found: Fixed<boolean>
}

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
  described: ColumnType<number, never, number>
}

export interface StretchTable {
  office: Fixed<number>
  shown: Fixed<string>
  number: Fixed<number>
  amount: Fixed<number>
  has_flagged: boolean
  first_expiry: Fixed<string>
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

export interface SavedSearchTable {
  search: Fixed<string>
  staff: Fixed<string>
  office: Fixed<number>
  place: Fixed<number>
  name: SearchName
  days: Fixed<LatestDays | null>
  filter: ColumnType<Readonly<Record<string, string>>, string, never>
  expires_on: string
}

export interface PublishedTable {
  period: Fixed<string>
  what: Fixed<string>
  key: Fixed<string>
  amount: Fixed<number | null>
  published_at: Fixed<Date>
}

/** Rows that go by their day; everything else of them is written and read in SQL. */
export interface ExpiringTable {
  expires_on: Fixed<string>
}

export interface OversightTables {
  'oversight.actor_day': ExpiringTable
  'oversight.concerned': ExpiringTable
  'oversight.waiting_finding': ExpiringTable
  'oversight.unmasking': UnmaskingTable
  'oversight.lookup': LookupTable
  'oversight.resolution': ResolutionTable
  'oversight.finding': FindingTable
  'oversight.sealed_finding': FindingTable
  'oversight.finding_step': FindingStepTable
  'oversight.sealed_finding_step': FindingStepTable
  'oversight.question': QuestionTable
  'oversight.question_step': QuestionStepTable
  'oversight.watch': WatchTable
  'oversight.tally': TallyTable
  'oversight.rule_switch': RuleSwitchTable
  'oversight.published': PublishedTable
  'oversight.log_check': LogCheckTable
  'oversight.saved_search': SavedSearchTable
  'oversight.figure': FigureTable
  'oversight.figure_fold': FigureFoldTable
  'oversight.counted_flag': CountedFlagTable
  'oversight.stretch': StretchTable
}
