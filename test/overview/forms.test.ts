import fc from 'fast-check'
import type { Catalogue, Terms } from '../../server/catalogue/index.js'
import { rawFilter, readAccessQuery, readIndex } from '../../server/overview/forms.js'
import { field, party, purpose } from './terms.js'

const termsOf = <Term extends { id: number; code: string }>(...all: Term[]): Terms<Term> => ({
  all,
  byCode: (code) => all.find((term) => term.code === code),
  byId: (id) => all.find((term) => term.id === id),
})
const catalogue = {
  parties: termsOf(party(1, { code: 'i.pf.abh' }), party(2, { code: 'abh', kind: 'authority' })),
  purposes: termsOf(purpose(1)),
  fields: termsOf(field(1)),
} as Catalogue

const details = { catalogue, sight: 'details' } as const
const kinds = { catalogue, sight: 'kinds' } as const
const read = (text: string, terms: Parameters<typeof readAccessQuery>[1] = details) =>
  readAccessQuery(new URLSearchParams(text), terms)

describe('an address of the log', () => {
  it('says nothing where nothing is asked, be it absent or an empty choice', () => {
    expect(read('')).toEqual({ ok: true, value: { filter: {}, cursor: {} } })
    expect(read('office=&purpose=&only=')).toEqual({ ok: true, value: { filter: {}, cursor: {} } })
  })

  it('becomes a filter of catalogue terms and a cursor', () => {
    const all =
      'office=i.pf.abh&purpose=purpose.1&field=field.1&operation=query&period=quarter&only=flagged'
    expect(read(`${all}&before=77`)).toEqual({
      ok: true,
      value: {
        filter: {
          office: catalogue.parties.byCode('i.pf.abh'),
          purpose: purpose(1),
          field: field(1),
          operation: 'query',
          period: { span: 'quarter' },
          flagged: true,
        },
        cursor: { before: 77 },
      },
    })
    expect(read('period=2027-03&after=0')).toEqual({
      ok: true,
      value: { filter: { period: { month: '2027-03' } }, cursor: { after: 0 } },
    })
  })

  it.each([
    ['office=i.xx.abh', 'office'],
    ['purpose=purpose.9', 'purpose'],
    ['field=field.9', 'field'],
    ['operation=delete', 'operation'],
    ['period=2027-13', 'period'],
    ['period=toString', 'period'],
    ['period=1999-12', 'period'],
    ['only=everything', 'only'],
  ])('with %s names the input that cannot be used', (text, name) => {
    expect(read(text)).toEqual({
      ok: false,
      refusal: [{ field: name, key: 'overview:problem.choice' }],
    })
  })

  it.each(['-1', '01', '1e3', '0x10', '1.5', ' 1', '9999999999999999', '१', 'null'])(
    'with the cursor %j is refused',
    (text) => {
      const query = new URLSearchParams({ before: text })
      expect(readAccessQuery(query, details)).toEqual({
        ok: false,
        refusal: [{ field: 'filter', key: 'overview:problem.page' }],
      })
    },
  )

  it('names every input that cannot be used at once', () => {
    const result = read('office=x&purpose=y&before=z')
    expect(result.ok ? [] : result.refusal.map((one) => one.field).sort()).toEqual([
      'filter',
      'office',
      'purpose',
    ])
  })

  it('of a letter session names kinds of offices, and neither an office nor a field', () => {
    expect(read('office=abh', kinds).ok).toBe(true)
    expect(read('office=i.pf.abh', kinds)).toEqual(read('office=i.xx.abh', kinds))
    expect(read('field=field.1', kinds)).toEqual(read('field=field.9', kinds))
  })

  it('never throws, whatever it holds', () => {
    const names = fc.constantFrom(
      'office',
      'purpose',
      'field',
      'operation',
      'period',
      'only',
      'before',
      'after',
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.string({ unit: 'binary' }))), (pairs) => {
        const query = new URLSearchParams(pairs)
        expect(typeof readAccessQuery(query, details).ok).toBe('boolean')
        for (const text of Object.values(rawFilter(query)))
          expect(text.length).toBeLessThanOrEqual(100)
      }),
    )
  })
})

describe('the number of an entry', () => {
  it.each([
    ['0', 0],
    ['42', 42],
    ['999999999999999', 999_999_999_999_999],
  ])('is read from %s', (text, index) => {
    expect(readIndex(text)).toBe(index)
  })

  it.each(['', '-1', '00', '1.0', '9007199254740993', 'NaN', '../1', undefined])(
    'is not read from %s',
    (text) => {
      expect(readIndex(text)).toBeUndefined()
    },
  )
})
