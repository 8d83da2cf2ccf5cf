import { malformed } from './log-error.js'

const MAX_U64 = 2n ** 64n - 1n

/** A leaf number or tree size: a safe integer, or a bigint where it comes from outside. */
export type Count = number | bigint

/** The count as a bigint, or nothing when it is no whole number in [0, 2^64). */
export function countOf(value: Count): bigint | undefined {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return undefined
  const count = BigInt(value)
  return count < 0n || count > MAX_U64 ? undefined : count
}

/** Eight bytes, big-endian. Refuses what is no whole number in [0, 2^64). */
export function u64(value: Count): Buffer {
  const bytes = Buffer.allocUnsafe(8)
  writeU64(bytes, 0, value)
  return bytes
}

/** Writes eight bytes, big-endian, beginning at `at`; refuses as `u64` does. */
export function writeU64(target: Buffer, at: number, value: Count): void {
  const isPlain = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
  if (isPlain) {
    target.writeUInt32BE(Math.floor(value / 2 ** 32), at)
    target.writeUInt32BE(value % 2 ** 32, at + 4)
    return
  }
  const count = countOf(value)
  if (count === undefined) throw malformed(`not an unsigned 64-bit number: ${value}`)
  target.writeBigUInt64BE(count, at)
}

/** The number in eight big-endian bytes. Refuses more than 2^53 - 1, which no log of ours reaches. */
export function readU64(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64BE(at)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw malformed(`number too large: ${value}`)
  return Number(value)
}

/** Two bytes, big-endian. Refuses what is no whole number in [0, 2^16). */
export function u16(value: number): Buffer {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff) {
    throw malformed(`not an unsigned 16-bit number: ${value}`)
  }
  return Buffer.from([value >>> 8, value & 0xff])
}

/** Four bytes, big-endian. Refuses what is no whole number in [0, 2^32). */
export function u32(value: number): Buffer {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
    throw malformed(`not an unsigned 32-bit number: ${value}`)
  }
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** Whether a text is Unicode: a lone surrogate has no UTF-8 and would be hashed as something else. */
export function isUnicode(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}

/** ASCII decimal without leading zeroes (tlog-checkpoint, tlog-proof), at most 2^53 - 1. */
export function parseDecimal(text: string): number {
  const value = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : NaN
  if (!Number.isSafeInteger(value)) throw malformed('not a decimal number without leading zeroes')
  return value
}

/** Standard base64 with padding (RFC 4648 section 4), refused unless it is the one canonical form. */
export function parseBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text) throw malformed('not canonical base64')
  return bytes
}
