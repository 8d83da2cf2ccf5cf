import type { PeerBox } from './robust.js'

/** A rule of oversight: what it looks at, how heavy a finding is, and from which number on it finds something. */
export interface FlagRule {
  readonly code: string
  /** By what the work list is ordered: the heaviest first. */
  readonly weight: number
  readonly threshold?: number
}

/**
 * The rules, the heaviest first. Those that begin with `staff_` look at a single member of staff: they find nothing
 * until the configuration names the service agreement of the office, and the database holds them to it.
 */
export const FLAG_RULES = [
  { code: 'prohibited', weight: 90 },
  { code: 'in_spite_of_block', weight: 85 },
  { code: 'consent_not_valid', weight: 80 },
  { code: 'volume', weight: 70, threshold: 3.5 },
  { code: 'staff_volume', weight: 65, threshold: 3.5 },
  { code: 'repeated', weight: 60, threshold: 5 },
  { code: 'staff_repeated', weight: 55, threshold: 3 },
  { code: 'beyond_purpose', weight: 50 },
  { code: 'off_hours', weight: 45 },
  { code: 'after_close', weight: 40 },
  { code: 'unknown_flow', weight: 35 },
  { code: 'purpose_mix', weight: 30, threshold: 0.3 },
  { code: 'no_case', weight: 20 },
] as const satisfies readonly FlagRule[]
export type RuleCode = (typeof FLAG_RULES)[number]['code']

/** The codes of the rules, in their order. */
export const RULE_CODES: readonly RuleCode[] = FLAG_RULES.map(({ code }) => code)

/** Rules that compare units with each other, so that they need peers. */
export const PEER_RULES: readonly RuleCode[] = ['volume']

/** Rules that look at a single member of staff: off without a service agreement, and in nothing that leaves the office. */
export const STAFF_RULES: readonly RuleCode[] = RULE_CODES.filter((code) =>
  code.startsWith('staff_'),
)

/** Rules about a day or a week: their entry is only one of many. */
const OF_DAYS: readonly RuleCode[] = [...PEER_RULES, 'purpose_mix', 'staff_volume']

/** Whether a rule is about a day or a week of a unit, so that its accesses together are what it found. */
export function isOfUnit(rule: RuleCode): boolean {
  return OF_DAYS.includes(rule) && !STAFF_RULES.includes(rule)
}

/** Whether a rule is about one access, so that its finding says something of just this one. */
export function isOfOneAccess(rule: RuleCode): boolean {
  return !OF_DAYS.includes(rule)
}

/** How many days a rule about a unit looks at together, up to the day that it names. */
export function daysOf(rule: RuleCode): number {
  return rule === 'purpose_mix' ? 7 : 1
}

/** Rules of which a trial says nothing: it reads accesses one by one, and never who acted. */
export const UNTRIED: readonly RuleCode[] = [...OF_DAYS, ...STAFF_RULES]

/** Whether a person is told once a finding is confirmed: it must be about one access, and one that they may know of. */
export function tellsPerson(rule: RuleCode, isSealed: boolean): boolean {
  return !isSealed && !OF_DAYS.includes(rule)
}

/** A unit and a day with fewer unexplained accesses are no bulk, whatever the others do. */
export const LEAST_VOLUME = 20
/** The same of one member of staff. */
export const LEAST_STAFF_VOLUME = 10
/** In a unit with fewer people the rules about single members of staff find nothing: the unit would name them. */
export const LEAST_STAFF = 10
/** Repeats of one person are counted over so many days. */
export const REPEAT_DAYS = 30
/** Purposes are compared where a week has so many accesses, and the weeks before it so many. */
export const LEAST_MIX = { week: 100, before: 400 } as const
export const MIX_WEEKS = 8

/** What a finding rests on, in codes and numbers; its sentence is written in the reader's language. */
export interface Evidence {
  /** Instant of the access, ISO 8601, or the day of several. */
  readonly at?: string
  readonly day?: string
  readonly unit: number
  readonly purpose?: number
  readonly why?: string
  readonly count?: number
  readonly days?: number
  readonly fields?: number
  readonly rules?: readonly string[]
  readonly box?: PeerBox
  /** Shares of a purpose, before and now, in per cent. */
  readonly shares?: readonly [number, number]
}

/** What a rule found: an entry, or the latest of several. */
export interface Finding {
  readonly index: number
  readonly expiresOn: string
  readonly isSealed: boolean
  readonly rule: RuleCode
  readonly weight: number
  readonly evidence: Evidence
  /** Whom of the staff it is about, as a handle of one day: noted as a mark, never written as it is. */
  readonly by?: { readonly actor: string; readonly day: string }
}

/** The rule of a code. */
export function flagRule(code: RuleCode): FlagRule {
  const rule = FLAG_RULES.find((one) => one.code === code)
  if (rule === undefined) throw new Error(`there is no rule ${code}`)
  return rule
}
