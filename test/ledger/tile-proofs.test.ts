import fc from 'fast-check'
import { leafHash, verifyConsistency, verifyInclusion } from '../../server/ledger/merkle.js'
import {
  consistencyProof,
  inclusionProof,
  inclusionProofs,
  rootAt,
} from '../../server/ledger/tile-proofs.js'
import type { ReadTile } from '../../server/ledger/tile-reading.js'
import { growLog, naiveRoots } from './tree.js'

const log = growLog([1, 62, 1, 64, 127, 2, 255, 1, 900, 1])
const present = log.head.size
const trueRoot = naiveRoots(log.entries)
const sizes = fc.integer({ min: 1, max: present })
/** An older size, and a leaf that was in it; the tiles are today's. */
const leafAtSize = sizes.chain((size) =>
  fc.record({ size: fc.constant(size), index: fc.nat({ max: size - 1 }) }),
)
const older = fc
  .tuple(sizes, sizes)
  .map(([a, b]) => ({ size1: Math.min(a, b), size2: Math.max(a, b) }))

function flipped(hash: Buffer, bit: number): Buffer {
  const out = Buffer.from(hash)
  out[bit >> 3] = (out[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return out
}

function leafAt(index: number): Buffer {
  return leafHash(log.entries[index] ?? Buffer.alloc(0))
}

test('knows the root of every older tree', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: present }), async (size) => {
      expect(await rootAt(size, log.readTile)).toEqual(trueRoot(0, size))
    }),
  )
})

test('proves the inclusion of any leaf in any tree, present or older', async () => {
  await fc.assert(
    fc.asyncProperty(leafAtSize, async ({ size, index }) => {
      const proof = await inclusionProof(index, size, log.readTile)
      const root = trueRoot(0, size)
      expect(verifyInclusion({ index, size, leafHash: leafAt(index), proof, root })).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('an inclusion proof altered in one bit, cut, lengthened or moved does not hold', async () => {
  await fc.assert(
    fc.asyncProperty(leafAtSize, fc.nat(), fc.nat({ max: 255 }), async (leaf, pick, bit) => {
      const { size, index } = leaf
      const proof = await inclusionProof(index, size, log.readTile)
      const claim = {
        index,
        size,
        leafHash: leafAt(index),
        proof,
        root: await rootAt(size, log.readTile),
      }
      const at = pick % Math.max(1, proof.length)
      const altered = proof.map((hash, i) => (i === at ? flipped(hash, bit) : hash))
      if (proof.length > 0) expect(verifyInclusion({ ...claim, proof: altered })).toBe(false)
      if (proof.length > 0) expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false)
      expect(verifyInclusion({ ...claim, proof: [...proof, claim.root] })).toBe(false)
      expect(verifyInclusion({ ...claim, leafHash: flipped(claim.leafHash, bit) })).toBe(false)
      expect(verifyInclusion({ ...claim, root: flipped(claim.root, bit) })).toBe(false)
      expect(verifyInclusion({ ...claim, index: index + 1 })).toBe(false)
    }),
  )
})

test('proves that any older tree is a prefix of any later one', async () => {
  await fc.assert(
    fc.asyncProperty(older, async ({ size1, size2 }) => {
      const proof = await consistencyProof(size1, size2, log.readTile)
      const root1 = trueRoot(0, size1)
      const root2 = trueRoot(0, size2)
      expect(verifyConsistency({ size1, size2, root1, root2, proof })).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('a consistency proof altered in one bit, or between other trees, does not hold', async () => {
  await fc.assert(
    fc.asyncProperty(older, fc.nat(), fc.nat({ max: 255 }), async (pair, pick, bit) => {
      const { size1, size2 } = pair
      const proof = await consistencyProof(size1, size2, log.readTile)
      const [root1, root2] = [await rootAt(size1, log.readTile), await rootAt(size2, log.readTile)]
      const claim = { size1, size2, root1, root2, proof }
      const at = pick % Math.max(1, proof.length)
      const altered = proof.map((hash, i) => (i === at ? flipped(hash, bit) : hash))
      if (proof.length > 0) expect(verifyConsistency({ ...claim, proof: altered })).toBe(false)
      expect(verifyConsistency({ ...claim, root1: flipped(root1, bit) })).toBe(false)
      expect(verifyConsistency({ ...claim, root2: flipped(root2, bit) })).toBe(false)
      expect(verifyConsistency({ ...claim, proof: [...proof, root1] })).toBe(false)
    }),
  )
})

test('many proofs read each tile once, and are the same as one by one', async () => {
  const reads: string[] = []
  const counting: ReadTile = (level, idx) => {
    reads.push(`${level}/${idx}`)
    return log.readTile(level, idx)
  }
  const indices = [0, 1, 255, 256, 700, present - 1]
  const together = await inclusionProofs(indices, present, counting)
  expect(new Set(reads).size).toBe(reads.length)
  const single = await Promise.all(indices.map((i) => inclusionProof(i, present, log.readTile)))
  expect(together).toEqual(single)
})

test('refuses proofs of what cannot be', async () => {
  const outOfRange = expect.objectContaining({ code: 'OUT_OF_RANGE' }) as unknown
  await expect(inclusionProof(5, 5, log.readTile)).rejects.toEqual(outOfRange)
  await expect(inclusionProof(-1, 5, log.readTile)).rejects.toEqual(outOfRange)
  await expect(inclusionProof(0, 1.5, log.readTile)).rejects.toEqual(outOfRange)
  await expect(consistencyProof(0, 5, log.readTile)).rejects.toEqual(outOfRange)
  await expect(consistencyProof(6, 5, log.readTile)).rejects.toEqual(outOfRange)
})

test('names the tile that is missing or too narrow instead of proving something else', async () => {
  const missing = expect.objectContaining({ code: 'TILE_MISSING' }) as unknown
  await expect(inclusionProof(0, present, async () => undefined)).rejects.toEqual(missing)
  await expect(inclusionProof(0, present + 1, log.readTile)).rejects.toEqual(missing)
  await expect(rootAt(present + 300, log.readTile)).rejects.toEqual(missing)
})
