import { daysAfter } from '../platform/kernel/days.js'

/** A month or quarter that is over, and the first day behind it. */
export interface Edition {
  /** `YYYY-MM` or `YYYY-Qn`. */
  readonly period: string
  readonly first: string
}

/** Deliveries come late: so many days after its end a period is counted, once. */
const LATE_DAYS = 10
/** Older periods are not made up for: part of their entries is gone already. */
const MONTHS = 3

/** The months that can be published on a day, the oldest first. */
export function monthsOn(today: string): readonly Edition[] {
  return endedBefore(daysAfter(today, -LATE_DAYS), 1).map((first) => ({
    first,
    period: first.slice(0, 'YYYY-MM'.length),
  }))
}

/** The quarter that can be published on a day. */
export function quartersOn(today: string): readonly Edition[] {
  return endedBefore(daysAfter(today, -LATE_DAYS), 3)
    .slice(-1)
    .map((first) => ({
      first,
      period: `${first.slice(0, 4)}-Q${Math.ceil(Number(first.slice(5, 7)) / 3)}`,
    }))
}

/** First days of the last periods of so many months that ended on a day or before. */
function endedBefore(day: string, width: number): readonly string[] {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const current = Math.floor((year * 12 + month - 1) / width)
  return Array.from({ length: MONTHS }, (_, back) => {
    const months = (current - MONTHS + back) * width
    return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`
  })
}
