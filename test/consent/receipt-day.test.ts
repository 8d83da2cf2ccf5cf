import { countsFrom, startOf } from '../../server/consent/receipt-day.js'
import { isCalendarDay } from '../../server/platform/kernel/days.js'
import { berlinDay as dayOf } from '../../server/rectification/index.js'

const at = (text: string) => new Date(text)

describe('the day of a paper', () => {
  it('begins at midnight in Germany, in winter, in summer and where the clock is changed', () => {
    expect(startOf('2026-11-30', dayOf)).toEqual(at('2026-11-29T23:00:00Z'))
    expect(startOf('2026-07-01', dayOf)).toEqual(at('2026-06-30T22:00:00Z'))
    expect(startOf('2026-03-29', dayOf)).toEqual(at('2026-03-28T23:00:00Z'))
    expect(startOf('2026-10-25', dayOf)).toEqual(at('2026-10-24T22:00:00Z'))
  })

  it('lets an end count from its beginning and an answer from its end, but never from the future', () => {
    const now = at('2026-11-30T10:00:00Z')
    const counts = (day: string, kind: 'answer' | 'end') => countsFrom(day, { kind, now, dayOf })
    expect(counts('2026-11-27', 'end')).toEqual(at('2026-11-26T23:00:00Z'))
    expect(counts('2026-11-27', 'answer')).toEqual(at('2026-11-27T22:59:59.999Z'))
    expect(counts('2026-11-30', 'answer')).toEqual(now)
    expect(counts('2026-11-30', 'end')).toEqual(at('2026-11-29T23:00:00Z'))
    expect(counts('2026-10-25', 'answer')).toEqual(at('2026-10-25T22:59:59.999Z'))
    expect(counts('2026-03-29', 'answer')).toEqual(at('2026-03-29T21:59:59.999Z'))
  })

  it.each(['2026-02-30', '0000-01-01', '26-11-30', '2026-11-30 ', '', '30.11.2026'])(
    'is not %p',
    (raw) => {
      expect(isCalendarDay(raw)).toBe(false)
    },
  )
})
