import {
  easterSunday,
  holidayOf,
  LAENDER,
  notWorking,
  type Land,
} from '../../server/rectification/holidays.js'
import { daysOff, next, YEARS } from './oracle.js'

const holidays = (year: number, land: Land) => {
  const found: string[] = []
  for (let day = `${year}-01-01`; day.startsWith(`${year}`); day = next(day))
    if (holidayOf(day, land)) found.push(day)
  return found
}

describe('the public holidays', () => {
  it.each(LAENDER)('of %s are those of a list made another way, in every year', (land) => {
    for (let year = YEARS.first; year <= YEARS.last; year++) {
      expect(holidays(year, land)).toEqual([...daysOff(year, land)].sort())
    }
  })

  it.each<[Land, number]>([
    ['bw', 12],
    ['by', 12],
    ['be', 10],
    ['bb', 12],
    ['he', 10],
    ['nw', 11],
    ['sl', 12],
    ['sn', 11],
    ['st', 11],
    ['th', 11],
    ['mv', 11],
    ['hh', 10],
  ])('of %s number %i in a year', (land, count) => {
    expect(holidays(2026, land)).toHaveLength(count)
  })

  it.each([
    [1818, '03-22'],
    [1943, '04-25'],
    [1961, '04-02'],
    [1981, '04-19'],
    [2000, '04-23'],
    [2008, '03-23'],
    [2011, '04-24'],
    [2049, '04-18'],
    [2076, '04-19'],
    [2100, '03-28'],
  ])('follow Easter, which is in %i on %s', (year, easter) => {
    expect(easterSunday(year)).toBe(`${year}-${easter}`)
  })

  it('give their name before the weekend gives its own', () => {
    expect(notWorking('2027-12-25', 'he')).toBe('christmas-day')
    expect(notWorking('2027-12-18', 'he')).toBe('saturday')
    expect(notWorking('2027-03-28', 'he')).toBe('sunday')
    expect(notWorking('2027-03-28', 'bb')).toBe('easter-sunday')
    expect(notWorking('2017-10-31', 'by')).toBe('reformation-day')
    expect(notWorking('2027-12-24', 'he')).toBeUndefined()
    expect(notWorking('2027-12-31', 'he')).toBeUndefined()
  })
})
