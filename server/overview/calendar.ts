import { germanDay } from '../platform/kernel/days.js'

export { germanDay, utcDay as expiryDay } from '../platform/kernel/days.js'

const DAY_MS = 86_400_000

/** The month of an instant in German time, `YYYY-MM`. */
export function germanMonth(instant: Date): string {
  return germanDay(instant).slice(0, 7)
}

/** The instant some days of 24 hours earlier. */
export function daysBefore(instant: Date, count: number): Date {
  return new Date(instant.getTime() - count * DAY_MS)
}

/** The month of an instant and those before it, oldest first, each `YYYY-MM`. */
export function monthsUpTo(instant: Date, count: number): string[] {
  const [year = 0, month = 0] = germanMonth(instant).split('-').map(Number)
  return Array.from({ length: count }, (_, place) => {
    const first = new Date(Date.UTC(year, month - count + place, 1))
    return first.toISOString().slice(0, 7)
  })
}
