/** The day of an instant in Germany, `YYYY-MM-DD`. */
export type DayOf = (instant: Date) => string

const DAY_MS = 86_400_000
/** What German time may be ahead of UTC, the larger first. */
const OFFSETS = ['+02:00', '+01:00'] as const

/** The first instant of a day in Germany. */
export function startOf(day: string, dayOf: DayOf): Date {
  const starts = OFFSETS.map((offset) => new Date(`${day}T00:00:00${offset}`))
  const start = starts.find((one) => dayOf(one) === day)
  if (start === undefined) throw new Error(`${day} has no beginning`)
  return start
}

/**
 * From when on a paper counts whose day of receipt alone is known: an end from the beginning of that day, as
 * nobody may go on with what was withdrawn; an answer from its end, as a yes is never earlier than the paper.
 */
export function countsFrom(
  day: string,
  {
    kind,
    now,
    dayOf,
  }: { readonly kind: 'answer' | 'end'; readonly now: Date; readonly dayOf: DayOf },
): Date {
  const start = startOf(day, dayOf)
  if (kind === 'end') return start
  const next = startOf(dayOf(new Date(start.getTime() + DAY_MS + DAY_MS / 4)), dayOf)
  const end = new Date(next.getTime() - 1)
  return dayOf(now) === day && end > now ? now : end
}
