import fc from 'fast-check'
import type { WatchedAccess } from '../../server/oversight/flags/access.js'
import { createActing } from '../../server/oversight/flags/acting.js'
import type { Duties } from '../../server/oversight/flags/explanation.js'
import { judgePerson } from '../../server/oversight/flags/judgement.js'
import {
  FLAG_RULES,
  STAFF_RULES,
  tellsPerson,
  UNTRIED,
} from '../../server/oversight/flags/rules.js'
import {
  actorDays,
  repeatedByActor,
  staffVolumeFindings,
} from '../../server/oversight/flags/staff.js'
import type { ActorDay } from '../../server/oversight/store/acting.js'
import { keyedHash } from '../../server/platform/kernel/sealing.js'

const NOON = new Date('2026-11-25T11:00:00Z')
const DAY = '2026-11-25'
const NO_DUTIES: Duties = { isMandatory: () => false, isCasework: () => true }
const LOOK: WatchedAccess = {
  ...{ index: 100, expiresOn: '2027-11-25', occurredAt: NOON, subject: 'somebody' },
  ...{ isQuery: true, isManual: true, unit: 4, purpose: 2, ofThePortal: false },
  ...{ citesConsent: false, broken: {}, isSealed: false },
}
const looksOf = (...actors: readonly (string | undefined)[]): readonly WatchedAccess[] =>
  actors.map((actor, at) => ({
    ...{ ...LOOK, index: 100 + at },
    ...(actor === undefined ? {} : { actor }),
  }))
const judged = (looks: readonly WatchedAccess[]) =>
  judgePerson(looks, { cases: [], told: [], appointments: [], accesses: looks }, NO_DUTIES)
const aboutStaff = (looks: readonly WatchedAccess[]) =>
  judged(looks).flatMap(({ findings }) =>
    findings.filter(({ rule }) => rule === 'staff_repeated').map(({ index }) => index),
  )

describe('one person looked up by one member of staff', () => {
  it('is found at the third time, and not where others did it', () => {
    expect(aboutStaff(looksOf('a', 'a', 'a'))).toEqual([102])
    expect(aboutStaff(looksOf('a', 'b', 'c'))).toEqual([])
    expect(aboutStaff(looksOf('a', 'b', 'a', 'b', 'a'))).toEqual([104])
  })

  it('is not found where nobody may know who acted', () => {
    expect(aboutStaff(looksOf(undefined, undefined, undefined))).toEqual([])
    expect([...repeatedByActor(looksOf(undefined, undefined, undefined))]).toEqual([])
  })

  it('reads the same whoever it was: names exchanged, evidence unchanged', () => {
    const names = ['a', 'b', 'c'] as const
    const evidence = (looks: readonly WatchedAccess[]) =>
      judged(looks).map(({ findings }) => findings.map(({ by: _by, ...rest }) => rest))
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...names), { maxLength: 12 }),
        fc.shuffledSubarray([...names], { minLength: 3 }),
        (actors, others) => {
          const exchanged = actors.map((actor) => others[names.indexOf(actor)])
          const [before, after] = [evidence(looksOf(...actors)), evidence(looksOf(...exchanged))]
          expect(after).toEqual(before)
          for (const name of names) expect(JSON.stringify(before)).not.toContain(`"${name}"`)
        },
      ),
    )
  })
})

describe('the volume of one member of staff', () => {
  const day = (actor: number, unexplained: number, changes: object = {}) => ({
    ...{ office: 1, unit: 4, day: DAY, actor: `actor-${actor}`, unexplained },
    ...{ lastLeaf: actor, lastExpiresOn: '2027-01-01' },
    ...changes,
  })
  const others = (count: number, changes: object = {}) =>
    Array.from({ length: count }, (_, at) => day(at + 1, at % 3, changes))
  const found = (actors: readonly (ActorDay & { readonly office: number })[]) =>
    staffVolumeFindings(DAY, actors, 1).map(({ index }) => index)

  it('needs ten others of such units', () => {
    expect(found([day(99, 40), ...others(10)])).toEqual([99])
    expect(found([day(99, 40), ...others(9)])).toEqual([])
    expect(found([day(99, 40), ...others(9), ...others(5, { unit: 5 })])).toEqual([])
  })

  it('is compared with others of offices of the kind, and is no finding of theirs', () => {
    expect(found([day(99, 40), ...others(10, { office: 2 })])).toEqual([99])
    expect(found([day(99, 40, { office: 2 }), ...others(10)])).toEqual([])
  })

  it('is nothing with few accesses, and nothing among such as oneself', () => {
    expect(found([day(99, 9), ...others(12, { unexplained: 0 })])).toEqual([])
    expect(found([day(99, 40), ...others(12, { unexplained: 39 }), day(98, 38)])).toEqual([99])
    expect(
      found([day(99, 12), ...others(12).map((one, at) => ({ ...one, unexplained: 8 + at }))]),
    ).toEqual([])
  })

  it('counts by hand and visible alone', () => {
    const [one = LOOK, two = LOOK, three = LOOK, four = LOOK] = looksOf('a', 'a', 'a', 'b')
    const counted = actorDays(
      [
        { access: one, findings: [] },
        { access: { ...two, isSealed: true }, findings: [] },
        { access: { ...three, isManual: false }, findings: [] },
        { access: four, explanation: 'open_case', findings: [] },
      ],
      (actor) => `${actor} today`,
    )
    expect(counted.map(({ actor, unexplained }) => [actor, unexplained])).toEqual([
      ['a today', 1],
      ['b today', 0],
    ])
  })
})

describe('a handle of an actor', () => {
  const acting = createActing({
    openRef: (_entry, sealed) => sealed.toString(),
    hash: (text) => keyedHash(Buffer.alloc(32, 7), text),
  })
  const by = (actor: string, day = DAY) => ({ actor: acting.onDay(actor, day), day })
  const finding = { ...{ index: 5, expiresOn: DAY, isSealed: false }, evidence: { unit: 4 } }

  it('is another one each day, and a mark another one for each finding', () => {
    expect(acting.onDay('a', DAY)).not.toBe(acting.onDay('a', '2026-11-26'))
    const mark = (index: number) =>
      acting.concerned({ ...finding, rule: 'staff_repeated', weight: 1, index, by: by('a') }).mark
    expect(mark(5).equals(mark(6))).toBe(false)
  })

  it('of the portal is another one each quarter, and holds no id', () => {
    const staff = '11111111-1111-4111-8111-111111111111'
    const refs = ['2026-09-30T12:00:00Z', '2026-10-01T12:00:00Z', '2026-12-31T12:00:00Z'].map(
      (at) => acting.refOf(staff, new Date(at)),
    )
    expect(refs[1]).toBe(refs[2])
    expect(refs[0]).not.toBe(refs[1])
    expect(refs.join()).not.toContain('1111')
  })
})

describe('rules about members of staff', () => {
  it('are tried on no past data, and known by their name', () => {
    expect(STAFF_RULES).toEqual(['staff_volume', 'staff_repeated'])
    expect(STAFF_RULES.filter((rule) => !UNTRIED.includes(rule))).toEqual([])
    expect(FLAG_RULES.filter(({ code }) => code.startsWith('staff_'))).toHaveLength(2)
    expect(STAFF_RULES.map((rule) => tellsPerson(rule, false))).toEqual([false, true])
  })
})
