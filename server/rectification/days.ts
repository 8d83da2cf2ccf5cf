import { utcDay } from '../platform/kernel/days.js'

export { daysAfter, daysBetween, germanDay as berlinDay } from '../platform/kernel/days.js'

const MONTHS_OF_A_YEAR = 12

/** A day of German time, `YYYY-MM-DD`; two of them compare as texts. */
export type Day = string

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
  const end = utcDay(last)
  if (date > last.getUTCDate()) return { day: end, exists: false }
  return { day: `${end.slice(0, 'YYYY-MM-'.length)}${day.slice(-2)}`, exists: true }
}
