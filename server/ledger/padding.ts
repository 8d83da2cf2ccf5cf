import { entryOf } from './commitment.js'
import { HASH_BYTES } from './hash.js'
import { checkedSize } from './tile-shape.js'
import type { Random } from '../platform/kernel/random.js'

/** Public sizes are multiples of this, so that no one can tell how many entries were real. */
export const PADDING_STEP = 64

/** How many padding leaves bring a tree of `size` to the next multiple of 64: 0 to 63. */
export function paddingCount(size: number): number {
  return (PADDING_STEP - (checkedSize(size) % PADDING_STEP)) % PADDING_STEP
}

/** Entries of 0x01 and 32 random bytes: no one without a salt can tell them from commitments. */
export function paddingEntries(random: Random, count: number): Buffer[] {
  return Array.from({ length: count }, () => entryOf(random.bytes(HASH_BYTES)))
}
