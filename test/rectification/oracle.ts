/** The calendar once more, from other sources and by other ways than the code under test. */

/** Easter Sundays as the almanacs print them. */
const EASTER: Readonly<Record<number, string>> = {
  2018: '04-01',
  2019: '04-21',
  2020: '04-12',
  2021: '04-04',
  2022: '04-17',
  2023: '04-09',
  2024: '03-31',
  2025: '04-20',
  2026: '04-05',
  2027: '03-28',
  2028: '04-16',
  2029: '04-01',
  2030: '04-21',
  2031: '04-13',
  2032: '03-28',
  2033: '04-17',
  2034: '04-09',
  2035: '03-25',
  2036: '04-13',
  2037: '04-05',
  2038: '04-25',
}

/** The years that the table of Easter Sundays covers. */
export const YEARS = { first: 2018, last: 2038 }

export const day = (year: number, month: number, date: number) =>
  [year, String(month).padStart(2, '0'), String(date).padStart(2, '0')].join('-')

const LEAP = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
export const monthLength = (year: number, month: number) =>
  [31, LEAP(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] as number

/** The day after, by carrying. */
export function next(text: string): string {
  const [year, month, date] = text.split('-').map(Number) as [number, number, number]
  if (date < monthLength(year, month)) return day(year, month, date + 1)
  return month < 12 ? day(year, month + 1, 1) : day(year + 1, 1, 1)
}

/** The day of the week by Sakamoto's table: 0 is Sunday. */
export function weekday(text: string): number {
  const [year, month, date] = text.split('-').map(Number) as [number, number, number]
  const shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] as number
  const y = month < 3 ? year - 1 : year
  return (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + shift + date) % 7
}

function before(text: string): string {
  const [year, month, date] = text.split('-').map(Number) as [number, number, number]
  return date > 1 ? day(year, month, date - 1) : day(year, month - 1, monthLength(year, month - 1))
}

function later(text: string, days: number): string {
  return days === 0 ? text : later(next(text), days - 1)
}

const known = new Map<string, Set<string>>()

/** All days off of a year in a Land, week-ends apart, from one list for each Land. */
export function daysOff(year: number, land: string): Set<string> {
  const found = known.get(land + year) ?? listed(year, land)
  known.set(land + year, found)
  return found
}

function listed(year: number, land: string): Set<string> {
  const easter = `${year}-${EASTER[year]}`
  const goodFriday = before(before(easter))
  const all = ['01-01', '05-01', '10-03', '12-25', '12-26'].map((rest) => `${year}-${rest}`)
  const moving = [goodFriday, later(easter, 1), later(easter, 39), later(easter, 50)]
  const corpusChristi = later(easter, 60)
  const own: Record<string, string[]> = {
    bw: ['01-06', '11-01'],
    by: ['01-06', '11-01'],
    be: [...(year >= 2019 ? ['03-08'] : []), ...(year === 2020 || year === 2025 ? ['05-08'] : [])],
    bb: ['10-31', easter.slice(5), later(easter, 49).slice(5)],
    hb: ['10-31'],
    hh: ['10-31'],
    he: [],
    mv: ['10-31', ...(year >= 2023 ? ['03-08'] : [])],
    ni: ['10-31'],
    nw: ['11-01'],
    rp: ['11-01'],
    sl: ['08-15', '11-01'],
    sn: ['10-31', repentance(year)],
    st: ['01-06', '10-31'],
    sh: ['10-31'],
    th: ['10-31', ...(year >= 2019 ? ['09-20'] : [])],
  }
  const catholic = ['bw', 'by', 'he', 'nw', 'rp', 'sl'].includes(land) ? [corpusChristi] : []
  const local = (own[land] as string[]).map((rest) => `${year}-${rest}`)
  return new Set([...all, ...moving, ...catholic, ...local])
}

/** Eleven days before the first Sunday of Advent, which is the one from 27 November to 3 December. */
function repentance(year: number): string {
  let advent = `${year}-11-27`
  while (weekday(advent) !== 0) advent = next(advent)
  let found = `${year}-11-01`
  while (later(found, 11) !== advent) found = next(found)
  return found.slice(5)
}

/** The working day on or after a day. */
export function working(text: string, land: string): string {
  const off = daysOff(Number(text.slice(0, 4)), land).has(text)
  return off || weekday(text) % 6 === 0 ? working(next(text), land) : text
}

/** The same date of a later month, or its last day, by walking one month at a time. */
export function monthsOn(text: string, months: number): string {
  const [year, month, date] = text.split('-').map(Number) as [number, number, number]
  let [y, m] = [year, month]
  for (let left = months; left > 0; left--) [y, m] = m === 12 ? [y + 1, 1] : [y, m + 1]
  return day(y, m, Math.min(date, monthLength(y, m)))
}
