import fc from 'fast-check'
import {
  codeHashes,
  groupedCode,
  newCode,
  readBirthYear,
  readCode,
} from '../../server/identity/codes.js'
import { seededRandom, systemRandom } from '../../server/platform/kernel/random.js'

const NOW = new Date('2026-11-22T12:00:00Z')

describe('an activation code', () => {
  it('has 16 characters of Crockford’s alphabet, none of them a letter that is misread', () => {
    const codes = Array.from({ length: 500 }, () => newCode(systemRandom()))
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/)
    expect(new Set(codes).size).toBe(500)
    // All 32 characters occur in every place, so no bit is lost.
    for (let at = 0; at < 16; at++) {
      expect(new Set(codes.map((code) => code[at])).size).toBe(32)
    }
  })

  it('is read whatever its case, its gaps and its misread letters', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('', ' ', '-', '\u2013', '\u00a0'), (seed, gap) => {
        const code = newCode(seededRandom(seed))
        const typed = groupedCode(code).replaceAll('-', gap).toLowerCase()
        expect(readCode(typed)).toBe(code)
        expect(readCode(typed.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code)
      }),
    )
  })

  it.each(['', 'ABCD', 'U'.repeat(16), '0'.repeat(17), `${'0'.repeat(15)}ß`, '\u0000'.repeat(16)])(
    'is not %j',
    (typed) => {
      expect(readCode(typed)).toBeUndefined()
    },
  )

  it('is stored under a key: the same code has another hash elsewhere, and its year is bound to it', () => {
    const [one, other] = [codeHashes(Buffer.alloc(32, 1)), codeHashes(Buffer.alloc(32, 2))]
    expect(one.code('A')).not.toEqual(other.code('A'))
    expect(one.birthYear('A', 1990)).not.toEqual(one.birthYear('B', 1990))
    expect(one.birthYear('A', 1990)).not.toEqual(one.birthYear('A', 1991))
  })
})

describe('a year of birth', () => {
  it.each([
    ['1990', 1990],
    [' 1990 ', 1990],
    ['١٩٩٠', 1990],
    ['۱۹۹۰', 1990],
    ['१९९०', 1990],
    ['1899', undefined],
    ['2027', undefined],
    ['90', undefined],
    ['19 90', undefined],
    ['', undefined],
  ])('typed as %j is %s', (typed, year) => {
    expect(readBirthYear(typed, NOW)).toBe(year)
  })
})

describe('a client', () => {
  it('is its address, or the network of a household', () => {
    const { client } = codeHashes(Buffer.alloc(32))
    expect(client('2001:db8:1:2:3:4:5:6')).toEqual(client('2001:db8:1:2::9'))
    expect(client('2001:db8:1:2::1')).not.toEqual(client('2001:db8:1:3::1'))
    expect(client('2001:db8::1')).toEqual(client('2001:db8:0:0:1::'))
    expect(client('192.0.2.1')).not.toEqual(client('192.0.2.2'))
    expect(client('::ffff:192.0.2.1')).not.toEqual(client('::ffff:192.0.2.2'))
  })
})
