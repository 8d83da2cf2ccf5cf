import type { Field } from '../catalogue/index.js'
import type { Kind } from './rules.js'

/** How the right entry is written: each field has one form, by what it holds. */
export const FORMS = [
  'names',
  'date',
  'nationality',
  'address',
  'marital',
  'gender',
  'family',
  'text',
] as const
export type WantedForm = (typeof FORMS)[number]

/** A calendar in which a date may be known. */
export const CALENDARS = ['gregorian', 'persian', 'islamic', 'ethiopian'] as const
export type CalendarCode = (typeof CALENDARS)[number]

/** Marital statuses as the registers tell them apart. */
export const MARITAL = [
  'single',
  'married',
  'partnership',
  'divorced',
  'widowed',
  'dissolved',
  'unknown',
] as const
/** Gender entries (PStG § 22 (3)). */
export const GENDERS = ['female', 'male', 'diverse', 'none'] as const
/** How a member of the family is related. */
export const RELATIONS = ['spouse', 'child', 'mother', 'father', 'sibling', 'guardian'] as const

/** The right entry as the person states it; what is not known is left out. */
export type Wanted =
  | {
      readonly form: 'names'
      /** In Latin letters (DIN 91379 datatype A). */
      readonly latin: string
      /** As it is written in the person's own script. */
      readonly original?: string
      /** "I have only one name". */
      readonly onlyOne: boolean
    }
  | {
      readonly form: 'date'
      readonly calendar: CalendarCode
      /** Parts as they are known, in that calendar; absent ones are unknown. */
      readonly year?: number
      readonly month?: number
      readonly day?: number
    }
  | { readonly form: 'nationality'; readonly codes: readonly string[] }
  | {
      readonly form: 'address'
      readonly street: string
      readonly postcode: string
      readonly place: string
      /** The day of moving in, `YYYY-MM-DD`. */
      readonly since?: string
    }
  | { readonly form: 'marital'; readonly code: (typeof MARITAL)[number] }
  | { readonly form: 'gender'; readonly code: (typeof GENDERS)[number] }
  | {
      readonly form: 'family'
      readonly relation: (typeof RELATIONS)[number]
      readonly latin: string
      readonly birthYear?: number
    }
  | { readonly form: 'text'; readonly text: string }
  /** The register is to have no such name of the person. */
  | { readonly form: 'none' }

/** What is right of a further field of the same request. */
export interface FurtherEntry {
  /** Its code. */
  readonly field: string
  readonly stored?: string
  readonly wanted: Wanted
}

/** Evidence that a person may have; `nothing` is a valid answer (CJEU C-247/23: nothing out of proportion). */
export const EVIDENCE = [
  'passport',
  'id_card',
  'birth_record',
  'marriage_record',
  'divorce_record',
  'court_decision',
  'residence_permit',
  'registration',
  'certificate',
  'witness',
  'other',
  'nothing',
] as const
export type Evidence = (typeof EVIDENCE)[number]

/** A record that belongs to somebody else, or a second one of the same person, as far as they know it. */
export interface OtherRecord {
  /** In the person's words: what is not theirs, or where the other record stands. */
  readonly about: string
  /** A number or file number that leads to it. */
  readonly number?: string
}

/** What a person states, step by step; all of it is encrypted where it is stored. */
export interface Statement {
  readonly kind?: Kind
  /** What stands there now, as the person knows it. */
  readonly stored?: string
  readonly wanted?: Wanted
  /** Other names of the same register that are wrong as well. */
  readonly also?: readonly FurtherEntry[]
  /** Which entry of somebody else, or which second one of their own, a person means. */
  readonly other?: OtherRecord
  /** In the person's own words and language: an annex, never the request itself. */
  readonly words?: string
  readonly evidence?: readonly Evidence[]
  /** Whether the entry is to be restricted while it is checked (GDPR Article 18 (1) (a)). */
  readonly restrict?: boolean
  /** Whether the person wants to be told who is told (GDPR Article 19 sentence 2). */
  readonly recipients?: boolean
}

/** The steps of a draft, one thing per page; the choice of the field comes before them. */
export const STEPS = ['kind', 'right', 'proof', 'tell', 'check'] as const
export type StepName = (typeof STEPS)[number]

const NAMES: readonly string[] = [
  'azr.family_name',
  'azr.birth_name',
  'azr.given_names',
  'azr.name_german_law',
  'azr.name_variants',
  'azr.former_names',
  'azr.alias',
]
const NATIONALITIES: readonly string[] = ['azr.nationality', 'azr.spouse_nationality']
const GENDER_FIELDS: readonly string[] = ['azr.gender', 'azr.former_gender']
const FAMILY: readonly string[] = ['azr.accompanying_family', 'mr.family']

/** The form in which the right entry of a field is asked for. */
export function formOf({
  code,
  valueType,
  category,
}: Pick<Field, 'code' | 'valueType' | 'category'>): WantedForm {
  if (NAMES.includes(code)) return 'names'
  if (NATIONALITIES.includes(code)) return 'nationality'
  if (GENDER_FIELDS.includes(code)) return 'gender'
  if (FAMILY.includes(code)) return 'family'
  if (code === 'azr.marital_status') return 'marital'
  if (valueType === 'date') return 'date'
  return category === 'address' && code !== 'mr.landlord' ? 'address' : 'text'
}

/** Whether a kind asks what is right: what is not the person's, or shall be deleted, has no right entry. */
export function asksForRight(kind: Kind): boolean {
  return kind === 'wrong' || kind === 'outdated' || kind === 'missing'
}

/** Whether a kind asks which record is meant: the office has to find it (GDPR Article 5 (1) (d)). */
export function asksForOther(kind: Kind): kind is 'not_me' | 'same_person' {
  return kind === 'not_me' || kind === 'same_person'
}

/** What is wrong can be only what the field allows: only voluntary entries are deleted on request. */
export function kindsFor({ voluntaryEntry }: Pick<Field, 'voluntaryEntry'>): readonly Kind[] {
  const kinds: readonly Kind[] = ['wrong', 'outdated', 'missing', 'not_me', 'same_person']
  return voluntaryEntry ? [...kinds, 'delete'] : kinds
}

/** The first step that still lacks its answer; `check` where nothing does. */
export function nextStep(statement: Statement): StepName {
  const { kind, wanted, other, evidence, restrict } = statement
  if (kind === undefined) return 'kind'
  if (asksForRight(kind) && wanted === undefined) return 'right'
  if (asksForOther(kind) && other === undefined) return 'right'
  if (evidence === undefined) return 'proof'
  return restrict === undefined ? 'tell' : 'check'
}

/** The steps that a statement has: what shall only be deleted has no right entry, and no other record. */
export function stepsOf({ kind }: Statement): readonly StepName[] {
  return kind !== undefined && !asksForRight(kind) && !asksForOther(kind)
    ? STEPS.filter((step) => step !== 'right')
    : STEPS
}

/** A statement after one more answer; another kind drops what was said to be right for the old one. */
export function withAnswer(statement: Statement, answer: Statement): Statement {
  const { wanted, also = [], other, ...next } = { ...statement, ...answer }
  const { kind } = next
  return {
    ...next,
    ...(wanted !== undefined && (kind === undefined || asksForRight(kind)) ? { wanted } : {}),
    ...(also.length > 0 && (kind === undefined || asksForRight(kind)) ? { also } : {}),
    ...(other !== undefined && (kind === undefined || asksForOther(kind)) ? { other } : {}),
  }
}

/** Whether two right entries say the same. */
export function isSameEntry(one: Wanted, other: Wanted): boolean {
  const plain = (wanted: Wanted) => JSON.stringify(Object.entries(wanted).sort(byName))
  return plain(one) === plain(other)
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1
}
