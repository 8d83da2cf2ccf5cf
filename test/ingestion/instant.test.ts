import fc from 'fast-check'
import { dayFrom, dayOf, instantOf } from '../../server/ingestion/instant.js'
import { daysAfter, germanDay } from '../../server/platform/kernel/days.js'

const iso = (text: string) => instantOf(text)?.toISOString()

describe('a time on the wire', () => {
  it.each([
    ['2027-03-01T09:00:00+01:00', '2027-03-01T08:00:00.000Z'],
    ['2027-03-01T09:00:00Z', '2027-03-01T09:00:00.000Z'],
    ['2027-03-01t09:00:00z', '2027-03-01T09:00:00.000Z'],
    ['2027-03-01T00:30:00.5+14:00', '2027-02-28T10:30:00.500Z'],
    ['2027-03-01T23:30:00.123456789-05:30', '2027-03-02T05:00:00.123Z'],
    ['2028-02-29T12:00:00-00:00', '2028-02-29T12:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(iso(text)).toBe(expected)
  })

  it.each([
    ['no offset', '2027-03-01T09:00:00'],
    ['a day that February lacks', '2027-02-29T09:00:00Z'],
    ['a 31st of April', '2027-04-31T09:00:00Z'],
    ['a century that is no leap year', '2100-02-29T09:00:00Z'],
    ['month 13', '2027-13-01T09:00:00Z'],
    ['day 0', '2027-01-00T09:00:00Z'],
    ['hour 24', '2027-01-01T24:00:00Z'],
    ['minute 60', '2027-01-01T09:60:00Z'],
    ['a leap second', '2026-12-31T23:59:60Z'],
    ['no seconds', '2027-01-01T09:00Z'],
    ['a space for the T', '2027-01-01 09:00:00Z'],
    ['an offset of 24 hours', '2027-01-01T09:00:00+24:00'],
    ['an offset of 60 minutes', '2027-01-01T09:00:00+01:60'],
    ['an offset without its colon', '2027-01-01T09:00:00+0100'],
    ['an empty fraction', '2027-01-01T09:00:00.Z'],
    ['something after it', '2027-01-01T09:00:00Z '],
    ['a year of two digits', '0027-01-01T09:00:00Z'],
    ['other digits', '２０２７-01-01T09:00:00Z'],
  ])('refuses %s', (_name, text) => {
    expect(instantOf(text)).toBeUndefined()
  })

  it('reads back every instant in every offset', () => {
    const pad = (value: number) => String(Math.abs(value)).padStart(2, '0')
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
        fc.integer({ min: -1439, max: 1439 }),
        (instant, offset) => {
          const wall = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, -1)
          const sign = offset < 0 ? '-' : '+'
          const hours = pad(Math.trunc(offset / 60))
          expect(instantOf(`${wall}${sign}${hours}:${pad(offset % 60)}`)).toEqual(instant)
        },
      ),
    )
  })
})

describe('a day', () => {
  it('is one of the calendar', () => {
    expect(dayOf('2028-02-29')).toBe('2028-02-29')
    for (const text of ['2027-02-29', '2027-1-1', '2027-01-32', '2027-01-01T', '']) {
      expect(dayOf(text)).toBeUndefined()
    }
  })

  it('is that of Germany, summer time included', () => {
    expect(germanDay(new Date('2027-07-01T21:59:59Z'))).toBe('2027-07-01')
    expect(germanDay(new Date('2027-07-01T22:00:00Z'))).toBe('2027-07-02')
    expect(germanDay(new Date('2027-01-01T22:30:00Z'))).toBe('2027-01-01')
  })

  it('never begins before the instant that it stands for', () => {
    expect(dayFrom(new Date('2027-07-01T22:00:00.000Z'))).toBe('2027-07-02')
    expect(dayFrom(new Date('2027-07-01T22:00:00.001Z'))).toBe('2027-07-03')
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (instant) => {
          const beginning = dayFrom(instant)
          expect(beginning >= germanDay(instant)).toBe(true)
          const atItsEnd = new Date(instant.getTime() + 25 * 3600_000)
          expect(beginning <= germanDay(atItsEnd)).toBe(true)
        },
      ),
    )
  })

  it('counts calendar days across the change of the clocks and of the year', () => {
    expect(daysAfter(germanDay(new Date('2027-03-27T12:00:00Z')), 2)).toBe('2027-03-29')
    expect(daysAfter(germanDay(new Date('2027-12-31T23:30:00Z')), 90)).toBe('2028-03-31')
  })
})
