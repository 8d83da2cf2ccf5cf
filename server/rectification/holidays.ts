import { daysAfter, daysBetween, weekdayOf, type Day } from './days.js'

const WEDNESDAY = 3

/** The sixteen Länder. */
export const LAENDER = [
  ...(['bw', 'by', 'be', 'bb', 'hb', 'hh', 'he', 'mv'] as const),
  ...(['ni', 'nw', 'rp', 'sl', 'sn', 'st', 'sh', 'th'] as const),
] as const
export type Land = (typeof LAENDER)[number]

/** The public holidays of the federation and of the Länder, by name. */
export type HolidayCode =
  | 'new-year'
  | 'epiphany'
  | 'womens-day'
  | 'good-friday'
  | 'easter-sunday'
  | 'easter-monday'
  | 'labour-day'
  | 'liberation-day'
  | 'ascension'
  | 'whit-sunday'
  | 'whit-monday'
  | 'corpus-christi'
  | 'assumption'
  | 'childrens-day'
  | 'german-unity'
  | 'reformation-day'
  | 'all-saints'
  | 'repentance-day'
  | 'christmas-day'
  | 'second-christmas-day'

/** One rule of a holiday law: when the day is, where it is one, and in which years. */
interface Holiday {
  readonly code: HolidayCode
  /** `MM-DD`, days from Easter Sunday, or the Wednesday before 23 November. */
  readonly on: `${number}-${number}` | number | 'repentance'
  readonly laender: readonly Land[]
  readonly since?: number
  readonly until?: number
}

/**
 * Holidays by the laws of the Länder (3 October: Unification Treaty Art. 2 (2)). Where a day is one in
 * some municipalities alone (Assumption in Bavaria, Corpus Christi in Saxony and Thuringia, the Peace
 * Festival in Augsburg) it is left out: without it a period ends earlier, never later, and an
 * authority that keeps the earlier day has kept both. 24 and 31 December are working days by law.
 */
const HOLIDAYS: readonly Holiday[] = [
  { code: 'new-year', on: '01-01', laender: LAENDER },
  { code: 'epiphany', on: '01-06', laender: ['bw', 'by', 'st'] },
  { code: 'womens-day', on: '03-08', laender: ['be'], since: 2019 },
  { code: 'womens-day', on: '03-08', laender: ['mv'], since: 2023 },
  { code: 'good-friday', on: -2, laender: LAENDER },
  { code: 'easter-sunday', on: 0, laender: ['bb'] },
  { code: 'easter-monday', on: 1, laender: LAENDER },
  { code: 'labour-day', on: '05-01', laender: LAENDER },
  { code: 'liberation-day', on: '05-08', laender: ['be'], since: 2020, until: 2020 },
  { code: 'liberation-day', on: '05-08', laender: ['be'], since: 2025, until: 2025 },
  { code: 'ascension', on: 39, laender: LAENDER },
  { code: 'whit-sunday', on: 49, laender: ['bb'] },
  { code: 'whit-monday', on: 50, laender: LAENDER },
  { code: 'corpus-christi', on: 60, laender: ['bw', 'by', 'he', 'nw', 'rp', 'sl'] },
  { code: 'assumption', on: '08-15', laender: ['sl'] },
  { code: 'childrens-day', on: '09-20', laender: ['th'], since: 2019 },
  { code: 'german-unity', on: '10-03', laender: LAENDER },
  { code: 'reformation-day', on: '10-31', laender: ['bb', 'mv', 'sn', 'st', 'th'] },
  { code: 'reformation-day', on: '10-31', laender: ['hb', 'hh', 'ni', 'sh'], since: 2018 },
  { code: 'reformation-day', on: '10-31', laender: LAENDER, since: 2017, until: 2017 },
  { code: 'all-saints', on: '11-01', laender: ['bw', 'by', 'nw', 'rp', 'sl'] },
  { code: 'repentance-day', on: 'repentance', laender: ['sn'] },
  { code: 'christmas-day', on: '12-25', laender: LAENDER },
  { code: 'second-christmas-day', on: '12-26', laender: LAENDER },
]

/** The public holiday that a day is in a Land, or nothing; sure for the years from 2018 on. */
export function holidayOf(day: Day, land: Land): HolidayCode | undefined {
  const year = Number(day.slice(0, 4))
  const fromEaster = daysBetween(easterSunday(year), day)
  const isOn = (on: Holiday['on']) => {
    if (typeof on === 'number') return on === fromEaster
    return on === 'repentance' ? isRepentance(day) : on === day.slice('YYYY-'.length)
  }
  const found = HOLIDAYS.find(
    ({ on, laender, since = year, until = year }) =>
      laender.includes(land) && since <= year && year <= until && isOn(on),
  )
  return found?.code
}

/** Whether a day is a public holiday in all sixteen Länder. */
export function isHolidayEverywhere(day: Day): boolean {
  return LAENDER.every((land) => holidayOf(day, land) !== undefined)
}

/** Why a day is no working day: the holiday where it is one, else the day of the weekend. */
export type NotWorking = HolidayCode | 'saturday' | 'sunday'

/** Why a day is no working day in a Land (Regulation 1182/71 Art. 2), or nothing where it is one. */
export function notWorking(day: Day, land: Land): NotWorking | undefined {
  const weekday = weekdayOf(day)
  const weekend = weekday === 6 ? 'saturday' : weekday === 0 ? 'sunday' : undefined
  return holidayOf(day, land) ?? weekend
}

/** The Wednesday before 23 November. */
function isRepentance(day: Day): boolean {
  const rest = day.slice('YYYY-'.length)
  return rest >= '11-16' && rest <= '11-22' && weekdayOf(day) === WEDNESDAY
}

/**
 * Easter Sunday of a Gregorian year: the Sunday after the full moon of the church, which the golden
 * number and the corrections of the centuries give (the computation of Meeus, Jones and Butcher).
 */
export function easterSunday(year: number): Day {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const ofCentury = year % 100
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30
  const leaps = 2 * (century % 4) + 2 * Math.floor(ofCentury / 4)
  const toSunday = (32 + leaps - epact - (ofCentury % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451)
  return daysAfter(`${year}-03-22`, epact + toSunday - 7 * late)
}
