import { remembered } from './remembered.js'
import { daysAfter, germanDay } from '../platform/kernel/days.js'

const MINUTE_MS = 60_000

/** Days and instants in German time, counted back from the day on which the demonstration is made. */
export interface Timetable {
  /** Today, `YYYY-MM-DD`. */
  readonly today: string
  /** The day some days before today. */
  day(before: number): string
  /** The same day, or the last working day before it. */
  workday(before: number): string
  /** A minute of a day: RFC 3339 text with offset, and milliseconds since 1970. */
  instant(day: string, minute: number, second: number): { text: string; at: number }
}

/** Days on which no office works anywhere in Germany and that do not move: month and day. */
const HOLIDAYS = new Set(['01-01', '05-01', '10-03', '12-25', '12-26'])

const offsets = new Intl.DateTimeFormat('en', {
  timeZone: 'Europe/Berlin',
  timeZoneName: 'longOffset',
})

/** Makes the timetable of a day. */
export function createTimetable(now: Date): Timetable {
  const today = germanDay(now)
  const offsetOf = remembered((day: string) => {
    const parts = offsets.formatToParts(new Date(`${day}T12:00:00Z`))
    return (parts.find(({ type }) => type === 'timeZoneName')?.value ?? '').replace('GMT', '')
  })
  const days = remembered((before) => daysAfter(today, -Number(before)))
  const workdays = remembered((before) => lastWorkday(days(before)))
  return {
    today,
    day: (before) => days(String(before)),
    workday: (before) => workdays(String(before)),
    instant: (onDay, minute, second) => {
      const time = [Math.floor(minute / 60), minute % 60, second].map(twoDigits).join(':')
      const offset = offsetOf(onDay)
      return {
        text: `${onDay}T${time}${offset}`,
        at: Date.parse(`${onDay}T00:00:00${offset}`) + minute * MINUTE_MS + second * 1000,
      }
    },
  }
}

function lastWorkday(day: string): string {
  return isFree(day) ? lastWorkday(daysAfter(day, -1)) : day
}

function isFree(day: string): boolean {
  const weekday = new Date(day).getUTCDay()
  return weekday === 0 || weekday === 6 || HOLIDAYS.has(day.slice(5))
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
