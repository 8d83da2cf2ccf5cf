import fc from 'fast-check'
import {
  FOREIGN_CALENDARS,
  fromGregorian,
  toGregorian,
  type ForeignCalendar,
} from '../../../server/rectification/values/calendars.js'
import { wholeDate, type PartialDate } from '../../../server/rectification/values/partial-date.js'

const TODAY = '2026-11-22'
const DAY_MS = 86_400_000
const dayOf = (count: number) => new Date(count * DAY_MS).toISOString().slice(0, 10)
const countOf = (day: string) => Date.parse(day) / DAY_MS
const [FIRST, LAST] = [countOf('1850-01-01'), countOf(TODAY)]
const anyDay = fc.integer({ min: FIRST, max: LAST }).map(dayOf)

/** The Julian day number of 1 January 1970. */
const EPOCH = 2_440_588

/** The day of an Ethiopian date by the rule of four years. */
const ethiopian = (year: number, month: number, day: number) =>
  dayOf(1_723_856 + 365 * year + Math.floor(year / 4) + 30 * month + day - 31 - EPOCH)

/** The day of an Islamic date by the rule of thirty years. */
const civil = (year: number, month: number, day: number) => {
  const months = 30 * month - Math.floor((month - 1) / 2)
  return dayOf(Math.floor((11 * year + 3) / 30) + 354 * year + months + day + 1_948_055 - EPOCH)
}

/** The day of a Persian date, counted from Nowruz 1400 by the leap years of 33-year cycles. */
const persian = (year: number, month: number, day: number) => {
  const leap = (of: number) => (25 * of + 11) % 33 < 8
  let nowruz = countOf('2021-03-21')
  for (let at = 1400; at < year; at++) nowruz += leap(at) ? 366 : 365
  for (let at = year; at < 1400; at++) nowruz -= leap(at) ? 366 : 365
  return dayOf(nowruz + (month <= 7 ? 31 * (month - 1) : 30 * (month - 1) + 6) + day - 1)
}

const read = (date: PartialDate, calendar: ForeignCalendar) => {
  const result = toGregorian(date, calendar, TODAY)
  return result.ok
    ? result.value.map(({ first, last }) => (first === last ? first : `${first}/${last}`))
    : result.refusal
}

describe('a day in another calendar', () => {
  it.each<[ForeignCalendar, string, string]>([
    ['persian', '1985-03-21', '1364-1-1'],
    ['persian', '1979-02-11', '1357-11-22'],
    ['persian', '2021-03-20', '1399-12-30'],
    ['persian', '2024-03-20', '1403-1-1'],
    ['ethiopian', '2007-09-12', '2000-1-1'],
    ['ethiopian', '2023-09-12', '2016-1-1'],
    ['ethiopian', '2023-09-11', '2015-13-6'],
    ['ethiopian', '1991-01-07', '1983-4-29'],
    ['islamic', '2024-07-07', '1446-1-1'],
  ])('of the %s kind for %s is %s', (calendar, day, expected) => {
    const texts = fromGregorian(day, calendar).map(({ date }) => Object.values(date).join('-'))
    expect(texts).toContain(expected)
  })

  it('has one reading where all ways of counting agree, and one for each where not', () => {
    for (const calendar of ['persian', 'ethiopian'] as const) {
      expect(fromGregorian('1985-03-12', calendar)).toHaveLength(1)
    }
    const readings = fromGregorian('2024-03-11', 'islamic')
    expect(readings).toEqual([
      { reckonings: ['islamic-umalqura', 'islamic-civil'], date: { year: 1445, month: 9, day: 1 } },
    ])
    const lengths = Array.from(
      { length: 400 },
      (_, at) => fromGregorian(dayOf(countOf('1985-01-01') + at), 'islamic').length,
    )
    expect(new Set(lengths)).toEqual(new Set([1, 2]))
  })

  it.each(FOREIGN_CALENDARS)('comes back from the %s calendar, whichever day it is', (calendar) => {
    fc.assert(
      fc.property(anyDay, (day) => {
        for (const { date, reckonings } of fromGregorian(day, calendar)) {
          const back = toGregorian(date, calendar, TODAY)
          const own = (back.ok ? back.value : []).filter(({ first }) => first === day)
          expect(own.flatMap((reading) => reading.reckonings)).toEqual(
            expect.arrayContaining([...reckonings]),
          )
        }
      }),
      { numRuns: 300 },
    )
  })

  it.each<[ForeignCalendar, string, (year: number, month: number, day: number) => string]>([
    ['ethiopian', 'ethiopic', ethiopian],
    ['islamic', 'islamic-civil', civil],
    ['persian', 'persian', persian],
  ])('of the %s calendar, by its rule, is the same', (calendar, reckoning, rule) => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const own = fromGregorian(day, calendar).find(({ reckonings }) =>
          reckonings.some((one) => one === reckoning),
        )
        const { year = 0, month = 0, day: date = 0 } = own?.date ?? {}
        expect(rule(year, month, date)).toBe(day)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a date of another calendar', () => {
  it.each<[ForeignCalendar, PartialDate, string | string[]]>([
    ['persian', { year: 1364, month: 1, day: 1 }, ['1985-03-21']],
    ['persian', { year: 1364, month: 1 }, ['1985-03-21/1985-04-20']],
    ['persian', { year: 1364 }, ['1985-03-21/1986-03-20']],
    ['persian', { year: 1399, month: 12, day: 30 }, ['2021-03-20']],
    ['persian', { year: 1400, month: 12, day: 30 }, 'NO_SUCH_DATE'],
    ['persian', { year: 1400, month: 7, day: 31 }, 'NO_SUCH_DATE'],
    ['persian', { year: 1405 }, ['2026-03-21/2026-11-22']],
    ['persian', { year: 1406 }, 'FUTURE'],
    ['persian', { year: 1405, month: 12 }, 'FUTURE'],
    ['persian', { year: 1985 }, 'FUTURE'],
    ['persian', { year: 1228 }, ['1850-01-01/1850-03-20']],
    ['persian', { year: 1227 }, 'TOO_EARLY'],
    ['persian', { year: 64 }, 'TOO_EARLY'],
    ['persian', {}, 'NO_SUCH_DATE'],
    ['persian', { year: 1364, month: 13 }, 'NO_SUCH_DATE'],
    ['persian', { year: 1364, month: 0 }, 'NO_SUCH_DATE'],
    ['persian', { year: 1364, month: 1, day: 0 }, 'NO_SUCH_DATE'],
    ['persian', { year: 1364, month: 1, day: 1.5 }, 'NO_SUCH_DATE'],
    ['ethiopian', { year: 1977, month: 13, day: 5 }, ['1985-09-10']],
    ['ethiopian', { year: 1979, month: 13, day: 6 }, ['1987-09-11']],
    ['ethiopian', { year: 1977, month: 13, day: 6 }, 'NO_SUCH_DATE'],
    ['ethiopian', { year: 1977, month: 13 }, ['1985-09-06/1985-09-10']],
    ['ethiopian', { year: 1977 }, ['1984-09-11/1985-09-10']],
  ])('of the %s kind, %j, is %j', (calendar, date, expected) => {
    expect(read(date, calendar)).toEqual(expected)
  })

  it('of the Islamic kind has all its readings', () => {
    const result = toGregorian({ year: 1405, month: 9, day: 1 }, 'islamic', TODAY)
    const days = result.ok ? result.value : []
    expect(days.flatMap(({ reckonings }) => reckonings).sort()).toEqual([
      'islamic-civil',
      'islamic-umalqura',
    ])
    for (const { first, last } of days) {
      expect(first).toBe(last)
      expect(Math.abs(countOf(first) - countOf('1985-05-20'))).toBeLessThanOrEqual(1)
    }
  })

  it('with its year alone lies in at most two Gregorian years and has all days of its own', () => {
    const years = { persian: [1230, 1404], islamic: [1267, 1446], ethiopian: [1843, 2018] }
    for (const calendar of FOREIGN_CALENDARS) {
      const [min = 0, max = 0] = years[calendar]
      for (let year = min; year <= max; year += 7) {
        const result = toGregorian({ year }, calendar, TODAY)
        for (const { first, last } of result.ok ? result.value : []) {
          expect(wholeDate(last).year - wholeDate(first).year).toBeLessThanOrEqual(1)
          expect(countOf(last) - countOf(first)).toBeGreaterThanOrEqual(353)
          expect(countOf(last) - countOf(first)).toBeLessThanOrEqual(365)
        }
        expect(result.ok).toBe(true)
      }
    }
  })
})
