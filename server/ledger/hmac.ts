import { HASH_BYTES, sha256, sha256Chars, writeChars } from './hash.js'
import { malformed } from './log-error.js'

const BLOCK = 64
const INNER = 0x36
const OUTER = 0x5c
const MAX_MESSAGE = 512

/** HMAC-SHA-256 under one key: 32 bytes for each message of at most 512 bytes, a text as its UTF-8. */
export type Hmac = (message: Uint8Array | string) => Buffer

/** HMAC-SHA-256 (RFC 2104) with both pads prepared: two hashes a message, twice as fast as `createHmac`. */
export function preparedHmac(key: Uint8Array): Hmac {
  const block = Buffer.alloc(BLOCK)
  block.set(key.length > BLOCK ? sha256(key) : key)
  const inner = Buffer.alloc(BLOCK + MAX_MESSAGE)
  const outer = Buffer.alloc(BLOCK + HASH_BYTES)
  inner.set(block.map((byte) => byte ^ INNER))
  outer.set(block.map((byte) => byte ^ OUTER))
  return (message) => {
    const length = typeof message === 'string' ? Buffer.byteLength(message) : message.length
    if (length > MAX_MESSAGE) throw malformed('a message too long for this HMAC')
    if (typeof message === 'string') inner.write(message, BLOCK)
    else inner.set(message, BLOCK)
    writeChars(outer, BLOCK, sha256Chars(inner.subarray(0, BLOCK + length)))
    return sha256(outer)
  }
}
