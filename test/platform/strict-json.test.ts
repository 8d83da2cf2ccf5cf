import fc from 'fast-check'
import {
  JSON_DEPTH,
  parseStrictJson,
  type JsonFault,
} from '../../server/platform/http/strict-json.js'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => parseStrictJson(bytes(text))
const faultOf = (text: string): JsonFault | undefined => {
  const result = read(text)
  return result.ok ? undefined : result.refusal
}

/** What JSON.parse makes of a text, or nothing where it refuses. */
function lenient(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

describe('strict JSON', () => {
  it('reads every value that has one reading, as JSON.parse does', () => {
    const exact = (value: number) => Math.abs(value) <= 2 ** 53
    const leaf = fc.oneof(
      fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
      fc.double({ noNaN: true }).filter(exact),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
    )
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', maxDepth: 8 },
        leaf,
        fc.array(tie('value')),
        fc.dictionary(
          fc.string({ unit: 'binary' }).filter((key) => !key.includes('\0')),
          tie('value'),
        ),
      ),
    })).value
    fc.assert(
      fc.property(values, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent)
        expect(read(text)).toStrictEqual({ ok: true, value: lenient(text)?.value })
      }),
    )
  })

  it('refuses whatever JSON.parse refuses, and else gives what it gives', () => {
    const piece = fc.oneof(
      fc.constantFrom(...'{}[],:"\\ \n\t0123456789-+.eEx'),
      fc.constantFrom(
        '{"a":1',
        '"b":[',
        'true',
        'null',
        'fals',
        '\\u0041',
        '"\\"',
        '1e5',
        '-0',
        '00',
      ),
      fc.string({ maxLength: 3 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('')
        const strict = read(text)
        const loose = lenient(text)
        if (strict.ok) expect(loose).toStrictEqual({ value: strict.value })
        if (loose === undefined) expect(strict.ok).toBe(false)
      }),
      { numRuns: 3000 },
    )
  })

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (input) => {
        const strict = parseStrictJson(input)
        if (strict.ok)
          expect(lenient(Buffer.from(input).toString())?.value).toStrictEqual(strict.value)
      }),
    )
  })

  it('refuses a key twice in one object, however it is spelled and wherever the object stands', () => {
    const spelled = (key: string, escape: boolean) =>
      escape
        ? `"${[...key].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`
        : JSON.stringify(key)
    const key = fc.stringMatching(/^[a-z ]{0,6}$/)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(key, fc.boolean()), { maxLength: 6 }),
        fc.boolean(),
        (pairs, inArray) => {
          const members = pairs.map(([name, escape]) => `${spelled(name, escape)} :0`)
          const object = `{${members.join(',')}}`
          const isTwice = new Set(pairs.map(([name]) => name)).size < pairs.length
          expect(faultOf(inArray ? `[{"x":${object}}]` : object)).toBe(
            isTwice ? 'duplicate_key' : undefined,
          )
        },
      ),
    )
  })

  it('lets the same key stand in two objects, and as a value', () => {
    expect(faultOf('{"a":{"a":"a"},"b":[{"a":1},{"a":"a"}]}')).toBeUndefined()
  })

  it.each([
    ['a byte order mark', Buffer.from('efbbbf7b7d', 'hex'), 'byte_order_mark'],
    ['an overlong encoding', Buffer.from('22c0af22', 'hex'), 'not_utf8'],
    ['an encoded surrogate', Buffer.from('22eda08022', 'hex'), 'not_utf8'],
    ['a cut character', Buffer.from('22e282', 'hex'), 'not_utf8'],
    ['UTF-16', Buffer.from('{"a":1}', 'utf16le'), 'nul'],
    ['a NUL byte', Buffer.from('"a\0b"'), 'nul'],
    ['NUL as an escape', Buffer.from('["\\u0000"]'), 'nul'],
    ['NUL in a key', Buffer.from('{"a\\u0000":1}'), 'nul'],
    ['a high surrogate alone', Buffer.from('"\\ud800"'), 'lone_surrogate'],
    ['a low surrogate alone', Buffer.from('"x\\uDFFFx"'), 'lone_surrogate'],
    ['surrogates the wrong way round', Buffer.from('{"\\udc00\\ud800":1}'), 'lone_surrogate'],
    ['nothing', Buffer.from(''), 'malformed'],
    ['two values', Buffer.from('1 2'), 'malformed'],
    ['a bracket too many', Buffer.from('[]]'), 'malformed'],
    ['a string that never ends', Buffer.from('"abc\\'), 'malformed'],
    ['a control character in a string', Buffer.from('"a\nb"'), 'malformed'],
    ['an unknown escape', Buffer.from('"\\x41"'), 'malformed'],
    ['a comment', Buffer.from('{} // x'), 'malformed'],
    ['NaN', Buffer.from('NaN'), 'malformed'],
  ] as const)('refuses %s', (_name, input, fault) => {
    expect(parseStrictJson(input)).toStrictEqual({ ok: false, refusal: fault })
  })

  it('lets a pair of surrogates pass as an escape', () => {
    expect(read('"\\ud83d\\ude00"')).toStrictEqual({ ok: true, value: '😀' })
  })

  it.each([
    '9007199254740993',
    '9007199254740994',
    '-9007199254740993',
    '1e400',
    '1e-400',
    '9.007199254740993e15',
    '0.1000000000000000055511151231257827',
    '123456789012345678901234567890',
    '1e16',
  ])('refuses the number %s, which would be read as another or as too large', (text) => {
    expect(faultOf(`[${text}]`)).toBe('inexact_number')
  })

  it.each([
    '9007199254740992',
    '-9007199254740992',
    '0',
    '-0',
    '0.1',
    '1.50',
    '1e3',
    '10E-1',
    '0e9',
  ])('reads the number %s, which keeps its value', (text) => {
    expect(read(text)).toStrictEqual({ ok: true, value: lenient(text)?.value })
  })

  it.each(['01', '+1', '1.', '.5', '1e', '--1', '1-2', '0x10'])(
    'refuses %s as a number',
    (text) => {
      expect(faultOf(text)).toBe('malformed')
    },
  )

  it('reads 20 levels and refuses 21, mixed or not, without building them', () => {
    const nested = (levels: number) => `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`
    expect(faultOf(nested(JSON_DEPTH))).toBeUndefined()
    expect(faultOf(nested(JSON_DEPTH + 2))).toBe('too_deep')
    expect(faultOf('['.repeat(JSON_DEPTH + 1) + ']'.repeat(JSON_DEPTH + 1))).toBe('too_deep')
    expect(faultOf('['.repeat(1_000_000))).toBe('too_deep')
  })

  it('keeps __proto__ an ordinary key', () => {
    const result = read('{"__proto__":{"polluted":true}}')
    expect(result.ok && Object.keys(result.value as object)).toEqual(['__proto__'])
  })

  it.each([
    ['a long number', `0.${'0'.repeat(1_000_000)}1`],
    ['zeroes before a digit, many times', `[${'100000000000000000000000000001,'.repeat(30_000)}1]`],
    ['many spaces after each string', `{"a"${' '.repeat(500_000)}:"b"${' '.repeat(500_000)}}`],
    ['many backslashes', `"${'\\\\'.repeat(500_000)}"`],
    ['many quotes', '""'.repeat(500_000)],
    ['many keys', `{${Array.from({ length: 80_000 }, (_, key) => `"${key}":1`).join(',')}}`],
  ])('needs time in proportion to the length: %s', (_name, text) => {
    const started = performance.now()
    read(text)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
