const german = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' })
const DAY_MS = 86_400_000

/** Whether a text is a day of the calendar, `YYYY-MM-DD`; there was no year 0, and the database knows none. */
export function isCalendarDay(text: string): boolean {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** The day of an instant in German time, `YYYY-MM-DD`, whatever time zone the machine has. */
export function germanDay(instant: Date): string {
  return german.format(instant)
}

/** The UTC day of an instant, `YYYY-MM-DD`: entries expire by it everywhere. */
export function utcDay(instant: Date): string {
  return instant.toISOString().slice(0, 'YYYY-MM-DD'.length)
}

/** The day some days later, or earlier where the number is negative. Throws RangeError where there is no such day. */
export function daysAfter(day: string, count: number): string {
  return utcDay(new Date(Date.parse(day) + count * DAY_MS))
}

/** Whole days from one day to another; negative where the second comes first. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS
}
