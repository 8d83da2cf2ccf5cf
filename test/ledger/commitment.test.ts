import { createHash } from 'node:crypto'
import fc from 'fast-check'
import {
  chainNext,
  commitAll,
  commitmentOf,
  entryOf,
  foldChain,
  linkOf,
  verifyOpening,
} from '../../server/ledger/commitment.js'
import { leafHashes } from '../../server/ledger/merkle.js'
import { paddingCount, paddingEntries } from '../../server/ledger/padding.js'
import { uuidBytes, uuidOf } from '../../server/platform/kernel/ids.js'
import { seededRandom } from '../../server/platform/kernel/random.js'

const sha256 = (...parts: (Uint8Array | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

const openings = fc.record({
  salt: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  subject: fc.uint8Array({ minLength: 16, maxLength: 16 }).map(uuidOf),
  class: fc.integer({ min: 0, max: 0xffff }),
  body: fc.string({ unit: 'binary', maxLength: 400 }),
})

const opening = {
  salt: Buffer.from('00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef', 'hex'),
  subject: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
  class: 0x0102,
  body: '{"v":1}',
}

test('link and commitment are what the ledger page writes down', () => {
  const sa = opening.salt.subarray(0, 16)
  const sb = opening.salt.subarray(16)
  const link = sha256('mirat/link/v1\0', sb, uuidBytes(opening.subject), Buffer.from([1, 2]))
  expect(linkOf(opening)).toEqual(link)
  const commitment = sha256('mirat/entry/v1\0', sa, sha256(opening.body), link)
  expect(commitmentOf(opening)).toEqual(commitment)
  expect(entryOf(commitment)).toEqual(Buffer.concat([Buffer.from([1]), commitment]))
})

test('a known answer, so that the format cannot drift', () => {
  expect(entryOf(commitmentOf(opening)).toString('hex')).toBe(
    '01603584026d45b07bc077e2d288a20049a9abe1725c9d82b063b35b2350591dea',
  )
})

test('the batch commits to the same as one by one', () => {
  fc.assert(
    fc.property(fc.array(openings, { maxLength: 20 }), (batch) => {
      const { entries, leaves } = commitAll(batch)
      const expected = batch.map((one) => entryOf(commitmentOf(one)))
      expect(entries).toEqual(expected)
      expect(leaves).toEqual(leafHashes(expected))
    }),
  )
})

test('an opening fits its own entry and stops fitting with any change', () => {
  const other = { subject: '6ba7b810-9dad-11d1-80b4-00c04fd430c9', class: 0x0103, body: '{"v":2}' }
  const entry = entryOf(commitmentOf(opening))
  expect(verifyOpening(opening, entry)).toBe(true)
  for (let i = 0; i < 32; i++) {
    const salt = Buffer.from(opening.salt)
    salt[i] = (salt[i] ?? 0) ^ 1
    expect(verifyOpening({ ...opening, salt }, entry)).toBe(false)
  }
  expect(verifyOpening({ ...opening, subject: other.subject }, entry)).toBe(false)
  expect(verifyOpening({ ...opening, class: other.class }, entry)).toBe(false)
  expect(verifyOpening({ ...opening, body: other.body }, entry)).toBe(false)
  expect(verifyOpening(opening, Buffer.concat([Buffer.from([3]), entry.subarray(1)]))).toBe(false)
})

test('nonsense opens nothing, and nothing is committed to nonsense', () => {
  const entry = entryOf(commitmentOf(opening))
  const nonsense = [
    { ...opening, salt: opening.salt.subarray(1) },
    { ...opening, subject: 'nobody' },
    { ...opening, class: 65_536 },
    { ...opening, class: -1 },
    { ...opening, class: 1.5 },
  ]
  for (const bad of nonsense) {
    expect(verifyOpening(bad, entry)).toBe(false)
    expect(() => commitAll([bad])).toThrow()
    expect(() => commitmentOf(bad)).toThrow()
  }
  expect(verifyOpening(opening, entry.subarray(1))).toBe(false)
  const replaced = { ...opening, body: '"\ufffd"' }
  const replacedEntry = entryOf(commitmentOf(replaced))
  expect(verifyOpening(replaced, replacedEntry)).toBe(true)
  expect(verifyOpening({ ...replaced, body: '"\ud800"' }, replacedEntry)).toBe(false)
  expect(() => entryOf(entry)).toThrow('32 bytes')
})

test('a chain folds one commitment after the other from its base', () => {
  const random = seededRandom('chain')
  const h0 = random.bytes(32)
  const [c1, c2] = [random.bytes(32), random.bytes(32)]
  const h1 = sha256(Buffer.from([2]), h0, c1)
  const h2 = sha256(Buffer.from([2]), h1, c2)
  expect(chainNext(h0, c1)).toEqual(h1)
  expect(foldChain(h0, [c1, c2])).toEqual(h2)
  expect(foldChain(h1, [c2])).toEqual(h2)
  expect(foldChain(h0, [c2, c1])).not.toEqual(h2)
  expect(foldChain(h0, [])).toEqual(h0)
  expect(() => chainNext(h0, c1.subarray(1))).toThrow('32-byte')
})

test('padding fills to the next multiple of 64 and looks like a commitment', () => {
  expect([0, 1, 63, 64, 65, 2 ** 40 + 1].map(paddingCount)).toEqual([0, 63, 1, 0, 63, 63])
  const entries = paddingEntries(seededRandom('padding'), 63)
  expect(entries).toHaveLength(63)
  expect(entries.every((entry) => entry.length === 33 && entry[0] === 1)).toBe(true)
  expect(new Set(entries.map((entry) => entry.toString('hex'))).size).toBe(63)
})
