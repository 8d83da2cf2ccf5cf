import type { WatchedAccess } from '../../server/oversight/flags/access.js'
import { emergencyFindings } from '../../server/oversight/flags/emergency.js'
import { explanationOf } from '../../server/oversight/flags/explanation.js'

const NOON = new Date('2026-11-25T11:00:00Z')
const daysFrom = (count: number) => new Date(NOON.getTime() + count * 86_400_000)

const DECLARED = { ground: 'child_at_risk', declaredAt: daysFrom(0.1) } as const
const noted = (day: number) => ({ emergency: { ...DECLARED, noteToldAt: daysFrom(day) } })

/** Somebody looks a person up by hand, on a Wednesday at noon. */
const look = (changes: Partial<WatchedAccess> = {}): WatchedAccess => ({
  ...{ index: 100, expiresOn: '2027-11-25', occurredAt: NOON, subject: 'somebody' },
  ...{ isQuery: true, isManual: true, unit: 4, purpose: 1, ofThePortal: false },
  ...{ citesConsent: false, broken: {}, isSealed: false },
  ...changes,
})
const DUTIES = { isMandatory: () => true, isCasework: () => false }
const VOLUNTARY = { isMandatory: () => false, isCasework: () => false }
const NOTHING = { cases: [], told: [], appointments: [], accesses: [] }

describe('an emergency explains', () => {
  it('a look by hand whose note was told in its week', () => {
    expect(explanationOf(look(noted(7)), NOTHING, DUTIES)).toBe('emergency')
  })

  it.each<[string, WatchedAccess]>([
    ['nothing whose note came a day too late', look(noted(8))],
    ['nothing without a note', look({ emergency: DECLARED })],
    ['nothing that a program did', look({ ...noted(1), isManual: false })],
    ['nothing that broke a rule', look({ ...noted(1), broken: { 'rst.school': 0 } })],
  ])('%s', (_what, access) => {
    expect(explanationOf(access, NOTHING, VOLUNTARY)).toBeUndefined()
  })

  it('last of all, where nothing else does', () => {
    const accesses = [look({ index: 50, isQuery: false, occurredAt: daysFrom(-30) })]
    expect(explanationOf(look(noted(1)), { ...NOTHING, accesses }, DUTIES)).toBe('dealings')
  })
})

test('a missing note is found once its week is over, whatever explains the access', () => {
  const found = (emergency: WatchedAccess['emergency'], day: number) =>
    emergencyFindings(look(emergency === undefined ? {} : { emergency }), daysFrom(day))
  const evidence = {
    ...{ at: NOON.toISOString(), unit: 4, purpose: 1 },
    ...{ why: 'child_at_risk', days: 7 },
  }
  expect(found(DECLARED, 7)).toEqual([])
  expect(found(DECLARED, 8)).toMatchObject([{ rule: 'emergency_without_note', evidence }])
  expect(found(noted(7).emergency, 99)).toEqual([])
  expect(found(noted(8).emergency, 8)).toHaveLength(1)
  expect(found(undefined, 99)).toEqual([])
})
