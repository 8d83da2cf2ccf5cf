import { isHolidayEverywhere } from '../../rectification/index.js'

/** Hours in which offices work, by the German clock: from the first, before the second. */
export const WORKING_HOURS = { from: 6, until: 20 } as const

const PARTS = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: 'Europe/Berlin', hourCycle: 'h23', weekday: 'short' },
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' },
})

/** Why an instant lies outside working hours. */
export type OffHours = 'night' | 'weekend' | 'holiday'

/** Why an instant is outside working hours in all of Germany, or nothing; holidays of single Länder are no reason. */
export function offHours(instant: Date): OffHours | undefined {
  const parts = new Map(PARTS.formatToParts(instant).map(({ type, value }) => [type, value]))
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? ''
  if (isHolidayEverywhere(`${part('year')}-${part('month')}-${part('day')}`)) return 'holiday'
  if (['Sat', 'Sun'].includes(part('weekday'))) return 'weekend'
  const hour = Number(part('hour'))
  return hour < WORKING_HOURS.from || hour >= WORKING_HOURS.until ? 'night' : undefined
}
