import type { Day } from '../days.js'
import { checkHolds } from './check-digit.js'
import { birthOf, expiryOf, nameOf, type MrzBirth, type MrzName } from './mrz-fields.js'
import {
  FIELD_KINDS,
  layoutOf,
  type ExtraName,
  type FieldName,
  type Kind,
  type Layout,
  type MrzKind,
  type Place,
} from './mrz-layout.js'
import { mrzLines } from './mrz-lines.js'

/** What a machine-readable zone says; codes and numbers without their fillers. */
export interface MrzDocument {
  readonly kind: MrzKind
  readonly documentCode: string
  /** Issuing state by ICAO: three letters, or `D` for Germany. */
  readonly issuer: string
  readonly nationality: string
  readonly number: string
  readonly name: MrzName
  readonly birth: MrzBirth
  readonly sex: 'female' | 'male' | 'unspecified'
  /** The last day of validity; `null` where the document names none. */
  readonly expiry: Day | null
  readonly optional: readonly string[]
  readonly checks: readonly MrzCheck[]
}

/** One check digit, where it stands, and whether it fits. */
export interface MrzCheck {
  readonly field: 'number' | 'birth' | 'expiry' | 'optional' | 'composite'
  readonly holds: boolean
  readonly line: number
  readonly column: number
  /** The number with one O for 0 or the other way, where that alone makes the digit fit. */
  readonly looksLike?: string
}

/** What stands in the way of reading a zone; line and column count from 1. */
export type MrzFault =
  | { readonly code: 'LINES'; readonly found: number }
  | {
      readonly code: 'LENGTH'
      readonly line: number
      readonly column: number
      readonly expected: number
    }
  | {
      readonly code: 'CHARACTER'
      readonly line: number
      readonly column: number
      readonly character: string
      /** What was probably meant; nothing is changed without asking. */
      readonly looksLike?: string
    }
  | { readonly code: 'DATE'; readonly line: number; readonly column: number }

/** Whether a zone could be read. Digits that do not fit are no faults: they stand with the document. */
export type MrzReading =
  | { readonly ok: true; readonly document: MrzDocument }
  | { readonly ok: false; readonly faults: readonly MrzFault[] }

const ALLOWED: Readonly<Record<Kind, RegExp>> = {
  letters: /[A-Z<]/,
  digits: /[0-9<]/,
  mixed: /[A-Z0-9<]/,
  sex: /[FM<]/,
}
const LOOKS_LIKE: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
  digits: { O: '0', Q: '0', D: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8' },
  letters: { '0': 'O', '1': 'I', '2': 'Z', '5': 'S', '6': 'G', '8': 'B' },
  mixed: {},
  sex: {},
}

/**
 * Reads the machine-readable zone of a card, passport or visa as it was typed (ICAO Doc 9303 parts 3 to 7).
 * `today` decides the century of two-digit years. It tells what stands there, not that the document is real.
 */
export function parseMrz(text: string, today: Day): MrzReading {
  const lines = mrzLines(text)
  const layout = layoutOf(lines)
  if (layout === undefined) return { ok: false, faults: [{ code: 'LINES', found: lines.length }] }
  const lengths = lengthFaults(layout, lines)
  if (lengths.length > 0) return { ok: false, faults: lengths }
  const characters = lines.map((line) => Array.from(line))
  const read = ([line, from, to]: Place) => characters[line - 1]?.slice(from - 1, to).join('') ?? ''
  const faults = characterFaults(layout, read)
  if (faults.length > 0) return { ok: false, faults }
  return documentOf(layout, read, today)
}

type Read = (place: Place) => string

function documentOf(layout: Layout, read: Read, today: Day): MrzReading {
  const { fields } = layout
  const birth = birthOf(read(fields.birth), today)
  const expiry = expiryOf(read(fields.expiry), today)
  if (birth === undefined || expiry === undefined) {
    const wrong = [
      ...(birth === undefined ? [fields.birth] : []),
      ...(expiry === undefined ? [fields.expiry] : []),
    ]
    return { ok: false, faults: wrong.map(([line, column]) => ({ code: 'DATE', line, column })) }
  }
  const number = numberOf(layout, read)
  const sex = read(fields.sex)
  const document: MrzDocument = {
    kind: layout.kind,
    documentCode: unfilled(read(fields.documentCode)),
    issuer: unfilled(read(fields.issuer)),
    nationality: unfilled(read(fields.nationality)),
    number: number.text.replace(/</g, ''),
    name: nameOf(read(fields.names)),
    birth,
    sex: sex === 'F' ? 'female' : sex === 'M' ? 'male' : 'unspecified',
    expiry,
    optional: [number.optional, read(fields.moreOptional ?? [1, 1, 0])]
      .map((part) => unfilled(part))
      .filter((part) => part !== ''),
    checks: checksOf(layout, read, number),
  }
  return { ok: true, document }
}

interface DocumentNumber {
  readonly text: string
  readonly digit: string
  readonly digitAt: readonly [line: number, column: number]
  /** What is left of the optional field. */
  readonly optional: string
}

/** A number longer than its field goes on in the optional one, its check digit behind it (parts 5 and 6). */
function numberOf({ fields }: Layout, read: Read): DocumentNumber {
  const [text, digit, optional] = [
    read(fields.number),
    read(fields.numberCheck),
    read(fields.optional),
  ]
  const [line, column] = fields.numberCheck
  const more = /^[A-Z0-9]{2,}/.exec(optional)?.[0]
  const goesOn = digit === '<' && !text.endsWith('<') && more !== undefined
  if (!goesOn) return { text, digit, digitAt: [line, column], optional }
  const [optionalLine, from] = fields.optional
  return {
    text: text + more.slice(0, -1),
    digit: more.slice(-1),
    digitAt: [optionalLine, from + more.length - 1],
    optional: optional.slice(more.length),
  }
}

function checksOf(layout: Layout, read: Read, number: DocumentNumber): MrzCheck[] {
  const { fields, covered } = layout
  const check = (field: MrzCheck['field'], characters: string, place: Place): MrzCheck => ({
    field,
    holds: checkHolds(characters, read(place)),
    line: place[0],
    column: place[1],
  })
  const all = covered.map((place) => read(place)).join('')
  return [
    numberCheck(number),
    check('birth', read(fields.birth), fields.birthCheck),
    check('expiry', read(fields.expiry), fields.expiryCheck),
    ...(fields.optionalCheck === undefined
      ? []
      : [check('optional', read(fields.optional), fields.optionalCheck)]),
    ...(fields.composite === undefined ? [] : [check('composite', all, fields.composite)]),
  ]
}

function numberCheck({ text, digit, digitAt: [line, column] }: DocumentNumber): MrzCheck {
  const holds = checkHolds(text, digit)
  const swapped = [...text].flatMap((character, place) => {
    const other = character === 'O' ? '0' : character === '0' ? 'O' : undefined
    if (other === undefined) return []
    const changed = text.slice(0, place) + other + text.slice(place + 1)
    return checkHolds(changed, digit) ? [changed.replace(/</g, '')] : []
  })
  const [only] = swapped
  const meant = holds || swapped.length !== 1 || only === undefined ? {} : { looksLike: only }
  return { field: 'number', holds, line, column, ...meant }
}

function lengthFaults(layout: Layout, lines: readonly string[]): MrzFault[] {
  const expected = layout.length
  return lines.flatMap((line, place) => {
    const { length } = Array.from(line)
    const column = Math.min(length, expected) + 1
    return length === expected ? [] : [{ code: 'LENGTH', line: place + 1, column, expected }]
  })
}

function characterFaults(layout: Layout, read: Read): MrzFault[] {
  const names = Object.keys(layout.fields) as (FieldName | ExtraName)[]
  const faults = names.flatMap((name) => {
    const place = layout.fields[name]
    return place === undefined ? [] : faultsIn(place, read(place), FIELD_KINDS[name])
  })
  return faults.sort((a, b) => a.line - b.line || a.column - b.column)
}

function faultsIn([line, from]: Place, field: string, kind: Kind) {
  return Array.from(field).flatMap((character, place) => {
    if (ALLOWED[kind].test(character)) return []
    const likely = LOOKS_LIKE[kind][character]
    const meant = likely === undefined ? {} : { looksLike: likely }
    return [{ code: 'CHARACTER' as const, line, column: from + place, character, ...meant }]
  })
}

function unfilled(field: string): string {
  return field.replace(/</g, ' ').trim()
}
