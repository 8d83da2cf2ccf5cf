import { createHash, randomFillSync } from 'node:crypto'

/** Randomness, given and not taken: the system's for secrets, a seeded one for demonstration data alone. */
export interface Random {
  /** `length` fresh bytes. */
  bytes(length: number): Buffer
}

const POOL_BYTES = 16_384

/** The system's secure generator, drawn in blocks because one call per salt is slow. */
export function systemRandom(): Random {
  let pool = Buffer.alloc(0)
  let used = 0
  return {
    bytes: (length) => {
      if (length > POOL_BYTES) return randomFillSync(Buffer.alloc(length))
      if (used + length > pool.length) {
        pool = randomFillSync(Buffer.alloc(POOL_BYTES))
        used = 0
      }
      const out = Buffer.from(pool.subarray(used, used + length))
      used += length
      return out
    },
  }
}

/** The same bytes for the same seed: for demonstration data and tests, never for secrets. */
export function seededRandom(seed: string): Random {
  let counter = 0
  let pool = Buffer.alloc(0)
  const refill = () => createHash('sha256').update(`${seed}\0${counter++}`).digest()
  return {
    bytes: (length) => {
      while (pool.length < length) pool = Buffer.concat([pool, refill()])
      const out = pool.subarray(0, length)
      pool = pool.subarray(length)
      return Buffer.from(out)
    },
  }
}

/** A whole number in [0, below), without modulo bias. */
export function randomBelow(random: Random, below: number): number {
  const limit = Math.floor(2 ** 32 / below) * below
  for (;;) {
    const draw = random.bytes(4).readUInt32BE(0)
    if (draw < limit) return draw % below
  }
}

/** A fresh order of the same items (Fisher and Yates). */
export function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const out = [...items]
  for (let last = out.length - 1; last > 0; last--) {
    const pick = randomBelow(random, last + 1)
    const held = out[last] as Item
    out[last] = out[pick] as Item
    out[pick] = held
  }
  return out
}
