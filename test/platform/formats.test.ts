import { createFormats, isoDay } from '../../server/platform/http/formats.js'
import { LANGUAGES } from '../../server/platform/http/languages.js'

const formats = Object.fromEntries(
  LANGUAGES.map((language) => [language.tag, createFormats(language)]),
)
const say = (write: (format: ReturnType<typeof createFormats>) => string) =>
  LANGUAGES.map(({ tag }) => write(formats[tag] as ReturnType<typeof createFormats>))

const FOREIGN_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/

describe('formats', () => {
  const instant = new Date('2027-03-07T13:05:00Z')

  it('write a date in words, Gregorian and with Latin digits', () => {
    expect(say((f) => f.date('2027-03-07'))).toEqual([
      '7. März 2027',
      '7 March 2027',
      '7 مارس 2027',
    ])
  })

  it('write a time of day in German time, on 24 hours', () => {
    expect(say((f) => f.dateTime(instant))).toEqual([
      '7. März 2027 um 14:05',
      '7 March 2027 at 14:05',
      '7 مارس 2027 في 14:05',
    ])
    expect(say((f) => f.dateTime(new Date('2027-06-30T22:30:00Z')))[1]).toBe('1 July 2027 at 00:30')
  })

  it('keep a calendar day where it is, whatever the zone', () => {
    expect(say((f) => f.date('2027-01-01'))[1]).toBe('1 January 2027')
    expect(say((f) => f.month('2026-12'))[1]).toBe('December 2026')
    expect(say((f) => f.date(new Date('2026-12-31T23:30:00Z')))[1]).toBe('1 January 2027')
    expect(isoDay(new Date('2026-12-31T23:30:00Z'))).toBe('2027-01-01')
  })

  it.each(['7.3.2027', '2027', '2027-3-7', ''])('refuse %p as a calendar day', (day) => {
    expect(() => say((f) => f.date(day))).toThrow('not a calendar day')
  })

  it('write numbers and lists as each language does', () => {
    expect(say((f) => f.number(1234567))).toEqual(['1.234.567', '1,234,567', '1,234,567'])
    expect(say((f) => f.list(['A', 'B', 'C']))).toEqual(['A, B und C', 'A, B and C', 'A وB وC'])
  })

  it('cut a list into items and what stands between them', () => {
    const parts = say((f) =>
      f
        .listParts(['A', 'B'])
        .map(({ item, text }) => (item ? `[${text}]` : text))
        .join(''),
    )
    expect(parts).toEqual(['[A] und [B]', '[A] and [B]', '[A] و[B]'])
  })

  it('never use digits or a calendar of their own', () => {
    const everything = say((f) =>
      [f.date(instant), f.dateTime(instant), f.month(instant), f.number(9876.5)].join(' '),
    )
    for (const text of everything) {
      expect(text).not.toMatch(FOREIGN_DIGITS)
      expect(text).toContain('2027')
    }
  })
})
