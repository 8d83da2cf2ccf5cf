import fc from 'fast-check'
import type { Flow } from '../../server/catalogue/index.js'
import { germanDay, germanMonth, monthsUpTo } from '../../server/overview/calendar.js'
import { actorOf, otherSideOf } from '../../server/overview/entry.js'
import { foldHoldings, type AccessEntry } from '../../server/overview/index.js'
import {
  byMonth,
  fieldsOf,
  foldRepeats,
  mayBeWithheld,
  officesOf,
  reasonsOf,
  type FlaggedEntry,
} from '../../server/overview/rules.js'
import { sightOf, veilOf } from '../../server/overview/sight.js'
import { entry, field, hour, party, purpose } from './terms.js'

const shown = (index: number, more: Partial<AccessEntry> = {}): FlaggedEntry => ({
  ...entry(index, more),
  flags: [],
})

describe('who acted', () => {
  it.each([
    ['query', 2, 1],
    ['transmit', 2, 1],
    ['store', 1, 2],
    ['erase', 1, 2],
  ] as const)(
    'in a %s is office %i, and the other side is office %i',
    (operation, actor, other) => {
      const event = entry(1, { operation })
      expect(actorOf(event).id).toBe(actor)
      expect(otherSideOf(event)?.id).toBe(other)
    },
  )

  it('has no other side where an office works in its own files', () => {
    expect(otherSideOf(entry(1, { recipient: party(1) }))).toBeUndefined()
  })
})

describe('months of accesses', () => {
  it('are those of German time, newest first', () => {
    const lateInMarch = shown(1, { occurredAt: new Date('2027-03-31T22:30:00Z') })
    const inMarch = shown(2, { occurredAt: new Date('2027-03-31T21:30:00Z') })
    expect(byMonth([inMarch, lateInMarch]).map(({ month }) => month)).toEqual([
      '2027-04',
      '2027-03',
    ])
  })

  it('hold every access exactly once, whatever was folded', () => {
    const history = fc.array(
      fc.record({ at: fc.nat(4000), case: fc.constantFrom('A-1', 'A-2'), flagged: fc.boolean() }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(history, (drawn) => {
        const entries = drawn.map((one, index) => ({
          ...shown(index, { occurredAt: hour(one.at), caseRef: one.case }),
          flags: one.flagged ? [{ rule: 'flow.unknown', fields: [] }] : [],
        }))
        const months = byMonth(entries)
        const told = months.flatMap(({ groups }) => groups.flatMap(({ all }) => all))
        expect(told.map(({ index }) => index).sort((a, b) => a - b)).toEqual(
          entries.map(({ index }) => index),
        )
        expect(new Set(months.map(({ month }) => month)).size).toBe(months.length)
      }),
    )
  })
})

describe('repeats', () => {
  it('of the same case are told once, with the newest first', () => {
    const [group, ...others] = foldRepeats(
      [3, 2, 1].map((index) => shown(index, { caseRef: 'A-1' })),
    )
    expect(others).toEqual([])
    expect(group?.latest.index).toBe(3)
    expect(group?.all.map(({ index }) => index)).toEqual([3, 2, 1])
  })

  it.each<[string, Partial<AccessEntry>]>([
    ['another case', { caseRef: 'A-2' }],
    ['another purpose', { purpose: purpose(2) }],
    ['another office', { source: party(7) }],
    ['another field', { fields: [field(1), field(2)] }],
    ['another operation', { operation: 'erase' }],
  ])('are not told together with %s', (_what, more) => {
    const one = shown(2, { caseRef: 'A-1' })
    expect(foldRepeats([one, shown(1, { caseRef: 'A-1', ...more })])).toHaveLength(2)
  })

  it('that break a rule stand alone', () => {
    const flags = [{ rule: 'flow.unknown', fields: [] }]
    expect(
      foldRepeats([
        { ...shown(2), flags },
        { ...shown(1), flags },
      ]),
    ).toHaveLength(2)
  })
})

describe('offices', () => {
  const holdings = foldHoldings(
    [],
    [
      entry(1, { recipient: party(2), fields: [field(2), field(1)] }),
      entry(2, { recipient: party(3), fields: [field(1)], purpose: purpose(2, 'voluntary') }),
    ],
  )

  it('are those that hold data and those that only acted, each with its own', () => {
    const activity = { party: party(9), count: 4, lastAt: hour(5) }
    const offices = officesOf(holdings, [activity])
    expect(offices.map((office) => [office.party.id, office.fields.map(({ id }) => id)])).toEqual([
      [2, [1, 2]],
      [3, [1]],
      [9, []],
    ])
    expect(offices.at(-1)?.activity).toEqual(activity)
    expect(offices[1]?.purposes.map(({ kind }) => kind)).toEqual(['voluntary'])
  })

  it('of one kind become one where the session sees kinds', () => {
    const kind = party(50, { kind: 'authority', code: 'abh', authority: 'abh' })
    const veil = veilOf('kinds', () => kind)
    const veiled = holdings.map((holding) => veil.holding(holding))
    expect(officesOf(veiled, []).map((office) => office.party.id)).toEqual([50])
    expect(fieldsOf(veiled).map(({ holders }) => holders.length)).toEqual([1, 1])
  })

  it('hold each field for the reasons that were reported', () => {
    expect(reasonsOf(holdings).map((reason) => [reason.purpose.id, reason.fields.length])).toEqual([
      [1, 2],
      [2, 1],
    ])
  })
})

describe('a letter session', () => {
  it('sees neither unit nor case number nor the place of an office', () => {
    expect(sightOf({ assurance: 'letter' })).toBe('kinds')
    expect(sightOf({ assurance: 'counter' })).toBe('details')
    const kind = party(50, { kind: 'authority' })
    const unit = { id: 1, code: 'front_desk' }
    const veiled = veilOf('kinds', () => kind).entry(entry(1, { unit, caseRef: 'A-1' }))
    expect(veiled).not.toHaveProperty('unit')
    expect(veiled).not.toHaveProperty('caseRef')
    expect([veiled.source, veiled.recipient]).toEqual([kind, kind])
  })
})

describe('the words that entries may be missing', () => {
  const flow = (more: Partial<Flow>) =>
    ({ source: 'a', recipient: 'b', disclosure: 'open', ...more }) as Flow

  it('stand at every authority with a flow that is not open, on either side of it', () => {
    const flows = [
      flow({}),
      flow({ source: 'c', disclosure: 'withheld' }),
      flow({ recipient: 'd', disclosure: 'body_consent' }),
    ]
    const names = (['a', 'b', 'c', 'd'] as const).filter((authority) =>
      mayBeWithheld(party(1, { authority }), flows),
    )
    expect(names).toEqual(['a', 'b', 'c', 'd'])
    expect(mayBeWithheld(party(1, { authority: 'a' }), [flow({})])).toBe(false)
  })
})

describe('the calendar', () => {
  it('counts days in German time across both changes of the clock', () => {
    expect(germanDay(new Date('2027-03-27T23:30:00Z'))).toBe('2027-03-28')
    expect(germanDay(new Date('2027-10-30T22:30:00Z'))).toBe('2027-10-31')
    expect(germanDay(new Date('2027-10-31T23:30:00Z'))).toBe('2027-11-01')
  })

  it('lists the months up to an instant, oldest first, over the turn of the year', () => {
    expect(monthsUpTo(new Date('2027-01-31T23:30:00Z'), 3)).toEqual([
      '2026-12',
      '2027-01',
      '2027-02',
    ])
  })

  it('ends its list with the month of the instant, whatever the instant', () => {
    const instant = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2040-01-01'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(instant, (now) => {
        const months = monthsUpTo(now, 12)
        expect(months.at(-1)).toBe(germanMonth(now))
        expect([...new Set(months)].sort()).toEqual(months)
      }),
    )
  })
})
