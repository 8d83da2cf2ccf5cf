import type { Language } from './languages.js'

/** An instant, or a calendar day as `YYYY-MM-DD` (a month as `YYYY-MM`). */
export type Day = Date | string

/** Dates, numbers and lists as sentences of one language, Gregorian and with Latin digits everywhere. */
export interface Formats {
  /** Day, month in words and year, in German time. */
  date(day: Day): string
  /** Date and time of day (24 hours) in German time. */
  dateTime(instant: Date): string
  /** Month in words and year. */
  month(day: Day): string
  number(value: number): string
  /** "one, two and three". */
  list(items: readonly string[]): string
  /** The same, cut into items and what stands between them. */
  listParts(items: readonly string[]): readonly { readonly item: boolean; readonly text: string }[]
}

/** German time, as in the letters of the authorities. */
export const TIME_ZONE = 'Europe/Berlin'

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const DATE = { day: 'numeric', month: 'long', year: 'numeric' } as const
const MONTH = { month: 'long', year: 'numeric' } as const

/** Makes the formats of a language; build once per language, Intl objects are dear. */
export function createFormats({ intl }: Language): Formats {
  const days = dayFormat(intl, DATE)
  const months = dayFormat(intl, MONTH)
  const times = new Intl.DateTimeFormat(intl, { ...DATE, ...CLOCK, timeZone: TIME_ZONE })
  const numbers = new Intl.NumberFormat(intl)
  const lists = new Intl.ListFormat(intl, { type: 'conjunction' })
  return {
    date: days,
    dateTime: (instant) => times.format(instant),
    month: months,
    number: (value) => numbers.format(value),
    list: (items) => lists.format(items),
    listParts: (items) =>
      lists
        .formatToParts(items)
        .map(({ type, value }) => ({ item: type === 'element', text: value })),
  }
}

/** The day of an instant in German time, as `YYYY-MM-DD`. */
export function isoDay(instant: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE }).format(instant)
}

const CALENDAR_DAY = /^\d{4}-\d{2}(-\d{2})?$/

/** A calendar day has no zone: it is read and written as UTC, so that it never slips to its neighbour. */
function dayFormat(intl: string, parts: Intl.DateTimeFormatOptions): (day: Day) => string {
  const here = new Intl.DateTimeFormat(intl, { ...parts, timeZone: TIME_ZONE })
  const zoneless = new Intl.DateTimeFormat(intl, { ...parts, timeZone: 'UTC' })
  return (day) => {
    if (day instanceof Date) return here.format(day)
    if (!CALENDAR_DAY.test(day)) throw new Error(`not a calendar day: ${day}`)
    return zoneless.format(new Date(`${day}${day.length === 7 ? '-01' : ''}T00:00:00Z`))
  }
}
