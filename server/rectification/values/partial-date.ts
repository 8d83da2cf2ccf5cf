import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import type { Day } from '../days.js'

/** A whole day of the Gregorian calendar. */
export interface WholeDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

/**
 * A date as far as it is known, like `teilbekanntesDatum` of the XÖV standards: nothing, the year, the
 * month of a year, or the day. A month without its year and a day without its month cannot be said.
 */
export type PartialDate =
  | { readonly year?: undefined; readonly month?: undefined; readonly day?: undefined }
  | { readonly year: number; readonly month?: undefined; readonly day?: undefined }
  | { readonly year: number; readonly month: number; readonly day?: undefined }
  | WholeDate

/** The three inputs of a form, as they were typed. */
export interface RawDate {
  readonly day: string
  readonly month: string
  readonly year: string
}

/** Why three inputs are no date: the input at fault is its first word. */
export type DateFault =
  | { readonly input: 'year'; readonly code: 'NOT_A_YEAR' | 'TOO_EARLY' | 'FUTURE' | 'MISSING' }
  | { readonly input: 'month'; readonly code: 'NOT_A_MONTH' | 'FUTURE' | 'MISSING' }
  | { readonly input: 'day'; readonly code: 'NOT_A_DAY' | 'NO_SUCH_DAY' | 'FUTURE' }

/** The first year that a date of a living person's register can have. */
export const EARLIEST_YEAR = 1850

/** Digits of the scripts that the portal's readers type, each from its zero. */
const ZEROS = ['\u0660', '\u06f0']
const UNKNOWN = /^0*$/
const WHOLE = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * A date from three inputs. An empty input and zeros mean unknown, as on the papers of the registers
 * (00.00.1985); Arabic and Persian digits are read. Nothing behind `today` is a date of birth.
 */
export function parsePartialDate(raw: RawDate, today: Day): Result<PartialDate, DateFault> {
  const [year, month, day] = [numberIn(raw.year), numberIn(raw.month), numberIn(raw.day)]
  if (year === undefined) {
    const empty = month === undefined && day === undefined
    return empty ? ok({}) : refuse({ input: 'year', code: 'MISSING' })
  }
  if (!Number.isInteger(year) || year > 9999) return refuse({ input: 'year', code: 'NOT_A_YEAR' })
  if (year < EARLIEST_YEAR) return refuse({ input: 'year', code: 'TOO_EARLY' })
  if (String(year) > today.slice(0, 4)) return refuse({ input: 'year', code: 'FUTURE' })
  if (month === undefined) {
    return day === undefined ? ok({ year }) : refuse({ input: 'month', code: 'MISSING' })
  }
  if (!(month >= 1 && month <= 12)) return refuse({ input: 'month', code: 'NOT_A_MONTH' })
  if (isoText({ year, month }) > today) return refuse({ input: 'month', code: 'FUTURE' })
  if (day === undefined) return ok({ year, month })
  return dayOf({ year, month, day }, today)
}

function dayOf(date: WholeDate, today: Day): Result<PartialDate, DateFault> {
  if (!(date.day >= 1 && date.day <= 31)) return refuse({ input: 'day', code: 'NOT_A_DAY' })
  const real = realDay(date)
  if (real === undefined) return refuse({ input: 'day', code: 'NO_SUCH_DAY' })
  return real > today ? refuse({ input: 'day', code: 'FUTURE' }) : ok(date)
}

/** Whole number of an input, nothing where it says unknown, NaN where it is no number. */
function numberIn(raw: string): number | undefined {
  const digits = [...raw.trim()].map((character) => latinDigit(character)).join('')
  if (UNKNOWN.test(digits)) return undefined
  return /^\d{1,4}$/.test(digits) ? Number(digits) : Number.NaN
}

function latinDigit(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const zero = ZEROS.map((sign) => sign.codePointAt(0) ?? 0).find(
    (first) => code >= first && code < first + 10,
  )
  return zero === undefined ? character : String(code - zero)
}

/** The day `YYYY-MM-DD` of three numbers, or nothing where the calendar has no such day. */
export function realDay({ year, month, day }: WholeDate): Day | undefined {
  if (![year, month, day].every((part) => Number.isInteger(part))) return undefined
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return undefined
  const text = isoText({ year, month, day })
  const instant = new Date(`${text}T00:00:00Z`)
  const exists = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text)
  return exists ? text : undefined
}

/** Whether a date, as far as it is known, is one of the calendar. */
export function isReal(date: PartialDate): boolean {
  const { year, month, day } = date
  if (year === undefined) return true
  return realDay({ year, month: month ?? 1, day: day ?? 1 }) !== undefined
}

/** An order for lists: by year, month and day, what is unknown first. Negative where the first comes first. */
export function compareDates(one: PartialDate, other: PartialDate): number {
  return (
    (one.year ?? 0) - (other.year ?? 0) ||
    (one.month ?? 0) - (other.month ?? 0) ||
    (one.day ?? 0) - (other.day ?? 0)
  )
}

/** Whether two dates may be the same day: what both know is the same. */
export function mayBeSame(one: PartialDate, other: PartialDate): boolean {
  const same = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined || a === b
  return same(one.year, other.year) && same(one.month, other.month) && same(one.day, other.day)
}

/**
 * Whether a date of birth may stand for an unknown day: 416,420 people stood in the Central Register
 * with 1 January in 2020.
 */
export function mayBePlaceholder({ month, day }: PartialDate): boolean {
  return month === 1 && day === 1
}

/** The parts as two and four Latin digits, empty where unknown: for inputs, and for any order of a language. */
export function dateParts({ year, month, day }: PartialDate): RawDate {
  const padded = (part: number | undefined, length: number) =>
    part === undefined ? '' : String(part).padStart(length, '0')
  return { day: padded(day, 2), month: padded(month, 2), year: padded(year, 4) }
}

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (ISO 8601), empty where nothing is known. */
export function isoText(date: PartialDate): string {
  const { year, month, day } = dateParts(date)
  return [year, month, day].filter((part) => part !== '').join('-')
}

/** The numbers of a day `YYYY-MM-DD`; throws for a text of another form. */
export function wholeDate(day: Day): WholeDate {
  const [, year, month, date] = WHOLE.exec(day) ?? []
  if (date === undefined) throw new RangeError(`not a day: ${day}`)
  return { year: Number(year), month: Number(month), day: Number(date) }
}

/** Whether a text is a day that the calendar has, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const [year = Number.NaN, month = Number.NaN, day = Number.NaN] = text.split('-').map(Number)
  return realDay({ year, month, day }) === text
}
