/** How openly an access may be shown, from open to never logged (AZRG §§ 13, 34; BMG § 11; SGB X § 83). */
export const DISCLOSURES = [
  'open',
  'case_review',
  'body_consent',
  'withheld',
  'not_in_log',
] as const
export type DisclosureKind = (typeof DISCLOSURES)[number]

/** What an access does with the data. */
export const OPERATIONS = ['store', 'query', 'transmit', 'erase'] as const
export type Operation = (typeof OPERATIONS)[number]

/** Whether a machine or a person caused it. */
export const CHANNELS = ['automated', 'manual'] as const
export type Channel = (typeof CHANNELS)[number]

/** An office (`i.pf.abh`) or a kind of authority (`abh`); both share one sequence of numbers. */
export interface Party {
  readonly id: number
  readonly code: string
  readonly kind: 'office' | 'authority'
  /** The kind of authority: its own code, or the office's. */
  readonly authority: string
  readonly nameDe: string
  /** `non-state` bodies are companies and associations, not offices. */
  readonly level: 'federal' | 'state' | 'municipal' | 'non-state' | 'foreign'
  readonly core: boolean
  readonly securityBody: boolean
  readonly municipality?: string
  /** The Land, by its German name; federal offices have none. */
  readonly land?: string
  /** Whether the local name is a demonstration value. */
  readonly demo: boolean
  /** Kinds of authority that have offices take part as an office only. */
  readonly hasOffices: boolean
}

/** A data field that a register can hold; never its value. */
export interface Field {
  readonly id: number
  readonly code: string
  readonly register: string
  readonly category: string
  readonly labelDe: string
  readonly art9: boolean
  readonly retentionRule?: string
  readonly correctionAuthorities: readonly string[]
  readonly residentVisibility: string
  /** What an entry is: text, code, date, number or photo. */
  readonly valueType: string
  /** Whether the person need not have it entered. */
  readonly voluntaryEntry: boolean
  readonly storedForEuCitizens: boolean | null
  /** Place in the reference data: bodies list fields in this order. */
  readonly order: number
}

/** Why data are processed; only `voluntary` rests on consent. */
export interface Purpose {
  readonly id: number
  readonly code: string
  readonly kind: 'mandatory' | 'voluntary'
  readonly sensitive: boolean
}

/** The provision that allows or orders it; `citation` is German law as cited. */
export interface LegalBasis {
  readonly id: number
  readonly code: string
  readonly citation: string
  readonly titleDe: string
  readonly summaryDe: string
  readonly gdprArt6: string | null
}

/** Who processes which fields, for what and on which basis: one sourced combination. */
export interface Flow {
  readonly code: string
  readonly register: string
  readonly source: string
  readonly recipient: string
  readonly operation: Exclude<Operation, 'erase'>
  readonly fields: readonly string[]
  readonly fieldsForEuCitizens: readonly string[]
  readonly purpose: string
  readonly legalBasis: string
  readonly disclosure: DisclosureKind
  readonly disclosureRule: string
  readonly voluntary: boolean
  readonly appliesTo: readonly string[]
  readonly mode: string
}

/** A consent that controllers may ask for, as the law and practice know it; its words are a first wording. */
export interface ConsentKind {
  readonly code: string
  readonly purpose: string
  /** Kind of authority that asks. */
  readonly controller: string
  readonly recipients: readonly string[]
  readonly fields: readonly string[]
  readonly legalBasis: string
  readonly statutory: boolean
  readonly explicit: boolean
  /** ISO 8601. */
  readonly duration: string
  readonly minAge: number | null
  /** What can be allowed each by itself, in English words of the source. */
  readonly granular: readonly string[]
  /** First wordings by language. */
  readonly wordings: Readonly<
    Record<
      'de' | 'en',
      {
        readonly title: string
        readonly text: string
        readonly refusal: string
        readonly withdrawal: string
      }
    >
  >
}

/** A rule of the law: disclosure, retention, deadline, rectification, block, consent, restriction. */
export interface Rule {
  readonly id: number
  readonly code: string
  readonly type: string
  readonly citation: string
  readonly register: string | null
  readonly authorities: readonly string[]
  readonly fields: readonly string[]
  /** ISO 8601 duration, where the rule names one. */
  readonly period: string | null
}

/** A kind of unit inside an office, with a label that is safe for the resident. */
export interface Unit {
  readonly id: number
  readonly code: string
}

/** A retention class of the log: which registers fall under it, and the rule that ends its entries. */
export interface EventClass {
  /** Number of the open class; the sealed twin is this plus 100. */
  readonly number: number
  readonly code: string
  readonly registers: readonly string[]
  /** ISO 8601 duration; absent where the operator's default applies. */
  readonly period?: string
  readonly citation: string
  readonly width: 'month' | 'quarter'
}

/** Purposes and fields whose entries are shown only after a uniform delay (AZRG § 34 (2)). */
export interface DisplayDelay {
  readonly purposes: readonly string[]
  readonly fields: readonly string[]
  /** ISO 8601 duration. */
  readonly period: string
  readonly citation: string
  readonly rule: string
}

/** Lookups of one sort of term by code and by number. */
export interface Terms<Term> {
  readonly all: readonly Term[]
  byCode(code: string): Term | undefined
  byId(id: number): Term | undefined
}

/** What the terms of the catalogue are called in one language: papers need no more. */
export interface CatalogueNames {
  party(code: string): { readonly name: string }
  field(code: string): { readonly label: string }
  purpose(code: string): { readonly name: string }
  legalBasis(code: string): { readonly title: string }
  rule(code: string): { readonly title: string }
  unit(code: string): { readonly label: string }
}

/** Texts of the catalogue in one language; a missing one is a fault, never a raw code. */
export interface CatalogueTexts extends CatalogueNames {
  party(code: string): { readonly name: string; readonly description: string }
  field(code: string): { readonly label: string; readonly explain: string }
  purpose(code: string): {
    readonly name: string
    readonly explain: string
    readonly refusal: string
  }
  legalBasis(code: string): { readonly title: string; readonly summary: string }
  rule(code: string): { readonly title: string; readonly text: string }
  unit(code: string): { readonly label: string }
}

/** The reference data as every room reads it; lives in memory, immutable. */
export interface Catalogue {
  readonly version: number
  readonly parties: Terms<Party>
  readonly fields: Terms<Field>
  readonly purposes: Terms<Purpose>
  readonly legalBases: Terms<LegalBasis>
  readonly rules: Terms<Rule>
  readonly units: Terms<Unit>
  readonly flows: readonly Flow[]
  readonly consents: readonly ConsentKind[]
  readonly classes: readonly EventClass[]
  readonly delays: readonly DisplayDelay[]
  /** Flows between two kinds of authority for one operation, purpose and legal basis. */
  flowsOf(key: {
    readonly source: string
    readonly recipient: string
    readonly operation: Exclude<Operation, 'erase'>
    readonly purpose: string
    readonly legalBasis: string
  }): readonly Flow[]
  /** Texts of a language of pages. */
  texts(tag: string): CatalogueTexts
  /** Names in a language of pages or of papers. */
  names(tag: string): CatalogueNames
}
