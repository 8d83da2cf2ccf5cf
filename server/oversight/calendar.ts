const BERLIN = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' })
const DAY_MS = 86_400_000

/** The day of an instant in German time, `YYYY-MM-DD`. */
export function germanDay(instant: Date): string {
  return BERLIN.format(instant)
}

/** A day so many days later, or earlier where the number is negative. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)
}
