import { later } from '../../server/consent/term.js'

const BERLIN = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Berlin',
  dateStyle: 'short',
  timeStyle: 'medium',
})
const wall = (at: Date) => BERLIN.format(at)

describe('a period of a consent', () => {
  it.each<[string, string, string, string]>([
    ['winter into summer', '2026-12-10T18:42:07.123Z', 'P6M', '2027-06-10 19:42:07'],
    ['summer into winter', '2026-07-10T17:42:07.123Z', 'P6M', '2027-01-10 19:42:07'],
    ['days across the change in spring', '2027-03-27T11:00:00Z', 'P1D', '2027-03-28 12:00:00'],
    ['days across the change in autumn', '2026-10-24T10:00:00Z', 'P1D', '2026-10-25 12:00:00'],
    ['29 February a year later', '2028-02-29T09:30:00Z', 'P1Y', '2029-02-28 10:30:00'],
    ['31 January a month later', '2027-01-31T09:30:00Z', 'P1M', '2027-02-28 10:30:00'],
    ['31 January before a leap day', '2028-01-31T09:30:00Z', 'P1M', '2028-02-29 10:30:00'],
    ['the first hour of a German day', '2026-12-31T23:30:00Z', 'P1M', '2027-02-01 00:30:00'],
    ['an hour that spring leaves out', '2027-02-28T01:30:00Z', 'P1M', '2027-03-28 03:30:00'],
    ['an hour that autumn has twice', '2026-09-25T00:30:00Z', 'P1M', '2026-10-25 02:30:00'],
  ])('keeps the time on the wall: %s', (_what, at, period, end) => {
    const start = new Date(at)
    expect(wall(later(start, period))).toBe(end)
    expect(later(start, period).getUTCMilliseconds()).toBe(start.getUTCMilliseconds())
  })

  it('ends at the first of two equal times in autumn', () => {
    const twice = later(new Date('2026-09-25T00:30:00Z'), 'P1M')
    expect(twice.toISOString()).toBe('2026-10-25T00:30:00.000Z')
  })
})
