import fc from 'fast-check'
import {
  compareDates,
  dateParts,
  isReal,
  isoText,
  mayBePlaceholder,
  mayBeSame,
  parsePartialDate,
  realDay,
  wholeDate,
} from '../../../server/rectification/values/partial-date.js'

const TODAY = '2026-11-22'
const parse = (day: string, month: string, year: string) =>
  parsePartialDate({ day, month, year }, TODAY)
const read = (day: string, month: string, year: string) => {
  const result = parse(day, month, year)
  return result.ok ? isoText(result.value) : `${result.refusal.input} ${result.refusal.code}`
}

describe('a date from three inputs', () => {
  it.each([
    ['12', '3', '1985', '1985-03-12'],
    [' 01 ', '01', '1985', '1985-01-01'],
    ['', '3', '1985', '1985-03'],
    ['', '', '1985', '1985'],
    ['', '', '', ''],
    ['00', '00', '1985', '1985'],
    ['00', '00', '0000', ''],
    ['0', '12', '1999', '1999-12'],
    ['29', '2', '2000', '2000-02-29'],
    ['١٢', '٣', '١٩٨٥', '1985-03-12'],
    ['۱۲', '۳', '۱۹۸۵', '1985-03-12'],
    ['22', '11', '2026', TODAY],
    ['23', '11', '2026', 'day FUTURE'],
    ['', '11', '2026', '2026-11'],
    ['', '12', '2026', 'month FUTURE'],
    ['', '', '2027', 'year FUTURE'],
    ['', '', '1849', 'year TOO_EARLY'],
    ['', '', '1850', '1850'],
    ['12', '3', '85', 'year TOO_EARLY'],
    ['29', '2', '1999', 'day NO_SUCH_DAY'],
    ['31', '4', '1999', 'day NO_SUCH_DAY'],
    ['32', '1', '1999', 'day NOT_A_DAY'],
    ['1', '13', '1999', 'month NOT_A_MONTH'],
    ['x', '1', '1999', 'day NOT_A_DAY'],
    ['1', 'x', '1999', 'month NOT_A_MONTH'],
    ['1', '1', 'x', 'year NOT_A_YEAR'],
    ['1', '1', '19999', 'year NOT_A_YEAR'],
    ['1', '1', '-199', 'year NOT_A_YEAR'],
    ['1', '1', '1e3', 'year NOT_A_YEAR'],
    ['1.5', '1', '1999', 'day NOT_A_DAY'],
    ['12', '', '1985', 'month MISSING'],
    ['12', '3', '', 'year MISSING'],
    ['', '3', '', 'year MISSING'],
  ])('%j, %j, %j is %s', (day, month, year, expected) => {
    expect(read(day, month, year)).toBe(expected)
  })

  it('comes back from its parts, as far as it is known', () => {
    const known = fc.date({
      min: new Date('1850-01-01'),
      max: new Date(TODAY),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(known, fc.integer({ min: 0, max: 3 }), (instant, precision) => {
        const whole = wholeDate(instant.toISOString().slice(0, 10))
        const { year, month } = whole
        const date = [{}, { year }, { year, month }, whole][precision] ?? {}
        const { day: d, month: m, year: y } = dateParts(date)
        expect(parse(d, m, y)).toEqual({ ok: true, value: date })
        expect(isReal(date)).toBe(true)
      }),
    )
  })
})

describe('dates as far as they are known', () => {
  it('exist or do not', () => {
    expect(isReal({ year: 2027, month: 2, day: 29 })).toBe(false)
    expect(isReal({ year: 2027, month: 13 })).toBe(false)
    expect(isReal({ year: 2028, month: 2, day: 29 })).toBe(true)
    expect(realDay({ year: 985, month: 3, day: 1 })).toBe('0985-03-01')
    expect(realDay({ year: 1985, month: 3, day: 1.5 })).toBeUndefined()
    expect(realDay({ year: 19850, month: 3, day: 1 })).toBeUndefined()
    expect(() => wholeDate('1985-3-1')).toThrow(RangeError)
  })

  it('stand in the order of years, months and days, the unknown first', () => {
    const dates = [
      {},
      { year: 1984, month: 12, day: 31 },
      { year: 1985 },
      { year: 1985, month: 1 },
      { year: 1985, month: 1, day: 1 },
      { year: 1985, month: 1, day: 2 },
      { year: 1985, month: 2 },
    ]
    expect([...dates].reverse().sort(compareDates)).toEqual(dates)
  })

  it('may be the same where what both know is the same', () => {
    const day = { year: 1985, month: 3, day: 12 }
    expect(mayBeSame(day, { year: 1985 })).toBe(true)
    expect(mayBeSame({}, day)).toBe(true)
    expect(mayBeSame(day, { year: 1985, month: 3, day: 13 })).toBe(false)
    expect(mayBeSame(day, { year: 1986 })).toBe(false)
  })

  it('on 1 January may stand for a day that nobody knew', () => {
    expect(mayBePlaceholder({ year: 1985, month: 1, day: 1 })).toBe(true)
    expect(mayBePlaceholder({ year: 1985, month: 1 })).toBe(false)
    expect(mayBePlaceholder({ year: 1985, month: 12, day: 1 })).toBe(false)
  })
})
