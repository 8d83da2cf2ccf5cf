import { HASH_BYTES, sha256, sha256Chars, writeChars } from './hash.js'
import { countOf, type Count } from './wire.js'

/** The root of the tree without leaves: SHA-256 of nothing (RFC 6962 section 2.1). */
export const emptyRoot: Buffer = sha256('')

const LEAF_PREFIX = 0x00
const NODE_PREFIX = 0x01
/** The usual entry, a type byte and 32 bytes of commitment, behind its prefix. */
const leafScratch = Buffer.alloc(34)
const nodeScratch = Buffer.alloc(65, NODE_PREFIX)

/** MTH of one leaf: SHA-256(0x00 || entry) (RFC 6962 section 2.1). */
export function leafHash(entry: Uint8Array): Buffer {
  return Buffer.from(leafChars(entry), 'latin1')
}

/** The leaf hashes of many entries, 32 bytes each, one behind the other. */
export function leafHashes(entries: readonly Uint8Array[]): Buffer {
  const out = Buffer.allocUnsafe(entries.length * HASH_BYTES)
  entries.forEach((entry, i) => writeChars(out, i * HASH_BYTES, leafChars(entry)))
  return out
}

/** MTH of an inner node: SHA-256(0x01 || left || right) (RFC 6962 section 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  nodeScratch.set(left, 1)
  nodeScratch.set(right, 1 + HASH_BYTES)
  return sha256(nodeScratch)
}

/** The row above a row of hashes: one parent for each pair; a last hash without partner is left out. */
export function hashPairs(row: Buffer): Buffer {
  const pairs = Math.floor(row.length / (2 * HASH_BYTES))
  const out = Buffer.allocUnsafe(pairs * HASH_BYTES)
  for (let i = 0; i < pairs; i++) {
    const from = i * 2 * HASH_BYTES
    for (let k = 0; k < 2 * HASH_BYTES; k++) nodeScratch[1 + k] = row[from + k] as number
    writeChars(out, i * HASH_BYTES, sha256Chars(nodeScratch))
  }
  return out
}

/** What an inclusion proof claims: the leaf at `index` stands in the tree of `size` with `root`. */
export interface InclusionClaim {
  readonly index: Count
  readonly size: Count
  readonly leafHash: Uint8Array
  readonly proof: readonly Uint8Array[]
  readonly root: Uint8Array
}

/** Whether an inclusion proof holds (RFC 9162 section 2.1.3.2); false, never an error, for nonsense. */
export function verifyInclusion(claim: InclusionClaim): boolean {
  const index = countOf(claim.index)
  const size = countOf(claim.size)
  if (index === undefined || size === undefined || index >= size) return false
  if (![claim.leafHash, claim.root, ...claim.proof].every(isHash)) return false
  const walk = { fn: index, sn: size - 1n }
  let hash = claim.leafHash
  for (const step of claim.proof) {
    if (walk.sn === 0n) return false
    hash = isRightChild(walk) ? nodeHash(step, hash) : nodeHash(hash, step)
    climb(walk)
  }
  return walk.sn === 0n && equal(hash, claim.root)
}

/** What a consistency proof claims: the tree of `size1` with `root1` is a prefix of the later tree. */
export interface ConsistencyClaim {
  readonly size1: Count
  readonly size2: Count
  readonly root1: Uint8Array
  readonly root2: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/**
 * Whether a consistency proof holds (RFC 9162 section 2.1.4.2); false, never an error, for nonsense.
 * An empty first tree proves nothing about the second and is refused, even against itself.
 */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const size1 = countOf(claim.size1)
  const size2 = countOf(claim.size2)
  if (size1 === undefined || size2 === undefined || size1 === 0n || size1 > size2) return false
  if (size1 === size2) return claim.proof.length === 0 && equal(claim.root1, claim.root2)
  if (![claim.root1, claim.root2, ...claim.proof].every(isHash)) return false
  return foldConsistency(claim, { fn: size1 - 1n, sn: size2 - 1n })
}

/** The two counters of RFC 9162: a node's number at its height, and the last node's at that height. */
interface Walk {
  fn: bigint
  sn: bigint
}

function foldConsistency({ root1, root2, proof }: ConsistencyClaim, walk: Walk): boolean {
  const isPerfect = (walk.fn & (walk.fn + 1n)) === 0n
  const [seed, ...steps] = isPerfect ? [root1, ...proof] : proof
  if (seed === undefined) return false
  while (walk.fn & 1n) halve(walk)
  let older = seed
  let newer = seed
  for (const step of steps) {
    if (walk.sn === 0n) return false
    if (isRightChild(walk)) {
      older = nodeHash(step, older)
      newer = nodeHash(step, newer)
    } else {
      newer = nodeHash(newer, step)
    }
    climb(walk)
  }
  return walk.sn === 0n && equal(older, root1) && equal(newer, root2)
}

function isRightChild(walk: Walk): boolean {
  return (walk.fn & 1n) === 1n || walk.fn === walk.sn
}

/** One height up; a last node without sibling climbs on until it has one. */
function climb(walk: Walk): void {
  if (walk.fn === walk.sn) while (walk.fn !== 0n && (walk.fn & 1n) === 0n) halve(walk)
  halve(walk)
}

function halve(walk: Walk): void {
  walk.fn >>= 1n
  walk.sn >>= 1n
}

function leafChars(entry: Uint8Array): string {
  const scratch =
    entry.length + 1 === leafScratch.length ? leafScratch : Buffer.alloc(entry.length + 1)
  scratch[0] = LEAF_PREFIX
  scratch.set(entry, 1)
  return sha256Chars(scratch)
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
