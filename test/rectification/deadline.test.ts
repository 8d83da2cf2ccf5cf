import fc from 'fast-check'
import {
  berlinDay,
  daysLeft,
  dueDate,
  extended,
  mayExtend,
} from '../../server/rectification/deadline.js'
import { LAENDER, type Land } from '../../server/rectification/holidays.js'
import { day, monthLength, monthsOn, working, YEARS } from './oracle.js'

const due = (receivedOn: string, land: Land = 'he') => dueDate({ receivedOn, land })

/** Days within the years of the oracle, far enough from their end for any extension. */
const anyDay = fc
  .tuple(fc.integer({ min: YEARS.first, max: YEARS.last - 1 }), fc.integer({ min: 1, max: 12 }))
  .chain(([year, month]) =>
    fc.integer({ min: 1, max: monthLength(year, month) }).map((date) => day(year, month, date)),
  )
const anyLand = fc.constantFrom(...LAENDER)

describe('one month from receipt', () => {
  it.each<[string, string, Land, string]>([
    ['an ordinary date', '2027-03-09', 'he', '2027-04-09'],
    ['the first of a month', '2027-06-01', 'he', '2027-07-01'],
    ['31 January, 28 February being a Sunday', '2027-01-31', 'he', '2027-03-01'],
    ['31 January of another year, a Saturday', '2026-01-31', 'he', '2026-03-02'],
    ['31 January, 28 February being a working day', '2029-01-31', 'he', '2029-02-28'],
    ['31 January of a leap year', '2028-01-31', 'he', '2028-02-29'],
    ['30 January of a leap year', '2028-01-30', 'he', '2028-02-29'],
    ['29 January of a leap year', '2028-01-29', 'he', '2028-02-29'],
    ['29 January of a common year', '2029-01-29', 'he', '2029-02-28'],
    ['28 January', '2029-01-28', 'he', '2029-02-28'],
    ['29 February', '2028-02-29', 'he', '2028-03-29'],
    ['28 February of a common year: not the last of March', '2029-02-28', 'he', '2029-03-28'],
    ['31 March to the end of April', '2027-03-31', 'he', '2027-04-30'],
    ['31 May to the end of June', '2027-05-31', 'he', '2027-06-30'],
    ['31 July to 31 August', '2027-07-31', 'he', '2027-08-31'],
    ['31 August to the end of September', '2027-08-31', 'he', '2027-09-30'],
    ['30 November', '2027-11-30', 'he', '2027-12-30'],
    ['31 December over the year', '2027-12-31', 'he', '2028-01-31'],
    ['1 December to New Year and the weekend behind it', '2027-12-01', 'he', '2028-01-03'],
    ['15 December over the year', '2026-12-15', 'he', '2027-01-15'],
    ['a Saturday', '2027-03-10', 'he', '2027-04-12'],
    ['a Sunday', '2027-03-11', 'he', '2027-04-12'],
    ['Good Friday to the Tuesday after Easter', '2027-02-26', 'he', '2027-03-30'],
    ['Holy Saturday', '2027-02-27', 'he', '2027-03-30'],
    ['Easter Sunday', '2027-02-28', 'he', '2027-03-30'],
    ['the Thursday behind Easter', '2027-03-01', 'he', '2027-04-01'],
    ['Easter Monday of 2026', '2026-03-06', 'he', '2026-04-07'],
    ['Ascension Day', '2027-04-06', 'he', '2027-05-07'],
    ['Whit Monday', '2027-04-17', 'he', '2027-05-18'],
    ['24 December, a working day', '2027-11-24', 'he', '2027-12-24'],
    ['25 December on a Saturday', '2027-11-25', 'he', '2027-12-27'],
    ['26 December on a Sunday', '2027-11-26', 'he', '2027-12-27'],
    ['25 December on a Friday, the second day a Saturday', '2026-11-25', 'he', '2026-12-28'],
    ['24 December of 2026, a Thursday', '2026-11-24', 'he', '2026-12-24'],
    ['25 December on a Thursday', '2025-11-25', 'he', '2025-12-29'],
    ['30 November of another year', '2026-11-30', 'he', '2026-12-30'],
    ['1 May on a Saturday', '2027-04-01', 'he', '2027-05-03'],
    ['1 May on a Friday', '2026-04-01', 'he', '2026-05-04'],
    ['3 October on a Sunday', '2027-09-03', 'he', '2027-10-04'],
    ['3 October on a Tuesday', '2028-09-03', 'he', '2028-10-04'],
    ['Epiphany in Bavaria', '2026-12-06', 'by', '2027-01-07'],
    ['Epiphany in Hesse', '2026-12-06', 'he', '2027-01-06'],
    ["Women's Day in Berlin", '2027-02-08', 'be', '2027-03-09'],
    ["Women's Day in Brandenburg", '2027-02-08', 'bb', '2027-03-08'],
    ["Women's Day in Mecklenburg before it was one", '2022-02-08', 'mv', '2022-03-08'],
    ["Women's Day in Mecklenburg since", '2023-02-08', 'mv', '2023-03-09'],
    ['Liberation Day in Berlin in 2025 alone', '2025-04-08', 'be', '2025-05-09'],
    ['Corpus Christi in North Rhine-Westphalia', '2027-04-27', 'nw', '2027-05-28'],
    ['Corpus Christi in Lower Saxony', '2027-04-27', 'ni', '2027-05-27'],
    ['Assumption in the Saarland', '2028-07-15', 'sl', '2028-08-16'],
    ['Assumption in Bavaria', '2028-07-15', 'by', '2028-08-15'],
    ["Children's Day in Thuringia", '2027-08-20', 'th', '2027-09-21'],
    ['Reformation Day in Hamburg, then nothing', '2028-09-30', 'hh', '2028-10-30'],
    ['Reformation Day on a Tuesday in Hamburg', '2028-10-01', 'hh', '2028-11-01'],
    ['All Saints in Bavaria', '2028-10-01', 'by', '2028-11-02'],
    [
      '31 August in Saxony, to 30 September and behind the holiday',
      '2028-08-31',
      'sn',
      '2028-10-02',
    ],
    ['Repentance Day in Saxony', '2027-10-17', 'sn', '2027-11-18'],
    ['Repentance Day in Bavaria', '2027-10-17', 'by', '2027-11-17'],
  ])('ends for %s: %s in %s on %s', (_name, receivedOn, land, expected) => {
    expect(due(receivedOn, land).due).toBe(expected)
  })

  it('shows its working', () => {
    expect(due('2027-01-31')).toEqual({
      rule: 'dl.art12_3',
      due: '2027-03-01',
      end: '2027-02-28',
      land: 'he',
      receivedOn: '2027-01-31',
      steps: [
        { step: 'received', day: '2027-01-31' },
        { step: 'month-end', day: '2027-02-28' },
        { step: 'not-working', day: '2027-02-28', why: 'sunday' },
        { step: 'due', day: '2027-03-01' },
      ],
    })
    expect(due('2026-11-25').steps).toEqual([
      { step: 'received', day: '2026-11-25' },
      { step: 'month', day: '2026-12-25' },
      { step: 'not-working', day: '2026-12-25', why: 'christmas-day' },
      { step: 'not-working', day: '2026-12-26', why: 'second-christmas-day' },
      { step: 'not-working', day: '2026-12-27', why: 'sunday' },
      { step: 'due', day: '2026-12-28' },
    ])
  })

  it('ends where another way of counting ends, on any day in any Land', () => {
    fc.assert(
      fc.property(anyDay, anyLand, (receivedOn, land) => {
        expect(due(receivedOn, land).due).toBe(working(monthsOn(receivedOn, 1), land))
      }),
      { numRuns: 2000 },
    )
  })

  it('never ends earlier for a later receipt', () => {
    fc.assert(
      fc.property(anyDay, anyDay, anyLand, (one, other, land) => {
        const [earlier = one, later = other] = [one, other].sort()
        expect(due(earlier, land).due <= due(later, land).due).toBe(true)
      }),
    )
  })

  it('explains every day from the calendar end to the due day', () => {
    fc.assert(
      fc.property(anyDay, anyLand, (receivedOn, land) => {
        const { steps, end, due: last } = due(receivedOn, land)
        const passed = steps.filter(({ step }) => step === 'not-working').map((step) => step.day)
        expect(passed).toHaveLength(daysLeft(last, end))
        expect(passed).not.toContain(last)
        expect(steps.at(-1)).toEqual({ step: 'due', day: last })
      }),
    )
  })
})

describe('an extension', () => {
  it.each<[string, string, number, string]>([
    ['two months', '2027-03-09', 2, '2027-06-09'],
    ['one month', '2027-03-09', 1, '2027-05-10'],
    ['31 January: from 28 February, not from 31', '2029-01-31', 2, '2029-04-30'],
    ['31 January of a leap year: from 29 February', '2028-01-31', 2, '2028-05-02'],
    ['a first end on a Saturday: from the Saturday', '2027-03-10', 2, '2027-06-10'],
    ['30 November: to the end of February', '2028-11-30', 2, '2029-02-28'],
    ['30 November: to 29 February of a leap year', '2027-11-30', 2, '2028-02-29'],
    ['1 November over the year', '2027-11-01', 2, '2028-02-01'],
    ['an end at Christmas', '2027-09-25', 2, '2027-12-27'],
    ['an end on Easter Monday', '2025-01-21', 2, '2025-04-22'],
  ])('of %s, received %s, of %i months, ends on %s', (_name, receivedOn, months, expected) => {
    expect(extended(due(receivedOn), months).due).toBe(expected)
  })

  it('shows both periods, and of the first no weekend that has lost its meaning', () => {
    const longer = extended(due('2027-01-31'), 2)
    expect(longer.rule).toBe('dl.art12_3_ext')
    expect(longer.steps).toEqual([
      { step: 'received', day: '2027-01-31' },
      { step: 'month-end', day: '2027-02-28' },
      { step: 'extended', day: '2027-04-28', months: 2 },
      { step: 'due', day: '2027-04-28' },
    ])
  })

  it('ends no later than by either other reading, and where another way of counting ends', () => {
    fc.assert(
      fc.property(anyDay, anyLand, fc.constantFrom(1, 2), (receivedOn, land, months) => {
        const first = due(receivedOn, land)
        const last = extended(first, months).due
        const end = monthsOn(monthsOn(receivedOn, 1), months)
        expect(last).toBe(working(end, land))
        expect(last <= working(monthsOn(receivedOn, 1 + months), land)).toBe(true)
        expect(last <= working(monthsOn(first.due, months), land)).toBe(true)
      }),
    )
  })

  it.each([0, 3, -1, 1.5, Number.NaN])('of %d months exists nowhere', (months) => {
    expect(() => extended(due('2027-03-09'), months)).toThrow(RangeError)
    const notice = { toldOn: '2027-03-10', months, hasReasons: true }
    expect(mayExtend(due('2027-03-09'), notice)).toEqual({ ok: false, refusal: 'NO_SUCH_PERIOD' })
  })

  it.each([
    ['2027-03-10', true, undefined],
    ['2027-03-11', true, undefined],
    ['2027-04-12', true, undefined],
    ['2027-04-13', true, 'TOO_LATE'],
    ['2027-03-09', true, 'BEFORE_RECEIPT'],
    ['2027-03-11', false, 'NO_REASONS'],
  ])('told on %s with reasons: %p, is refused as %p', (toldOn, hasReasons, refusal) => {
    const notice = { toldOn, months: 2, hasReasons }
    const expected = refusal === undefined ? { ok: true, value: notice } : { ok: false, refusal }
    expect(mayExtend(due('2027-03-10'), notice)).toEqual(expected)
  })
})

describe('days', () => {
  it.each([
    ['2027-03-27T22:59:59Z', '2027-03-27'],
    ['2027-03-27T23:00:00Z', '2027-03-28'],
    ['2027-03-28T21:59:59Z', '2027-03-28'],
    ['2027-03-28T22:00:00Z', '2027-03-29'],
    ['2027-10-30T21:59:59Z', '2027-10-30'],
    ['2027-10-30T22:00:00Z', '2027-10-31'],
    ['2027-10-31T22:59:59Z', '2027-10-31'],
    ['2027-10-31T23:00:00Z', '2027-11-01'],
    ['2027-12-31T23:00:00Z', '2028-01-01'],
  ])('of the instant %s in Germany is %s', (instant, expected) => {
    expect(berlinDay(new Date(instant))).toBe(expected)
  })

  it.each([
    ['2027-03-29', '2027-03-27', 2],
    ['2027-11-01', '2027-10-30', 2],
    ['2028-03-01', '2028-02-28', 2],
    ['2027-03-01', '2027-03-01', 0],
    ['2027-03-01', '2027-03-04', -3],
  ])('left to %s, counted on %s, are %i', (last, today, expected) => {
    expect(daysLeft(last, today)).toBe(expected)
  })
})
