import fc from 'fast-check'
import { compileCaseRef, DEFAULT_CASE_REF } from '../../server/ingestion/case-ref.js'

const fits = (pattern: string, text: string) => {
  const compiled = compileCaseRef(pattern)
  if (!compiled.ok) throw new Error(`${pattern}: ${compiled.refusal}`)
  return compiled.value(text)
}

describe('the pattern of file numbers', () => {
  it('takes what the common pattern takes', () => {
    expect(fits(DEFAULT_CASE_REF, 'ABH 12/2027-3_b')).toBe(true)
    expect(fits(DEFAULT_CASE_REF, 'x'.repeat(40))).toBe(true)
    for (const text of ['', 'x'.repeat(41), 'Müller', 'a\nb', 'a<b', 'a'.repeat(500)]) {
      expect(fits(DEFAULT_CASE_REF, text)).toBe(false)
    }
  })

  it('says what a regular expression would say, for every pattern that it takes', () => {
    const set = fc.constantFrom(
      'a',
      'b',
      '-',
      '\\.',
      '[ab]',
      '[a-c0-9]',
      '[A-Z_-]',
      '[.]',
      ' ',
      '/',
    )
    const count = fc.constantFrom('', '?', '{2}', '{0,3}', '{1,4}', '{0}')
    const pattern = fc
      .array(fc.tuple(set, count), { minLength: 1, maxLength: 6 })
      .map((pieces) => `^${pieces.flat().join('')}$`)
    const text = fc.string({ unit: fc.constantFrom(...'abcAZ09_-. /x'), maxLength: 12 })
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 5, maxLength: 5 }), (source, texts) => {
        const compiled = compileCaseRef(source)
        if (!compiled.ok) return expect(source).toContain('{0}')
        const engine = new RegExp(source)
        for (const one of texts) expect([one, compiled.value(one)]).toEqual([one, engine.test(one)])
      }),
      { numRuns: 500 },
    )
  })

  it('finds strings that a regular expression made', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{2,3} ?[0-9]{1,6}\/[0-9]{4}$/), (text) => {
        expect(fits('^[A-Z]{2,3} ?[0-9]{1,6}/[0-9]{4}$', text)).toBe(true)
      }),
    )
  })

  it.each([
    ['[0-9]{4}', 'not_anchored'],
    ['^[0-9]{4}', 'not_anchored'],
    ['^[0-9]+$', 'no_limit'],
    ['^a*$', 'no_limit'],
    ['^(a|b)$', 'not_simple'],
    ['^a{2,}$', 'not_simple'],
    ['^a{2}{3}$', 'not_simple'],
    ['^?$', 'not_simple'],
    ['^$', 'not_simple'],
    ['^.$', 'not_simple'],
    ['^\\d$', 'not_simple'],
    ['^[^a]$', 'not_simple'],
    ['^a{3,2}$', 'not_simple'],
    ['^[z-a]$', 'bad_range'],
    ['^[A-z]$', 'bad_range'],
    [`^${'a'.repeat(100)}$`, 'too_long'],
  ])('refuses %s', (pattern, fault) => {
    expect(compileCaseRef(pattern)).toEqual({ ok: false, refusal: fault })
  })

  it('stays quick where a backtracking engine would not end', () => {
    const slow = `^${'a{0,64}'.repeat(13)}b$`
    const started = performance.now()
    for (let round = 0; round < 100; round++) expect(fits(slow, 'a'.repeat(64))).toBe(false)
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
