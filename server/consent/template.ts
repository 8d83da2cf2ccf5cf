import { addPeriod, isPeriod, type Catalogue } from '../catalogue/index.js'
import { canonicalJson, sha256, type CanonicalValue } from '../ledger/index.js'
import { LONGEST, WHOLE } from './rules.js'

/** The language in which a controller answers for the wording. */
export const SOURCE_LANGUAGE = 'de'

/** What a person reads before they answer, in one language. */
export interface Wording {
  readonly title: string
  readonly text: string
  /** What happens without a yes. */
  readonly refusal: string
  /** What a withdrawal changes and what it does not. */
  readonly withdrawal: string
  /** What each part is called, by its code; empty where there are no parts. */
  readonly parts: Readonly<Record<string, string>>
  /** Whether somebody who knows the language checked it against the German. */
  readonly reviewed: boolean
}

/** What a version of a template says; codes are the catalogue's. */
export interface Content {
  /** The consent of the catalogue. */
  readonly code: string
  readonly purpose: string
  readonly legalBasis: string
  /** In the order of the catalogue. */
  readonly fields: readonly string[]
  /** Offices and kinds of bodies that get the data. */
  readonly recipients: readonly string[]
  /** ISO 8601. */
  readonly duration: string
  /** Whether a statute orders to ask (and does not order to agree). */
  readonly statutory: boolean
  /** Whether it names special categories of data (GDPR Article 9 (2) (a)). */
  readonly explicit: boolean
  /** Age from which the person decides alone; absent where nothing is offered to children. */
  readonly minAge: number | null
  /** Whether the office that asks also decides on a benefit of the person: the page says so. */
  readonly decidesOnBenefit: boolean
  /** Codes of what can be allowed each by itself; empty where it is one whole. */
  readonly parts: readonly string[]
  readonly wordings: Readonly<Record<string, Wording>>
}

/** Why a version cannot be published. */
export const FAULTS = [
  'mandatory_purpose',
  'unknown_code',
  'no_fields',
  'no_recipients',
  'special_not_explicit',
  'bad_duration',
  'too_long',
  'no_german',
  'no_refusal',
  'no_withdrawal',
  'unnamed_part',
] as const
export type Fault = (typeof FAULTS)[number]

/** Everything that stands against publishing, all at once (GDPR Articles 7, 9; recitals 32, 42, 43). */
export function faultsOf(content: Content, catalogue: Catalogue): readonly Fault[] {
  const fields = content.fields.map((code) => catalogue.fields.byCode(code))
  const purpose = catalogue.purposes.byCode(content.purpose)
  const codes = [
    ...fields,
    purpose,
    catalogue.legalBases.byCode(content.legalBasis),
    ...content.recipients.map((code) => catalogue.parties.byCode(code)),
  ]
  const german = content.wordings[SOURCE_LANGUAGE]
  const wordings = Object.values(content.wordings)
  const holds: Readonly<Record<Fault, boolean>> = {
    mandatory_purpose: purpose?.kind === 'mandatory',
    unknown_code: codes.includes(undefined),
    no_fields: fields.length === 0,
    no_recipients: content.recipients.length === 0,
    special_not_explicit: fields.some((field) => field?.art9 === true) && !content.explicit,
    bad_duration: !isPeriod(content.duration),
    too_long: isPeriod(content.duration) && isLonger(content.duration, LONGEST),
    no_german: german === undefined || isBlank(german.title) || isBlank(german.text),
    no_refusal: wordings.length === 0 || wordings.some(({ refusal }) => isBlank(refusal)),
    no_withdrawal: wordings.length === 0 || wordings.some(({ withdrawal }) => isBlank(withdrawal)),
    unnamed_part: wordings.some(({ parts }) =>
      content.parts.some((part) => isBlank(parts[part] ?? '')),
    ),
  }
  return FAULTS.filter((fault) => holds[fault])
}

const ANY_DAY = '2024-01-01'

function isLonger(period: string, bound: string): boolean {
  return addPeriod(ANY_DAY, period) > addPeriod(ANY_DAY, bound)
}

function isBlank(text: string): boolean {
  return text.trim() === ''
}

/** The bytes that a version is: RFC 8785 JSON. */
export function contentText(content: Content): string {
  return canonicalJson(content as unknown as CanonicalValue)
}

/** Reads a version back; what is stored was written by `contentText`. */
export function readContent(text: string): Content {
  return JSON.parse(text) as Content
}

/** The parts that can be answered: the whole where there are none. */
export function partsOf({ parts }: Pick<Content, 'parts'>): readonly string[] {
  return parts.length === 0 ? [WHOLE] : parts
}

/** What is shown to a reader of a language, and whether it may be agreed to there. */
export interface Shown {
  readonly wording: Wording
  /** Language of the wording: German where there is none in the reader's. */
  readonly language: string
  /** A yes counts only on German that is read as German, or on a reviewed translation. */
  readonly canAgree: boolean
}

/** The wording for a reader; a refusal and a withdrawal never depend on it. */
export function shownIn(content: Content, language: string): Shown {
  const own = content.wordings[language]
  const german = content.wordings[SOURCE_LANGUAGE]
  const wording = own ?? german
  if (wording === undefined) throw new Error('a published version has a German wording')
  const canAgree = language === SOURCE_LANGUAGE || own?.reviewed === true
  return { wording, language: own === undefined ? SOURCE_LANGUAGE : language, canAgree }
}

/** Which words somebody read: a version of a template in one language. */
export interface Reading {
  readonly template: string
  readonly version: number
  readonly language: string
}

/** All that somebody agreed to or refused, in the language in which they read it: RFC 8785 JSON. */
export function seenText(content: Content, { template, version, language }: Reading): string {
  const { wordings, ...rest } = content
  const wording = wordings[language]
  if (wording === undefined) throw new Error(`there is no wording in ${language}`)
  const { reviewed: _, ...words } = wording
  return canonicalJson({ ...rest, template, version, language, wording: words, v: 1 })
}

/** SHA-256 of what somebody agreed to or refused. */
export function wordingDigest(content: Content, reading: Reading): Buffer {
  return sha256(seenText(content, reading))
}
