import fc from 'fast-check'
import {
  encodeTypedEntry,
  parseTypedEntry,
  type TypedEntry,
} from '../../server/ledger/typed-entries.js'
import { signerFromSeed } from '../../server/ledger/note-keys.js'
import { seededRandom } from '../../server/platform/kernel/random.js'

const { vkey, keyId } = signerFromSeed('mirat.example/log', seededRandom('typed').bytes(32))
const vkeyHex = Buffer.from(vkey).toString('hex')
const root = Buffer.alloc(32, 0xab)

const examples: readonly [TypedEntry, string][] = [
  [
    { type: 'heads-epoch', epoch: 7, at: 1_760_000_000_123, coveredSize: 2 ** 40, root },
    `03${'0000000000000007'}${'00000199c82cc07b'}${'0000010000000000'}${'ab'.repeat(32)}`,
  ],
  [
    { type: 'retention-boundary', class: 258, beforeDay: 20_000, coveredSize: 640, baseEpoch: 9 },
    `04${'0102'}${'00004e20'}${'0000000000000280'}${'0000000000000009'}`,
  ],
  [
    { type: 'key-change', oldKeyId: '0a0b0c0d', vkey },
    `05${'0a0b0c0d'}${keyId}${vkey.length.toString(16).padStart(4, '0')}${vkeyHex}`,
  ],
  [
    { type: 'redaction', leafIndex: 300, rule: 'dsgvo-17.1.d' },
    `06${'000000000000012c'}${'0c'}${Buffer.from('dsgvo-17.1.d').toString('hex')}`,
  ],
  [
    { type: 'gap', restoredSize: 640, lostSize: 704, lostRoot: root, at: 1_760_000_000_123 },
    `07${'0000000000000280'}${'00000000000002c0'}${'ab'.repeat(32)}${'00000199c82cc07b'}`,
  ],
]

test.each(examples)('lays out %o byte by byte', (entry, hex) => {
  expect(encodeTypedEntry(entry).toString('hex')).toBe(hex)
  expect(parseTypedEntry(Buffer.from(hex, 'hex'))).toEqual(entry)
})

test('reads back every entry that it writes', () => {
  const count = fc.maxSafeNat()
  const entries: fc.Arbitrary<TypedEntry> = fc.oneof(
    fc.record({
      type: fc.constant('heads-epoch' as const),
      epoch: count,
      at: count,
      coveredSize: count,
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
    }),
    fc.record({
      type: fc.constant('retention-boundary' as const),
      class: fc.integer({ min: 0, max: 0xffff }),
      beforeDay: fc.integer({ min: 0, max: 0xffffffff }),
      coveredSize: count,
      baseEpoch: count,
    }),
    fc.record({
      type: fc.constant('redaction' as const),
      leafIndex: count,
      rule: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
    }),
    fc.record({
      type: fc.constant('gap' as const),
      restoredSize: fc.nat(),
      lostSize: fc.integer({ min: 2 ** 31, max: Number.MAX_SAFE_INTEGER }),
      lostRoot: fc.constant(root),
      at: count,
    }),
  )
  fc.assert(
    fc.property(entries, (entry) =>
      expect(parseTypedEntry(encodeTypedEntry(entry))).toEqual(entry),
    ),
  )
})

test.each(examples)('refuses %o with a byte too few or too many', (entry) => {
  const bytes = encodeTypedEntry(entry)
  for (let length = 0; length < bytes.length; length++) {
    expect(() => parseTypedEntry(bytes.subarray(0, length))).toThrow()
  }
  expect(() => parseTypedEntry(Buffer.concat([bytes, Buffer.alloc(1)]))).toThrow()
})

test('refuses unknown types, commitments among them', () => {
  for (const type of [0, 1, 2, 8, 255]) {
    expect(() => parseTypedEntry(Buffer.alloc(64, type))).toThrow('unknown type')
  }
})

test('refuses a key change whose new id is not that of its key', () => {
  const bytes = encodeTypedEntry({ type: 'key-change', oldKeyId: '0a0b0c0d', vkey })
  bytes[5] = (bytes[5] ?? 0) ^ 1
  expect(() => parseTypedEntry(bytes)).toThrow('foreign bytes')
})

test.each([
  [{ type: 'redaction', leafIndex: 1, rule: '' }],
  [{ type: 'redaction', leafIndex: 1, rule: 'a'.repeat(65) }],
  [{ type: 'redaction', leafIndex: 1, rule: 'Wörter' }],
  [{ type: 'redaction', leafIndex: -1, rule: 'a' }],
  [{ type: 'heads-epoch', epoch: 1, at: 1.5, coveredSize: 1, root }],
  [{ type: 'heads-epoch', epoch: 1, at: 1, coveredSize: 1, root: root.subarray(1) }],
  [{ type: 'retention-boundary', class: 65_536, beforeDay: 1, coveredSize: 1, baseEpoch: 1 }],
  [{ type: 'retention-boundary', class: 1, beforeDay: -1, coveredSize: 1, baseEpoch: 1 }],
  [{ type: 'gap', restoredSize: 64, lostSize: 64, lostRoot: root, at: 1 }],
  [{ type: 'gap', restoredSize: 64, lostSize: 65, lostRoot: root.subarray(1), at: 1 }],
  [{ type: 'key-change', oldKeyId: 'zzzzzzzz', vkey }],
  [{ type: 'key-change', oldKeyId: '00000000', vkey: 'n+00000000+AAAA' }],
] satisfies [TypedEntry][])('writes no %o', (entry) => {
  expect(() => encodeTypedEntry(entry)).toThrow()
})
