const berlin = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' })
const DAY_MS = 86_400_000
const MONTHS_OF_A_YEAR = 12

/** A day of German time, `YYYY-MM-DD`; two of them compare as texts. */
export type Day = string

/** The day of an instant in Germany. */
export function berlinDay(instant: Date): Day {
  return berlin.format(instant)
}

/** The day some days later, or earlier where the number is negative. Throws where there is no such day. */
export function daysAfter(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length)
}

/** Whole days from one day to another; negative where the second comes first. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS
}

/** The day of the week: 0 is Sunday, 6 Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(Date.parse(day)).getUTCDay()
}

/** The same date some months later, and whether that month has it; the last day of the month where not. */
export function sameDateAfter(day: Day, months: number): { readonly day: Day; exists: boolean } {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const reached = year * MONTHS_OF_A_YEAR + month - 1 + months
  const last = new Date(
    Date.UTC(Math.floor(reached / MONTHS_OF_A_YEAR), (reached % MONTHS_OF_A_YEAR) + 1, 0),
  )
  const end = last.toISOString().slice(0, 'YYYY-MM-DD'.length)
  if (date > last.getUTCDate()) return { day: end, exists: false }
  return { day: `${end.slice(0, 'YYYY-MM-'.length)}${day.slice(-2)}`, exists: true }
}
