import { NOTHING_KNOWN, type WatchedAccess } from '../../server/oversight/flags/access.js'
import { explanationOf, type Duties } from '../../server/oversight/flags/explanation.js'
import { judgePerson } from '../../server/oversight/flags/judgement.js'

const NOON = new Date('2026-11-25T11:00:00Z')
const daysFrom = (count: number) => new Date(NOON.getTime() + count * 86_400_000)
const DUTIES: Duties = { isMandatory: () => true, isCasework: () => false }
const LOOK: WatchedAccess = {
  ...{ index: 100, expiresOn: '2027-11-25', occurredAt: NOON, subject: 'somebody' },
  ...{ isQuery: true, isManual: true, unit: 4, purpose: 1, ofThePortal: false },
  ...{ citesConsent: false, broken: {}, isSealed: false },
}

describe('earlier dealings of an office with a person', () => {
  it('are looked for once, however many looks at the person a sender delivers', () => {
    let asked = 0
    const isMandatory = () => {
      asked += 1
      return true
    }
    const accesses = Array.from({ length: 2_000 }, (_, index) => ({ ...LOOK, index }))
    judgePerson(accesses, { ...NOTHING_KNOWN, accesses }, { ...DUTIES, isMandatory })
    expect(asked).toBeLessThanOrEqual(3 * accesses.length)
  })

  it.each([
    ['the last of them is near', [-200, -120, -89], 'dealings'],
    ['it was ninety days ago', [-90], 'dealings'],
    ['they are in whatever order', [30, -60, -200], 'dealings'],
    ['each is too long ago', [-200, -91], undefined],
    ['each is still to come', [1, 30], undefined],
    ['there are none', [], undefined],
  ])('explain where %s', (_what, days, expected) => {
    const accesses = days.map((day, index) => {
      return { ...LOOK, index, isQuery: false, occurredAt: daysFrom(day) }
    })
    expect(explanationOf(LOOK, { ...NOTHING_KNOWN, accesses }, DUTIES)).toBe(expected)
  })
})
