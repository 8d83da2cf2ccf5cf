import {
  MOST_NATIONALITIES,
  NATIONALITIES,
  nationalitiesOf,
  NATIONALITY_LIST,
  nationalityOf,
  nationalityOfZone,
} from '../../../server/rectification/values/nationality.js'

const states = NATIONALITIES.filter(({ alpha2 }) => alpha2 !== undefined)
const names = new Intl.DisplayNames(['de'], { type: 'region', fallback: 'none' })

describe('the list of nationalities', () => {
  it('has each code and each key once, and names its source', () => {
    expect(states).toHaveLength(199)
    for (const column of ['code', 'alpha2', 'destatis'] as const) {
      expect(new Set(states.map((state) => state[column])).size).toBe(states.length)
    }
    expect(NATIONALITY_LIST).toEqual({
      list: expect.stringMatching(/^urn:de:bund:destatis:.*:staatsangehoerigkeit$/) as string,
      version: '2021-02-19',
    })
  })

  it('has a name in every language for each of its countries', () => {
    for (const { code, alpha2 = '', destatis } of states) {
      expect(code).toMatch(/^[A-Z]{3}$/)
      expect(destatis).toMatch(/^[0-5]\d\d$/)
      expect([code, names.of(alpha2)]).toEqual([code, expect.stringMatching(/\p{L}{3,}/u)])
    }
  })

  it.each([
    ['DEU', '000', 'Deutschland'],
    ['SYR', '475', 'Syrien'],
    ['AFG', '423', 'Afghanistan'],
    ['TUR', '163', 'Türkei'],
    ['UKR', '166', 'Ukraine'],
    ['RUS', '160', 'Russland'],
    ['IRN', '439', 'Iran'],
    ['IRQ', '438', 'Irak'],
    ['ERI', '224', 'Eritrea'],
    ['SOM', '273', 'Somalia'],
    ['ETH', '225', 'Äthiopien'],
    ['XKX', '150', 'Kosovo'],
    ['SRB', '170', 'Serbien'],
    ['MNE', '140', 'Montenegro'],
    ['SDN', '277', 'Sudan'],
    ['SSD', '278', 'Südsudan'],
    ['VNM', '432', 'Vietnam'],
    ['POL', '152', 'Polen'],
    ['ROU', '154', 'Rumänien'],
    ['GBR', '168', 'Vereinigtes Königreich'],
    ['USA', '368', 'Vereinigte Staaten'],
    ['CHN', '479', 'China'],
  ])('gives %s the key %s: %s', (code, destatis, name) => {
    const nationality = nationalityOf(code)
    expect(nationality?.destatis).toBe(destatis)
    expect(names.of(nationality?.alpha2 ?? '')).toBe(name)
  })

  it('offers neither former states nor silence', () => {
    const keys = NATIONALITIES.map(({ destatis }) => destatis)
    for (const key of ['120', '132', '133', '138', '159', '162', '276', '910', '999']) {
      expect(keys).not.toContain(key)
    }
    expect(nationalityOf('stateless')?.destatis).toBe('997')
    expect(nationalityOf('unclear')?.destatis).toBe('998')
  })
})

describe('the nationalities of a person', () => {
  it('may be several, in the order given', () => {
    const found = nationalitiesOf(['TUR', 'DEU'])
    expect(found.ok && found.value.map(({ destatis }) => destatis)).toEqual(['163', '000'])
    expect(nationalitiesOf(['stateless'])).toMatchObject({ ok: true })
  })

  it.each([
    [[], { code: 'EMPTY' }],
    [['TUR', 'TUR'], { code: 'TWICE', value: 'TUR' }],
    [['TUR', 'tur'], { code: 'UNKNOWN', value: 'tur' }],
    [['TR'], { code: 'UNKNOWN', value: 'TR' }],
    [[''], { code: 'UNKNOWN', value: '' }],
    [['999'], { code: 'UNKNOWN', value: '999' }],
    [['TUR', 'stateless'], { code: 'ALONE', value: 'stateless' }],
    [['unclear', 'TUR'], { code: 'ALONE', value: 'unclear' }],
    [['stateless', 'unclear'], { code: 'ALONE', value: 'stateless' }],
    [Array<string>(MOST_NATIONALITIES + 1).fill('TUR'), { code: 'TOO_MANY' }],
  ])('are not %j', (codes, refusal) => {
    expect(nationalitiesOf(codes)).toEqual({ ok: false, refusal })
  })

  it('are read from the codes of documents', () => {
    expect(nationalityOfZone('D')?.code).toBe('DEU')
    expect(nationalityOfZone('RKS')?.code).toBe('XKX')
    expect(nationalityOfZone('XXA')?.code).toBe('stateless')
    expect(nationalityOfZone('SYR')?.code).toBe('SYR')
    for (const code of ['XXB', 'XXC', 'X'.repeat(3), 'UTO', 'GBD', '']) {
      expect(nationalityOfZone(code)).toBeUndefined()
    }
  })
})
