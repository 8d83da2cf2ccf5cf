import { HASH_BYTES } from './hash.js'
import { malformed } from './log-error.js'
import { emptyRoot, nodeHash } from './merkle.js'

/** Whether a tree of `size` has a peak, a perfect subtree of 2^height leaves, at this height. */
export function hasPeak(size: number, height: number): boolean {
  return Math.floor(size / 2 ** height) % 2 === 1
}

/** The heights of the peaks of a tree of `size`, lowest first: the bits of the size. */
export function peakHeights(size: number): number[] {
  const heights: number[] = []
  for (let height = 0; 2 ** height <= size; height++) {
    if (hasPeak(size, height)) heights.push(height)
  }
  return heights
}

/**
 * The root of the tree of `size` whose peaks these are: 32-byte hashes, largest subtree first
 * (RFC 6962 section 2.1 splits a tree at exactly these places). Refuses a wrong number of peaks.
 */
export function rootOf(peaks: Buffer, size: number): Buffer {
  if (peaks.length !== peakHeights(size).length * HASH_BYTES) {
    throw malformed(`a tree of ${size} does not have ${peaks.length} bytes of peaks`)
  }
  if (size === 0) return emptyRoot
  let at = peaks.length - HASH_BYTES
  let root: Buffer = Buffer.from(peaks.subarray(at))
  while (at > 0) {
    at -= HASH_BYTES
    root = nodeHash(peaks.subarray(at, at + HASH_BYTES), root)
  }
  return root
}
