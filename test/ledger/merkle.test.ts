import { createHash } from 'node:crypto'
import {
  emptyRoot,
  hashPairs,
  leafHash,
  leafHashes,
  nodeHash,
  verifyConsistency,
  verifyInclusion,
} from '../../server/ledger/merkle.js'
import { seededRandom } from '../../server/platform/kernel/random.js'

const random = seededRandom('merkle')
const plain = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

test('the empty tree has the hash of nothing as its root', () => {
  expect(emptyRoot.toString('hex')).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  )
})

test('hashes leaves of any length with 0x00 before them, alone and in a batch', () => {
  const entries = [0, 1, 32, 33, 34, 200, 33].map((length) => random.bytes(length))
  const expected = entries.map((entry) => plain(Buffer.from([0]), entry))
  expect(entries.map(leafHash)).toEqual(expected)
  expect(leafHashes(entries)).toEqual(Buffer.concat(expected))
})

test('hashes inner nodes with 0x01 before their children, alone and in a row', () => {
  const row = random.bytes(7 * 32)
  const [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map((i) => row.subarray(i * 32, i * 32 + 32))
  const parent = (left = row, right = row) => plain(Buffer.from([1]), left, right)
  expect(nodeHash(a ?? row, b ?? row)).toEqual(parent(a, b))
  expect(hashPairs(row)).toEqual(Buffer.concat([parent(a, b), parent(c, d), parent(e, f)]))
})

test('a proof from or of the empty tree is refused, even between equal sizes', () => {
  const proof: Buffer[] = []
  expect(verifyConsistency({ size1: 0, size2: 0, root1: emptyRoot, root2: emptyRoot, proof })).toBe(
    false,
  )
  const leaf = leafHash(Buffer.from('one'))
  expect(verifyConsistency({ size1: 0, size2: 1, root1: emptyRoot, root2: leaf, proof })).toBe(
    false,
  )
  expect(verifyInclusion({ index: 0, size: 0, leafHash: leaf, proof, root: emptyRoot })).toBe(false)
})

test('numbers that are no exact counts are refused, not rounded', () => {
  const leaf = leafHash(Buffer.from('one'))
  const claim = { index: 0, size: 1, leafHash: leaf, proof: [], root: leaf }
  expect(verifyInclusion(claim)).toBe(true)
  expect(verifyInclusion({ ...claim, index: -1 })).toBe(false)
  expect(verifyInclusion({ ...claim, index: 0.5 })).toBe(false)
  expect(verifyInclusion({ ...claim, size: NaN })).toBe(false)
  expect(verifyInclusion({ ...claim, size: 2n ** 64n })).toBe(false)
})

test('a tree of 2^53 leaves is proved with a bigint, and not with a number that may be rounded', () => {
  const leaf = leafHash(Buffer.from('first'))
  const proof = Array.from({ length: 53 }, () => random.bytes(32))
  const root = proof.reduce((left, right) => nodeHash(left, right), leaf)
  const claim = { index: 0, size: 2n ** 53n, leafHash: leaf, proof, root }
  expect(verifyInclusion(claim)).toBe(true)
  expect(verifyInclusion({ ...claim, size: 2 ** 53 })).toBe(false)
})
