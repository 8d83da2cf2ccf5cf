import fc from 'fast-check'
import {
  foldHoldings,
  heldNow,
  type AccessEntry,
  type Holding,
} from '../../server/overview/index.js'
import { entry, field, hour, legalBasis, party, purpose, SUBJECT } from './terms.js'

const OPERATIONS = ['store', 'query', 'transmit', 'erase'] as const

/** Entries of few offices, fields, purposes and hours, so that they meet each other often. */
const happening = fc
  .record({
    operation: fc.constantFrom(...OPERATIONS),
    holder: fc.integer({ min: 2, max: 3 }),
    fields: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1 }),
    purpose: fc.integer({ min: 1, max: 2 }),
    at: fc.integer({ min: 0, max: 12 }),
    gone: fc.integer({ min: 1, max: 3 }),
  })
  .map((drawn): Partial<AccessEntry> => ({
    operation: drawn.operation,
    recipient: party(drawn.holder),
    fields: drawn.fields.map((id) => field(id)),
    purpose: purpose(drawn.purpose),
    occurredAt: hour(drawn.at),
    expiresOn: `2027-09-0${drawn.gone}`,
  }))
const history = fc
  .array(happening, { maxLength: 14 })
  .map((drawn) => drawn.map((more, index) => entry(index, more)))

const places = (holdings: readonly Holding[]) =>
  heldNow(holdings).map(({ holder, field: held }) => `${holder.id} holds ${held.id}`)

describe('folding holdings', () => {
  it('in two steps equals folding once, wherever the cut is', () => {
    fc.assert(
      fc.property(history, fc.nat(14), (entries, cut) => {
        const early = foldHoldings([], entries.slice(0, cut))
        expect(foldHoldings(early, entries.slice(cut))).toEqual(foldHoldings([], entries))
      }),
      { numRuns: 400 },
    )
  })

  it('does not depend on the order in which entries are handed over', () => {
    fc.assert(
      fc.property(history, (entries) => {
        expect(foldHoldings([], [...entries].reverse())).toEqual(foldHoldings([], entries))
      }),
    )
  })

  it('of one purpose says that a field is held where the last store is later than the last erasure', () => {
    fc.assert(
      fc.property(history, (drawn) => {
        const entries = drawn.map((one) => ({ ...one, purpose: purpose(1) }))
        const expected = [2, 3].flatMap((holder) =>
          [1, 2, 3]
            .filter((id) => isHeld(entries, holder, id))
            .map((id) => `${holder} holds ${id}`),
        )
        expect(places(foldHoldings([], entries)).sort()).toEqual(expected.sort())
      }),
      { numRuns: 400 },
    )
  })

  it('leaves what it was given as it was', () => {
    const base = foldHoldings([], [entry(1)])
    const before = structuredClone(base)
    foldHoldings(base, [entry(2, { operation: 'erase' })])
    expect(base).toEqual(before)
  })
})

function isHeld(entries: readonly AccessEntry[], holder: number, id: number): boolean {
  const here = entries.filter(
    ({ recipient, fields }) => recipient.id === holder && fields.some((one) => one.id === id),
  )
  const latest = (...operations: string[]) =>
    Math.max(
      -1,
      ...here
        .filter(({ operation }) => operations.includes(operation))
        .map(({ occurredAt }) => occurredAt.getTime()),
    )
  return latest('store', 'transmit') > latest('erase')
}

describe('a holding', () => {
  it('begins with a store or a transmission, and not with a query', () => {
    const folded = foldHoldings(
      [],
      [
        entry(1, { operation: 'query', recipient: party(3) }),
        entry(2, { operation: 'store', recipient: party(4) }),
        entry(3, { operation: 'transmit', recipient: party(5) }),
      ],
    )
    expect(folded.map(({ holder }) => holder.id)).toEqual([4, 5])
  })

  it('belongs to the recipient, with its purpose, its legal basis and both times', () => {
    const again = entry(8, { occurredAt: hour(30) })
    const [holding, ...others] = foldHoldings([], [entry(5, { occurredAt: hour(3) }), again])
    expect(others).toEqual([])
    expect(holding).toEqual({
      subject: SUBJECT,
      holder: party(2),
      field: field(1),
      purpose: purpose(1),
      legalBasis: legalBasis(1),
      firstAt: hour(3),
      lastAt: hour(30),
      leafIndex: 8,
    })
  })

  it('ends with an erasure for every purpose, and is forgotten with the entry of the erasure', () => {
    const folded = foldHoldings(
      [],
      [
        entry(1),
        entry(2, { purpose: purpose(2) }),
        entry(3, { operation: 'erase', expiresOn: '2027-10-05' }),
      ],
    )
    expect(heldNow(folded)).toEqual([])
    expect(folded.map(({ endedAt, expiresOn }) => [endedAt, expiresOn])).toEqual([
      [hour(3), '2027-10-05'],
      [hour(3), '2027-10-05'],
    ])
  })

  it('of another field or another office goes on', () => {
    const folded = foldHoldings(
      [],
      [
        entry(1, { fields: [field(1), field(2)] }),
        entry(2, { recipient: party(3) }),
        entry(3, { operation: 'erase' }),
      ],
    )
    expect(places(folded)).toEqual(['2 holds 2', '3 holds 1'])
  })

  it('ends although the erasure stands before the store in the shuffled order of its batch', () => {
    const erasure = entry(1, { operation: 'erase', occurredAt: hour(9) })
    const store = entry(2, { occurredAt: hour(4), purpose: purpose(2) })
    expect(heldNow(foldHoldings([], [erasure, store]))).toEqual([])
  })

  it('that is stored anew after an erasure counts from then on', () => {
    const erasure = entry(2, { operation: 'erase', occurredAt: hour(9) })
    const anew = entry(3, { occurredAt: hour(12) })
    const [holding] = heldNow(foldHoldings([], [entry(1), erasure, anew]))
    expect(holding).toMatchObject({ firstAt: hour(12), lastAt: hour(12) })
    expect(holding).not.toHaveProperty('endedAt')
    expect(holding).not.toHaveProperty('expiresOn')
  })
})
