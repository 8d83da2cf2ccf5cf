import type { Around, WatchedAccess } from '../../server/oversight/flags/access.js'
import { mixFindings, volumeFindings, type Tally } from '../../server/oversight/flags/days.js'
import { explanationOf, type Duties } from '../../server/oversight/flags/explanation.js'
import { offHours } from '../../server/oversight/flags/hours.js'
import { judgePerson } from '../../server/oversight/flags/judgement.js'
import type { RuleCode } from '../../server/oversight/flags/rules.js'
import { repeatedLooks } from '../../server/oversight/flags/repeats.js'
import { median, peerBox } from '../../server/oversight/flags/robust.js'
import {
  actOf,
  afterStep,
  FINDING_STATES,
  FINDING_TRANSITIONS,
  type FindingState,
  type FindingStep,
} from '../../server/oversight/flags/states.js'

const NOON = new Date('2026-11-25T11:00:00Z')
const DAY = 86_400_000
const daysFrom = (count: number) => new Date(NOON.getTime() + count * DAY)

/** Purpose 1 is ordered by law, purpose 2 is voluntary, purpose 3 is casework in the portal. */
const DUTIES: Duties = {
  isMandatory: (purpose) => purpose !== 2,
  isCasework: (purpose) => purpose === 3,
}

/** Somebody looks a person up by hand, on a Wednesday at noon. */
const LOOK: WatchedAccess = {
  ...{ index: 100, expiresOn: '2027-11-25', occurredAt: NOON, subject: 'somebody' },
  ...{ isQuery: true, isManual: true, unit: 4, purpose: 1, ofThePortal: false },
  ...{ citesConsent: false, broken: {}, isSealed: false },
}
const look = (changes: Partial<WatchedAccess> = {}): WatchedAccess => ({ ...LOOK, ...changes })
const around = (changes: Partial<Around> = {}): Around => ({
  ...{ cases: [], told: [], appointments: [], accesses: [LOOK] },
  ...changes,
})
const stored = (changes: Partial<WatchedAccess> = {}) =>
  look({ index: 50, isQuery: false, occurredAt: daysFrom(-30), ...changes })

describe('what explains an access', () => {
  it.each<[string, Partial<WatchedAccess>, Partial<Around>, string | undefined]>([
    ['nothing', {}, {}, undefined],
    ['a consent that held', { citesConsent: true, purpose: 2 }, {}, 'consent'],
    ['a program that the law orders', { isManual: false }, {}, 'duty'],
    ['a report that the law orders', { isQuery: false }, {}, 'duty'],
    ['no duty where the purpose is voluntary', { isManual: false, purpose: 2 }, {}, undefined],
    ['a look that the portal wants', { ofThePortal: true }, {}, 'duty'],
    ['no duty in casework of the portal', { ofThePortal: true, purpose: 3 }, {}, undefined],
    ['an open case', {}, { cases: [{ from: daysFrom(-1) }] }, 'open_case'],
    ['a case of that day', {}, { cases: [{ from: NOON, to: NOON }] }, 'open_case'],
    ['no case that came later', {}, { cases: [{ from: daysFrom(1) }] }, undefined],
    ['no case that is over', {}, { cases: [{ from: daysFrom(-9), to: daysFrom(-1) }] }, undefined],
    ['a correction', {}, { told: [daysFrom(-30)] }, 'correction'],
    ['no correction long ago', {}, { told: [daysFrom(-31)] }, undefined],
    ['no correction to come', {}, { told: [daysFrom(1)] }, undefined],
    ['dealings', {}, { accesses: [stored(), LOOK] }, 'dealings'],
    [
      'dealings under a consent',
      {},
      { accesses: [stored({ citesConsent: true, purpose: 2 })] },
      'dealings',
    ],
    ['no dealings long ago', {}, { accesses: [stored({ occurredAt: daysFrom(-91) })] }, undefined],
    [
      'no dealings that come later',
      {},
      { accesses: [stored({ occurredAt: daysFrom(1) })] },
      undefined,
    ],
    ['no look of somebody else', {}, { accesses: [look({ index: 50 }), LOOK] }, undefined],
    [
      'no dealings that broke a rule',
      {},
      { accesses: [stored({ broken: { 'rst.school': 0 } })] },
      undefined,
    ],
    ['no look of the portal', {}, { accesses: [stored({ ofThePortal: true })] }, undefined],
    [
      'nothing at all where a rule was broken',
      { broken: { 'consent.not_valid': 0 }, citesConsent: true },
      { cases: [{ from: daysFrom(-1) }] },
      undefined,
    ],
  ])('is %s', (_what, access, known, expected) => {
    expect(explanationOf(look(access), around(known), DUTIES)).toBe(expected)
  })
})

describe('what the rules find', () => {
  const rulesOf = (access: WatchedAccess, known: Partial<Around> = {}) =>
    judgePerson([access], around({ accesses: [access], ...known }), DUTIES).flatMap(
      ({ findings }) => findings.map(({ rule, evidence }) => [rule, evidence]),
    )
  const shared = { at: NOON.toISOString(), unit: 4, purpose: 1 }

  it('is nothing where something explains it', () => {
    expect(rulesOf(look({ isManual: false }))).toEqual([])
  })

  it('is a look without a case, or after it', () => {
    expect(rulesOf(LOOK)).toEqual([['no_case', shared]])
    const cases = [
      { from: daysFrom(-90), to: daysFrom(-60) },
      { from: daysFrom(-50), to: daysFrom(-20) },
    ]
    expect(rulesOf(LOOK, { cases })).toEqual([['after_close', { ...shared, days: 20 }]])
    // A case that begins later was never there to be closed.
    const later = [{ from: daysFrom(5), to: daysFrom(9) }]
    expect(rulesOf(LOOK, { cases: later })).toEqual([['no_case', shared]])
  })

  it('is what recording flagged, each under its own rule', () => {
    const broken = {
      ...{ 'rst.school': 0, 'block.in_spite': 0, 'consent.not_valid': 0, 'flow.unknown': 0 },
      ...{ 'flow.fields_beyond': 2, 'consent.fields_beyond': 1 },
    }
    const access = look({ isManual: false, broken })
    expect(rulesOf(access)).toEqual([
      ['prohibited', { ...shared, rules: ['rst.school'], fields: 0 }],
      ['in_spite_of_block', { ...shared, rules: ['block.in_spite'], fields: 0 }],
      ['consent_not_valid', { ...shared, rules: ['consent.not_valid'], fields: 0 }],
      [
        'beyond_purpose',
        { ...shared, rules: ['consent.fields_beyond', 'flow.fields_beyond'], fields: 3 },
      ],
      ['unknown_flow', { ...shared, rules: ['flow.unknown'], fields: 0 }],
    ])
  })

  it('counts no withheld look where caseworkers can be asked about it', () => {
    const looks = [0, 1, 2, 3, 4].map((day) =>
      look({ index: day, occurredAt: daysFrom(day - 5), isSealed: day < 4 }),
    )
    const repeats = (accesses: readonly WatchedAccess[]) =>
      judgePerson(accesses, around({ accesses }), DUTIES).flatMap(({ findings }) =>
        findings.filter(({ rule }) => rule === 'repeated'),
      )
    expect(repeats(looks)).toEqual([])
    const sealed = looks.map((one) => ({ ...one, isSealed: one.index > 0 }))
    expect(repeats(sealed)).toMatchObject([{ isSealed: true, evidence: { count: 5 } }])
  })

  it('holds no person', () => {
    const [judged] = judgePerson([LOOK], around(), DUTIES)
    expect(JSON.stringify(judged?.findings)).not.toContain('somebody')
  })
})

describe('looking somebody up again and again', () => {
  const looks = (...days: readonly number[]) =>
    days.map((day, index) => ({ index, occurredAt: daysFrom(day) }))

  it.each([
    [[0, 1, 2, 3], []],
    [[0, 1, 2, 3, 4], [[4, 5]]],
    [[4, 2, 0, 3, 1], [[4, 5]]],
    [[0, 10, 20, 30, 40], []],
    [[0, 40, 41, 42, 43, 44], [[5, 5]]],
    [
      Array.from({ length: 11 }, (_, day) => day),
      [
        [4, 5],
        [9, 10],
      ],
    ],
  ])('on days %j is found %j', (days, expected) => {
    expect([...repeatedLooks(looks(...days))]).toEqual(expected)
  })
})

describe('a person looked up ten thousand times', () => {
  it('costs no more than a thousand looks', () => {
    const looks = Array.from({ length: 10_000 }, (_, index) => ({
      index,
      occurredAt: new Date(NOON.getTime() - ((index * 7919) % 10_000) * 60_000),
    }))
    // The latest thousand are counted, and found at each five.
    const found = [...repeatedLooks(looks)]
    expect(found).toHaveLength(200)
    expect(found.at(-1)).toEqual([9_999, 1_000])
  })
})

describe('working hours', () => {
  it.each([
    ['2026-11-25T11:00:00Z', undefined],
    ['2026-11-25T05:00:00Z', undefined],
    ['2026-11-25T04:59:00Z', 'night'],
    ['2026-11-25T18:59:00Z', undefined],
    ['2026-11-25T19:00:00Z', 'night'],
    // In summer the German clock is two hours ahead.
    ['2026-07-15T04:00:00Z', undefined],
    ['2026-07-15T18:00:00Z', 'night'],
    ['2026-11-28T11:00:00Z', 'weekend'],
    ['2026-11-29T23:30:00Z', 'night'],
    ['2026-12-25T11:00:00Z', 'holiday'],
    ['2027-03-29T09:00:00Z', 'holiday'],
    // All Saints and Reformation Day are holidays of some Länder alone.
    ['2027-11-01T11:00:00Z', undefined],
  ])('at %s: %s', (at, expected) => {
    expect(offHours(new Date(at))).toBe(expected)
  })
})

describe('a unit among its peers', () => {
  it('needs ten of them', () => {
    expect(
      peerBox(
        5,
        Array.from({ length: 9 }, () => 1),
      ),
    ).toBe(undefined)
    expect(
      peerBox(
        5,
        Array.from({ length: 10 }, () => 1),
      ),
    ).toMatchObject({ peers: 10 })
  })

  it('is measured by median and MAD, which outliers do not move', () => {
    const others = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1000]
    expect(peerBox(20, others)).toEqual({
      ...{ value: 20, median: 5.5, mad: 2.5, peers: 10 },
      z: expect.closeTo((0.6745 * (20 - 5.5)) / 2.5, 6) as unknown,
    })
  })

  it('has no distance where all peers are alike', () => {
    expect(
      peerBox(
        20,
        Array.from({ length: 12 }, () => 3),
      ),
    ).toEqual({
      ...{ value: 20, median: 3, mad: 0, peers: 12 },
    })
    expect(median([])).toBe(0)
  })

  const UNITS = Array.from({ length: 11 }, (_, unit) => ({ office: 1, unit: unit + 1 }))
  const tally = (unit: number, unexplained: number, changes: Partial<Tally> = {}): Tally => ({
    ...{ office: 1, unit, purpose: 1, all: unexplained, unexplained },
    ...{ lastLeaf: unit, lastExpiresOn: '2027-01-01' },
    ...changes,
  })

  it('is found with far more than the others, and never with few', () => {
    const find = (most: number, units = UNITS) =>
      volumeFindings('2026-11-25', [tally(1, most), tally(2, 3), tally(3, 1)], { office: 1, units })
    expect(find(50)).toMatchObject([
      { rule: 'volume', index: 1, evidence: { unit: 1, day: '2026-11-25', box: { value: 50 } } },
    ])
    expect(find(19)).toEqual([])
    expect(find(50, UNITS.slice(0, 10))).toEqual([])
  })

  it('is no finding of another office', () => {
    const units = UNITS.map((one) => ({ ...one, office: one.unit === 1 ? 2 : 1 }))
    const tallies = [tally(1, 50, { office: 2 })]
    expect(volumeFindings('2026-11-25', tallies, { office: 1, units })).toEqual([])
  })

  it('is found with other purposes than before', () => {
    const before = [tally(1, 0, { all: 400 }), tally(1, 0, { all: 100, purpose: 2 })]
    const week = [tally(1, 0, { all: 40 }), tally(1, 0, { all: 60, purpose: 2, lastLeaf: 9 })]
    expect(mixFindings('2026-11-29', week, before)).toMatchObject([
      { rule: 'purpose_mix', index: 9, evidence: { purpose: 2, count: 100, shares: [20, 60] } },
    ])
    expect(mixFindings('2026-11-29', before, before)).toEqual([])
    expect(mixFindings('2026-11-29', week.slice(1), before)).toEqual([])
  })
})

describe('the states of a finding', () => {
  it('lead to every state but back to new, and end with confirmed', () => {
    const reached = new Set(Object.values(FINDING_TRANSITIONS).flat())
    expect([...reached].sort()).toEqual(FINDING_STATES.filter((one) => one !== 'new').sort())
    expect(FINDING_TRANSITIONS.confirmed).toEqual([])
    const taken = (state: FindingState, rule: RuleCode, step: FindingStep) =>
      afterStep({ state, rule }, { step, reason: 'unit' }).ok
    expect(taken('new', 'no_case', 'confirmed')).toBe(true)
    expect(taken('confirmed', 'no_case', 'dismissed')).toBe(false)
    expect(taken('new', 'no_case', 'asked')).toBe(true)
    expect(taken('new', 'staff_volume', 'asked')).toBe(false)
    expect(taken('new', 'staff_repeated', 'explained')).toBe(true)
  })

  it.each(['', 'new.unit', 'asked', 'asked.private', 'constructor.name', 'asked.unit.x'])(
    'are not reached by %j',
    (choice) => {
      expect(actOf(choice)).toBe(undefined)
    },
  )
})
