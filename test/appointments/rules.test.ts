import fc from 'fast-check'
import type { OwnAppointment } from '../../server/appointments/index.js'
import { expiryOf } from '../../server/appointments/journal.js'
import { appointmentNote } from '../../server/appointments/pages.js'
import { dayFault, explainsAccess, type Standing } from '../../server/appointments/rules.js'
import type { Party } from '../../server/catalogue/index.js'
import { daysAfter, germanDay } from '../../server/platform/kernel/days.js'

const NOON = new Date('2026-11-25T11:00:00Z')
const DAY_MS = 86_400_000

describe('the day of an appointment', () => {
  it.each([
    ['2026-11-25', undefined],
    ['2026-11-11', undefined],
    ['2026-11-10', 'too_old'],
    ['2027-04-24', undefined],
    ['2027-04-25', 'too_far_ahead'],
  ])('%s is judged %s', (day, fault) => {
    expect(dayFault(day, NOON)).toBe(fault)
  })

  it('is a day in Germany, where it begins before midnight in Greenwich', () => {
    const late = new Date('2026-11-25T23:30:00Z')
    expect(dayFault('2026-11-11', NOON)).toBeUndefined()
    expect(dayFault('2026-11-11', late)).toBe('too_old')
  })

  it('ends the entry half a year after the last access that it can explain, within a year', () => {
    expect(expiryOf('2026-11-25')).toBe('2027-06-09')
    for (let ahead = 0; ahead <= 150; ahead += 1) {
      const today = daysAfter('2026-11-25', ahead * 3)
      expect(expiryOf(daysAfter(today, 150)) <= daysAfter(today, 365)).toBe(true)
    }
  })
})

/** The rule said once more, in one list of conditions that each can refuse. */
function oracle(one: Standing, access: { index: number; occurredAt: Date; unit: number }): boolean {
  const days = [...Array(18).keys()].map((at) => daysAfter(one.day, at - 3))
  return [
    one.from <= access.index,
    one.to === undefined || access.index <= one.to,
    one.toldAt.getTime() - access.occurredAt.getTime() <= DAY_MS,
    one.unit === undefined || one.unit === access.unit,
    days.includes(germanDay(access.occurredAt)),
    germanDay(one.toldAt) <= daysAfter(one.day, 1),
    one.toldAt <= access.occurredAt || germanDay(access.occurredAt) <= one.day,
  ].every(Boolean)
}

it('an appointment explains exactly the accesses that every condition lets', () => {
  const hours = fc.integer({ min: -24 * 25, max: 24 * 25 })
  const leaf = fc.integer({ min: 0, max: 6 })
  const access = fc.record({ index: leaf, hour: hours, unit: fc.integer({ min: 0, max: 2 }) })
  const booked = fc.record({
    ...{ day: fc.integer({ min: -20, max: 20 }), told: hours, from: leaf },
    to: fc.option(leaf, { nil: undefined }),
    unit: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
  })
  let explained = 0
  fc.assert(
    fc.property(access, booked, ({ hour, ...looked }, { day, told, from, to, unit }) => {
      const one: Standing = {
        ...{ day: daysAfter('2026-11-25', day), from },
        toldAt: new Date(NOON.getTime() + told * 3_600_000),
        ...(to === undefined ? {} : { to }),
        ...(unit === undefined ? {} : { unit }),
      }
      const at = { ...looked, occurredAt: new Date(NOON.getTime() + hour * 3_600_000) }
      const answer = explainsAccess(one, at)
      explained += answer ? 1 : 0
      expect(answer).toBe(oracle(one, at))
    }),
    { numRuns: 2000, seed: 7 },
  )
  expect(explained).toBeGreaterThan(20)
})

it('a page shows the latest twenty, and says where the others are', () => {
  const party = { code: 'x' } as Party
  const one: OwnAppointment = {
    ...{ office: party, day: '2026-11-25', status: 'booked', toldAt: NOON },
    expiresOn: '2027-06-09',
  }
  const pen = { t: (key: string) => key, texts: { unit: () => ({ label: '' }) } }
  const many = appointmentNote(pen, 'office', Array<OwnAppointment>(21).fill(one))
  expect([many?.items.length, many?.more]).toEqual([20, 'appointments:more'])
  expect(appointmentNote(pen, 'office', [one])?.more).toBe('')
  expect(appointmentNote(pen, 'office', [])).toBeUndefined()
})
