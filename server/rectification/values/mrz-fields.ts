import type { Day } from '../days.js'
import { realDay } from './partial-date.js'

/** A name of a zone, with spaces for its fillers. */
export interface MrzName {
  /** Family name, or the only name. */
  readonly primary: string
  /** Given names; empty for a single name. */
  readonly secondary: string
  /** Whether the field is full to its end, so that the name may have been cut. */
  readonly mayBeCut: boolean
}

/** A date of birth; what the document does not know is missing. */
export interface MrzBirth {
  /** All years that two digits can mean for a living person, the latest first; none where unknown. */
  readonly years: readonly number[]
  readonly month?: number
  readonly day?: number
}

const OLDEST = 125
const DATE = /^(\d{2}|<<)(\d{2}|<<)(\d{2}|<<)$/
const CENTURY = 100

/** The two parts of a name field, which two fillers divide. */
export function nameOf(field: string): MrzName {
  const [primary = '', ...rest] = field.replace(/^<+/, '').split('<<')
  const spaced = (text: string) => text.replace(/<+/g, ' ').trim()
  return {
    primary: spaced(primary),
    secondary: spaced(rest.join('<')),
    mayBeCut: !field.endsWith('<'),
  }
}

/** The date of birth of a field `YYMMDD`, parts of which may be fillers; nothing where it is no date. */
export function birthOf(field: string, today: Day): MrzBirth | undefined {
  const parts = partsOf(field)
  if (parts === undefined) return undefined
  const { yy, ...known } = parts
  if (yy === undefined) return isDate(undefined, known) ? { years: [], ...known } : undefined
  const thisYear = Number(today.slice(0, 4))
  const latest = thisYear - ((thisYear - yy) % CENTURY)
  const years = [latest, latest - CENTURY].filter(
    (year) => thisYear - year <= OLDEST && isDate(year, known) && !isLater(year, known, today),
  )
  return years.length === 0 ? undefined : { years, ...known }
}

/**
 * The day of expiry of a field `YYMMDD`, in the century that brings it nearest to today; `null` where the
 * document names none, nothing where it is no date.
 */
export function expiryOf(field: string, today: Day): Day | null | undefined {
  if (/^<+$/.test(field)) return null
  const parts = partsOf(field)
  if (parts?.yy === undefined || parts.month === undefined || parts.day === undefined) {
    return undefined
  }
  const { yy, month, day } = parts
  const thisYear = Number(today.slice(0, 4))
  const early = thisYear - CENTURY / 2 + 1
  const year = early + ((((yy - early) % CENTURY) + CENTURY) % CENTURY)
  return realDay({ year, month, day })
}

interface Known {
  readonly month?: number
  readonly day?: number
}

function partsOf(field: string): ({ readonly yy?: number } & Known) | undefined {
  const [, yy, month, day] = DATE.exec(field) ?? []
  if (yy === undefined || month === undefined || day === undefined) return undefined
  return {
    ...(yy === '<<' ? {} : { yy: Number(yy) }),
    ...(month === '<<' ? {} : { month: Number(month) }),
    ...(day === '<<' ? {} : { day: Number(day) }),
  }
}

/** Whether some day of the calendar has what is known; a leap year stands in for an unknown year. */
function isDate(year = 2000, { month, day }: Known): boolean {
  if (month !== undefined) return realDay({ year, month, day: day ?? 1 }) !== undefined
  return day === undefined || realDay({ year, month: 1, day }) !== undefined
}

function isLater(year: number, { month, day }: Known, today: Day): boolean {
  const earliest = realDay({ year, month: month ?? 1, day: month === undefined ? 1 : (day ?? 1) })
  return earliest === undefined || earliest > today
}
