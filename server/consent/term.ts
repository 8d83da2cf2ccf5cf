import { addPeriod } from '../catalogue/index.js'

const BERLIN = new Intl.DateTimeFormat('sv-SE', {
  ...{ timeZone: 'Europe/Berlin', year: 'numeric', month: '2-digit', day: '2-digit' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
})
const HOUR_MS = 3_600_000
/** What German time may be ahead of UTC. */
const SUMMER_MS = 2 * HOUR_MS
const WINTER_MS = HOUR_MS

/**
 * The instant a period later, as a calendar on the wall in Germany has it: same time of the day, never past the end of
 * a month (BGB § 188 (2), (3)). A time that happens twice in the night in autumn is the first; one that the night
 * in spring leaves out is an hour later, as the clock then shows.
 */
export function later(at: Date, period: string): Date {
  const [day = '', time = ''] = BERLIN.format(at).split(' ')
  const wall = Date.parse(`${addPeriod(day, period)}T${time}Z`) + at.getUTCMilliseconds()
  const summer = new Date(wall - SUMMER_MS)
  return aheadOf(summer) === SUMMER_MS ? summer : new Date(wall - WINTER_MS)
}

/** How far German time is ahead of UTC at an instant. */
function aheadOf(at: Date): number {
  const wall = Date.parse(`${BERLIN.format(at).replace(' ', 'T')}Z`)
  return wall - Math.floor(at.getTime() / 1_000) * 1_000
}
