import fc from 'fast-check'
import { canonicalJson, type CanonicalValue } from '../../server/ledger/canonical.js'

test('writes the example of RFC 8785 section 3.2.2', () => {
  const example = {
    numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  }
  expect(canonicalJson(example)).toBe(
    '{"literals":[null,true,false],' +
      '"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
})

test('orders keys by UTF-16 code units, as in RFC 8785 section 3.2.3', () => {
  const example = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  }
  const values = Object.values(JSON.parse(canonicalJson(example)) as object)
  expect(canonicalJson(example).startsWith('{"\\r":"Carriage Return","1":"One",')).toBe(true)
  expect(values.slice(2)).toEqual([
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ])
})

test('orders keys that look like numbers as texts', () => {
  expect(canonicalJson({ 9: 'a', 10: 'b', 1: 'c' })).toBe('{"1":"c","10":"b","9":"a"}')
})

test.each([
  [0, '0'],
  [-0, '0'],
  [5e-324, '5e-324'],
  [-1.7976931348623157e308, '-1.7976931348623157e+308'],
  [9007199254740992, '9007199254740992'],
  [295147905179352830000, '295147905179352830000'],
  [1e21, '1e+21'],
  [0.000001, '0.000001'],
  [1424953923781206.25, '1424953923781206.2'],
])('writes the number %d as RFC 8785 appendix B does', (value, text) => {
  expect(canonicalJson(value)).toBe(text)
})

test('is valid JSON of the same value, whatever the order of its keys', () => {
  const value = fc.jsonValue({ noUnicodeString: false }) as fc.Arbitrary<CanonicalValue>
  fc.assert(
    fc.property(value, (given) => {
      const text = canonicalJson(given)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(given)))
      expect(canonicalJson(reversed(given))).toBe(text)
    }),
  )
})

function reversed(value: CanonicalValue): CanonicalValue {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return (value as CanonicalValue[]).map(reversed)
  const pairs = Object.entries(value as Record<string, CanonicalValue>)
  return Object.fromEntries(pairs.reverse().map(([key, item]) => [key, reversed(item)]))
}

class Money {
  readonly cents = 1
}

test.each([
  ['NaN', NaN],
  ['infinity', -Infinity],
  ['undefined', undefined],
  ['an undefined member', { a: undefined }],
  ['a hole in an array', [1, , 2]],
  ['a lone surrogate', 'a\ud800b'],
  ['surrogates in the wrong order', '\udc00\ud800'],
  ['a lone surrogate in a key', { 'a\udfff': 1 }],
  ['a date', { at: new Date(0) }],
  ['a class instance', new Money()],
  ['a map', new Map([['a', 1]])],
  ['bytes', Buffer.from('a')],
  ['a bigint', 1n],
  ['a function', () => 1],
  ['a symbol', Symbol('a')],
])('refuses %s', (_, value) => {
  expect(() => canonicalJson(value as CanonicalValue)).toThrow('canonical JSON holds')
})
