import type { Evidence, RuleCode } from './rules.js'
import type { FindingState } from './states.js'

/** A finding as the officer of its office reads it. */
export interface FindingRow {
  readonly index: number
  readonly rule: RuleCode
  readonly weight: number
  readonly evidence: Evidence
  readonly size: number
  readonly foundAt: Date
  readonly state: FindingState
  readonly reason: string | null
  readonly version: number
  readonly isSealed: boolean
}

/** Where a page of the work list begins: behind this finding. */
export interface FindingPlace {
  readonly weight: number
  readonly index: number
  readonly rule: RuleCode
}

/** What of the work list is asked for. */
export interface FindingQuery {
  readonly states: readonly FindingState[]
  readonly rule?: RuleCode
  readonly after?: FindingPlace
}

/** Which finding: an entry, and the rule that found it. */
export interface FindingKey {
  readonly index: number
  readonly rule: RuleCode
}

/** One step of an officer, as it stands. */
export interface FindingStepRow {
  readonly number: number
  readonly state: FindingState
  readonly reason: string
  readonly at: Date
}

/** One time that an office switched a rule. */
export interface SwitchRow {
  readonly rule: RuleCode
  readonly number: number
  readonly isOn: boolean
  readonly at: Date
}
