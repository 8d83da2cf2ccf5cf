import fc from 'fast-check'
import {
  addPeriod,
  classOf,
  isOf,
  isPeriod,
  labelOf,
  sealedTwin,
  takesPart,
  type EventClass,
  type Party,
  type Purpose,
} from '../../server/catalogue/index.js'

describe('a period', () => {
  it.each([
    ['2026-01-15', 'P6M', '2026-07-15'],
    ['2026-08-31', 'P6M', '2027-02-28'],
    ['2027-08-31', 'P6M', '2028-02-29'],
    ['2028-02-29', 'P1Y', '2029-02-28'],
    ['2026-01-31', 'P1M', '2026-02-28'],
    ['2026-12-31', 'P2M', '2027-02-28'],
    ['2026-11-22', 'P12M', '2027-11-22'],
    ['2026-11-22', 'P2Y', '2028-11-22'],
    ['2026-12-25', 'P14D', '2027-01-08'],
    ['2026-03-28', 'P2W', '2026-04-11'],
    ['2026-01-31', 'P1M1D', '2026-03-01'],
    ['2026-01-15', 'P0D', '2026-01-15'],
  ])('after %s of %s ends on %s', (day, period, end) => {
    expect(addPeriod(day, period)).toBe(end)
  })

  it.each(['P', '', '6M', 'P6', 'PT6H', 'P1.5Y', 'P-1D', 'P1D1M', ' P1D', 'p1d'])(
    'is not written "%s"',
    (text) => {
      expect(isPeriod(text)).toBe(false)
      expect(() => addPeriod('2026-01-01', text)).toThrow(/neither a day nor a period/)
    },
  )

  it.each(['2026-1-1', '22.11.2026', '2026-11-22T00:00:00Z', ''])(
    'does not begin on "%s"',
    (text) => {
      expect(() => addPeriod(text, 'P1D')).toThrow(/neither a day nor a period/)
    },
  )

  it('of months never leaves the month that it reaches', () => {
    const day = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 240 }), (start, months) => {
        const from = start.toISOString().slice(0, 10)
        const to = addPeriod(from, `P${months}M`)
        const index = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
        expect(index(to) - index(from)).toBe(months)
        expect(Number(to.slice(8))).toBeLessThanOrEqual(Number(from.slice(8)))
      }),
    )
  })
})

describe('a retention class', () => {
  const azr: EventClass = {
    number: 1,
    code: 'azr',
    registers: ['azr', 'visa'],
    period: 'P6M',
    citation: 'AZRG-DV § 16 Abs. 2',
    width: 'month',
  }

  it('is found by each of its registers, and by no other', () => {
    expect(classOf([azr], 'visa')).toBe(azr)
    expect(classOf([azr], 'social')).toBeUndefined()
  })

  it('has a sealed twin a hundred above', () => {
    expect(sealedTwin(azr)).toBe(101)
  })
})

describe('a party', () => {
  const kind: Party = {
    id: 1,
    code: 'abh',
    kind: 'authority',
    authority: 'abh',
    nameDe: 'Ausländerbehörde',
    level: 'municipal',
    core: true,
    securityBody: false,
    demo: false,
    hasOffices: true,
  }
  const office: Party = { ...kind, id: 2, code: 'i.pf.abh', kind: 'office', hasOffices: false }

  it('is of its kind, as an office and as the kind itself', () => {
    expect([kind, office].map((party) => isOf(party, 'abh'))).toEqual([true, true])
    expect(isOf(office, 'jobcenter')).toBe(false)
  })

  it('takes part as an office where its kind has offices', () => {
    expect(takesPart(office)).toBe(true)
    expect(takesPart(kind)).toBe(false)
    expect(takesPart({ ...kind, hasOffices: false })).toBe(true)
  })
})

describe('a purpose', () => {
  const purpose: Purpose = { id: 1, code: 'asylum', kind: 'mandatory', sensitive: false }

  it('is labelled by law unless it is voluntary', () => {
    expect(labelOf(purpose)).toBe('by_law')
    expect(labelOf({ ...purpose, kind: 'voluntary' })).toBe('voluntary')
  })
})
