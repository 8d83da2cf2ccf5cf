import type { Standing } from '../../server/appointments/index.js'
import type { WatchedAccess } from '../../server/oversight/flags/access.js'
import { explanationOf } from '../../server/oversight/flags/explanation.js'

const NOON = new Date('2026-11-25T11:00:00Z')
const daysFrom = (count: number) => new Date(NOON.getTime() + count * 86_400_000)

/** Somebody looks a person up by hand, on a Wednesday at noon. */
const LOOK: WatchedAccess = {
  ...{ index: 100, expiresOn: '2027-11-25', occurredAt: NOON, subject: 'somebody' },
  ...{ isQuery: true, isManual: true, unit: 4, purpose: 1, ofThePortal: false },
  ...{ citesConsent: false, broken: {}, isSealed: false },
}
/** An appointment on that day, told a week before. */
const BOOKED: Standing = { day: '2026-11-25', toldAt: daysFrom(-7), from: 60 }
const DUTIES = { isMandatory: () => true, isCasework: () => false }

function explained(booked: Partial<Standing>, look: Partial<WatchedAccess> = {}) {
  const access = { ...LOOK, ...look }
  const appointments = [{ ...BOOKED, ...booked }]
  return explanationOf(access, { cases: [], told: [], appointments, accesses: [access] }, DUTIES)
}

describe('an appointment explains', () => {
  it.each<[string, Partial<Standing>]>([
    ['a look on its day', {}],
    ['a look where it was told in the same night', { toldAt: daysFrom(0.9) }],
    ['a look before it was called off', { to: 200 }],
    [
      'a look the day after, told that day before it',
      { day: '2026-11-24', toldAt: daysFrom(-0.1) },
    ],
    ['a look before its day, told after it', { day: '2026-11-26', toldAt: daysFrom(0.5) }],
    ['a look at its unit', { unit: 4 }],
    ['a look three days before', { day: '2026-11-28' }],
    ['a look two weeks after', { day: '2026-11-11', toldAt: daysFrom(-20) }],
  ])('%s', (_what, booked) => {
    expect(explained(booked)).toBe('appointment')
  })

  it.each<[string, Partial<Standing>, Partial<WatchedAccess>]>([
    ['nothing that stood in the log before it', { from: 101 }, {}],
    ['nothing in hindsight', { toldAt: daysFrom(1.1) }, {}],
    [
      'nothing of a day that was over, told after the look',
      { day: '2026-11-13', toldAt: daysFrom(0.8) },
      {},
    ],
    ['nothing told after it of the day before', { day: '2026-11-24', toldAt: daysFrom(0.1) }, {}],
    ['nothing told two days after its own day', { day: '2026-11-22', toldAt: daysFrom(-1) }, {}],
    ['nothing after it was called off', { to: 90 }, {}],
    ['nothing at another unit', { unit: 5 }, {}],
    ['nothing at a unit that is not known', { unit: 4 }, { unit: 0 }],
    ['nothing four days before', { day: '2026-11-29' }, {}],
    ['nothing fifteen days after', { day: '2026-11-10', toldAt: daysFrom(-20) }, {}],
    ['nothing that broke a rule', {}, { broken: { 'rst.school': 0 } }],
  ])('%s', (_what, booked, look) => {
    expect(explained(booked, look)).toBeUndefined()
  })
})
