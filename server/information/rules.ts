import { germanDay } from '../platform/kernel/days.js'

/** The month of an instant in German time, `YYYY-MM`: the finest date that public pages give of deliveries. */
export function germanMonth(instant: Date): string {
  return germanDay(instant).slice(0, 7)
}

/** The origin of a checkpoint: its first line (C2SP tlog-checkpoint). */
export function originOf(note: string): string {
  return note.split('\n', 1)[0] ?? ''
}

const PERIOD = /^P(\d+)([DWMY])$/

/** An ISO 8601 duration of one unit as number and unit; throws for one that no rule has. */
export function periodParts(period: string): { readonly count: number; readonly unit: string } {
  const [, count, unit] = PERIOD.exec(period) ?? []
  if (count === undefined || unit === undefined) throw new Error(`not one unit of time: ${period}`)
  return { count: Number(count), unit }
}

/** The levels of the directory, from the federation down. */
export const LEVELS = ['federal', 'state', 'municipal', 'non-state', 'foreign'] as const
export type Level = (typeof LEVELS)[number]

/** The level of an address, or nothing where there is none of this name. */
export function levelOf(raw: string | undefined): Level | undefined {
  return LEVELS.find((level) => level === raw)
}
