import fc from 'fast-check'
import { clockOf, type ClockEvent } from '../../server/rectification/clock.js'

const filed = (on: string, formMet: boolean, german: boolean): ClockEvent => ({
  kind: 'filed',
  on,
  formMet,
  german,
})
const extension = (on: string, months: number, hasReasons = true): ClockEvent => ({
  kind: 'extended',
  on,
  months,
  hasReasons,
})
const whole = filed('2027-03-09', true, true)
const running = (events: readonly ClockEvent[]) => {
  const clock = clockOf(events, 'he')
  if (clock.state !== 'running') throw new Error(`lacks ${clock.lacks}`)
  return clock
}

describe('the clock of a case', () => {
  it('starts with a filing that is whole', () => {
    const { receivedOn, due, extendedFrom } = running([whole])
    expect([receivedOn, due.due, extendedFrom]).toEqual(['2027-03-09', '2027-04-09', undefined])
  })

  it.each<[string, readonly ClockEvent[]]>([
    ['filing', []],
    ['filing', [{ kind: 'form-met', on: '2027-03-09' }]],
    ['signature', [filed('2027-03-09', false, true)]],
    ['signature', [filed('2027-03-09', false, false)]],
    ['signature', [filed('2027-03-09', false, false), { kind: 'translated', on: '2027-03-10' }]],
    ['translation', [filed('2027-03-09', true, false)]],
    ['translation', [filed('2027-03-09', false, false), { kind: 'form-met', on: '2027-03-10' }]],
    ['signature', [filed('2027-03-09', false, true), { kind: 'passed-on', on: '2027-03-10' }]],
  ])('does not run while the %s is lacking', (lacks, events) => {
    expect(clockOf(events, 'he')).toEqual({ state: 'not-running', lacks })
  })

  it('starts with the last thing that was lacking, in whichever order both arrive', () => {
    const events: ClockEvent[] = [
      filed('2027-03-01', false, false),
      { kind: 'translated', on: '2027-03-15' },
      { kind: 'form-met', on: '2027-03-09' },
      { kind: 'form-met', on: '2027-03-20' },
    ]
    expect(running(events).receivedOn).toBe('2027-03-15')
  })

  it('takes no notice of a translation that nothing waited for', () => {
    const late: ClockEvent = { kind: 'translated', on: '2027-03-20' }
    expect(running([whole, late]).receivedOn).toBe('2027-03-09')
  })

  it('keeps its Land, so the holidays are those of the authority', () => {
    const events = [filed('2026-12-06', true, true)]
    const [bavaria, hesse] = [clockOf(events, 'by'), clockOf(events, 'he')]
    expect(bavaria).toMatchObject({ due: { due: '2027-01-07', land: 'by' } })
    expect(hesse).toMatchObject({ due: { due: '2027-01-06', land: 'he' } })
  })

  it.each<[string, readonly ClockEvent[], string]>([
    ['two months told in time', [extension('2027-04-09', 2)], '2027-06-09'],
    ['one month', [extension('2027-04-01', 1)], '2027-05-10'],
    ['one and one more', [extension('2027-04-01', 1), extension('2027-04-09', 1)], '2027-06-09'],
    [
      'one, and two that go too far',
      [extension('2027-04-01', 1), extension('2027-04-09', 2)],
      '2027-05-10',
    ],
    ['a notice behind the first due day', [extension('2027-04-10', 2)], '2027-04-09'],
    [
      'one more month told in the second month',
      [extension('2027-04-01', 1), extension('2027-04-20', 1)],
      '2027-05-10',
    ],
    ['a notice without reasons', [extension('2027-04-01', 2, false)], '2027-04-09'],
    ['a notice before receipt', [extension('2027-03-01', 2)], '2027-04-09'],
  ])('with %s, is due as it should', (_name, notices, expected) => {
    const { due, extendedFrom } = running([whole, ...notices])
    expect(due.due).toBe(expected)
    expect(extendedFrom?.due).toBe(expected === '2027-04-09' ? undefined : '2027-04-09')
  })

  it('is never restarted by passing on, and never depends on the order of its events', () => {
    const dates = fc.integer({ min: 1, max: 28 }).map((date) => `2027-04-${10 + (date % 20)}`)
    const events: ClockEvent[] = [
      filed('2027-03-09', false, false),
      { kind: 'form-met', on: '2027-03-12' },
      { kind: 'translated', on: '2027-03-11' },
      extension('2027-03-30', 2),
    ]
    fc.assert(
      fc.property(
        fc.shuffledSubarray(events, { minLength: 4 }),
        fc.array(dates, { maxLength: 3 }),
        (shuffled, days) => {
          const passed = days.map((on): ClockEvent => ({ kind: 'passed-on', on }))
          expect(clockOf([...passed, ...shuffled], 'he')).toEqual(clockOf(events, 'he'))
        },
      ),
    )
  })
})
