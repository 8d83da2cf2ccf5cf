import { daysAfter, germanDay } from '../platform/kernel/days.js'

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const MINUTE = 60_000
const EARLIEST_YEAR = 1000

/**
 * The instant of an RFC 3339 date-time, or nothing where it has no offset or names a day, hour or
 * minute that does not exist. Digits beyond the millisecond are cut; a leap second is refused,
 * because no clock here could show it again.
 */
export function instantOf(text: string): Date | undefined {
  const parts = INSTANT.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second, fraction = '', sign, ...offset] = parts
  const [offsetHours, offsetMinutes] = offset.map((part) => Number(part ?? 0))
  const inRange = isDay(Number(year), Number(month), Number(day)) && Number(hour) < 24
  const inHour = Number(minute) < 60 && Number(second) < 60
  if (!inRange || !inHour || Number(offsetHours) > 23 || Number(offsetMinutes) > 59)
    return undefined
  const millis = fraction.slice(0, 3).padEnd(3, '0')
  const wall = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}Z`)
  const ahead = (Number(offsetHours) * 60 + Number(offsetMinutes)) * MINUTE
  return new Date(sign === '-' ? wall + ahead : wall - ahead)
}

/** The same `YYYY-MM-DD`, or nothing where the calendar has no such day. */
export function dayOf(text: string): string | undefined {
  const parts = DAY.exec(text)
  return parts !== null && isDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))
    ? text
    : undefined
}

/** The first day that begins, in Germany, at or after an instant: nothing is shown too early. */
export function dayFrom(instant: Date): string {
  return daysAfter(germanDay(new Date(instant.getTime() - 1)), 1)
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < EARLIEST_YEAR || month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}
