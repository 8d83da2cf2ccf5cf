import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import { daysAfter, daysBetween, type Day } from '../days.js'
import { EARLIEST_YEAR, type PartialDate, type WholeDate } from './partial-date.js'

/** Calendars by which people know their birthday. The Solar Hijri one is that of Iran and Afghanistan. */
export const FOREIGN_CALENDARS = ['persian', 'islamic', 'ethiopian'] as const
export type ForeignCalendar = (typeof FOREIGN_CALENDARS)[number]

/** How a calendar is counted: the Islamic one by the tables of Umm al-Qura, and by arithmetic. */
export type Reckoning = 'persian' | 'islamic-umalqura' | 'islamic-civil' | 'ethiopic'

/** A day in a calendar, by one way of counting it or by several that agree. */
export interface ForeignReading {
  readonly reckonings: readonly Reckoning[]
  readonly date: WholeDate
}

/** The Gregorian days that a foreign date can mean: one day, or all days of its month or year. */
export interface GregorianReading {
  readonly reckonings: readonly Reckoning[]
  readonly first: Day
  readonly last: Day
}

/** Why a foreign date has no Gregorian one between 1850 and today. */
export type ForeignFault = 'NO_SUCH_DATE' | 'TOO_EARLY' | 'FUTURE'

const RECKONINGS: Readonly<Record<ForeignCalendar, readonly Reckoning[]>> = {
  persian: ['persian'],
  islamic: ['islamic-umalqura', 'islamic-civil'],
  ethiopian: ['ethiopic'],
}
const EARLIEST: Day = `${EARLIEST_YEAR}-01-01`
/** More than the longest year of any calendar, so that a year that goes on is found whole. */
const MARGIN_DAYS = 400

/** The day in a foreign calendar; more than one reading where ways of counting differ. */
export function fromGregorian(day: Day, calendar: ForeignCalendar): ForeignReading[] {
  return grouped(
    RECKONINGS[calendar].map((reckoning) => ({
      reckonings: [reckoning],
      date: partsOn(day, reckoning),
    })),
    ({ date }) => `${date.year}-${date.month}-${date.day}`,
  )
}

/**
 * The Gregorian days of a foreign date, one reading for each way of counting that differs. A date
 * without its day or month gives all its days, so a year gives parts of two Gregorian years; days before
 * 1850 and behind `today` are left out. A day that only some ways of counting know gives their readings.
 */
export function toGregorian(
  date: PartialDate,
  calendar: ForeignCalendar,
  today: Day,
): Result<GregorianReading[], ForeignFault> {
  const found = RECKONINGS[calendar].map((reckoning) => daysOf(date, reckoning, today))
  const readings = found.flatMap((result) => (result.ok ? [result.value] : []))
  const [fault] = found.flatMap((result) => (result.ok ? [] : [result.refusal]))
  if (readings.length === 0) return refuse(fault ?? 'NO_SUCH_DATE')
  return ok(grouped(readings, ({ first, last }) => `${first} ${last}`))
}

type Key = readonly [year: number, month: number, day: number]

function daysOf(
  { year, month, day }: PartialDate,
  reckoning: Reckoning,
  today: Day,
): Result<GregorianReading, ForeignFault> {
  if (year === undefined) return refuse('NO_SUCH_DATE')
  const low = daysAfter(EARLIEST, -MARGIN_DAYS)
  const high = daysAfter(today, MARGIN_DAYS)
  const key: Key = [year, month ?? 1, day ?? 1]
  if (order(keyOn(low, reckoning), key) > 0) return refuse('TOO_EARLY')
  if (order(keyOn(high, reckoning), key) < 0) return refuse('FUTURE')
  const find = (wanted: Key) => firstDayFrom(wanted, reckoning, [low, high])
  const first = find(key)
  if (order(keyOn(first, reckoning), key) !== 0) return refuse('NO_SUCH_DATE')
  const last = day === undefined ? daysAfter(find(behind(year, month)), -1) : first
  if (last < EARLIEST) return refuse('TOO_EARLY')
  if (first > today) return refuse('FUTURE')
  const within = {
    first: first < EARLIEST ? EARLIEST : first,
    last: last > today ? today : last,
  }
  return ok({ reckonings: [reckoning], ...within })
}

/** The beginning of what follows a month or a year. */
function behind(year: number, month: number | undefined): Key {
  return month === undefined ? [year + 1, 1, 1] : [year, month + 1, 1]
}

/** The first Gregorian day, within bounds, on which a calendar has reached a date: by halving. */
function firstDayFrom(wanted: Key, reckoning: Reckoning, [low, high]: readonly [Day, Day]): Day {
  let [from, to] = [0, daysBetween(low, high)]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (order(keyOn(daysAfter(low, middle), reckoning), wanted) < 0) from = middle + 1
    else to = middle
  }
  return daysAfter(low, from)
}

function order(one: Key, other: Key): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2]
}

function keyOn(day: Day, reckoning: Reckoning): Key {
  const { year, month, day: date } = partsOn(day, reckoning)
  return [year, month, date]
}

const formats: Readonly<Record<Reckoning, Intl.DateTimeFormat>> = {
  persian: format('persian'),
  'islamic-umalqura': format('islamic-umalqura'),
  'islamic-civil': format('islamic-civil'),
  ethiopic: format('ethiopic'),
}

function format(calendar: Reckoning): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en', {
    calendar,
    numberingSystem: 'latn',
    timeZone: 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
}

function partsOn(day: Day, reckoning: Reckoning): WholeDate {
  const parts = formats[reckoning].formatToParts(Date.parse(day))
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value)
  return { year: part('year'), month: part('month'), day: part('day') }
}

/** Readings with the same result become one that names all its ways of counting. */
function grouped<Reading extends { readonly reckonings: readonly Reckoning[] }>(
  readings: readonly Reading[],
  result: (reading: Reading) => string,
): Reading[] {
  const byResult = new Map<string, Reading>()
  for (const reading of readings) {
    const known = byResult.get(result(reading))
    const reckonings = [...(known?.reckonings ?? []), ...reading.reckonings]
    byResult.set(result(reading), { ...reading, reckonings })
  }
  return [...byResult.values()]
}
