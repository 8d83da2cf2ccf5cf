import { preparedHmac } from './hmac.js'
import { HASH_BYTES, sha256 } from './hash.js'
import { malformed } from './log-error.js'
import { isUnicode, u32, writeU64, type Count } from './wire.js'

/** An event's place in its authority's stream. */
export interface StreamPosition {
  readonly stream: number
  readonly seq: Count
}

/** What a body says of an event's origin, so that only its authority can be told more. */
export interface OriginDigests {
  /** s: 16 bytes; opening them lets the authority recompute both digests. */
  readonly salt: Buffer
  /** SHA256("mirat/seq/v1\0" || s || u64be seq). */
  readonly seqDigest: Buffer
  /** SHA256("mirat/operator/v1\0" || s || operator reference as UTF-8). */
  operatorDigest(operatorRef: string): Buffer
}

const SEQ_LABEL = Buffer.from('mirat/seq/v1\0')
const OPERATOR_LABEL = Buffer.from('mirat/operator/v1\0')
const SALT_BYTES = 16

/**
 * Digests of origins under a secret key (at least 32 bytes), s being the first 16 bytes of
 * HMAC-SHA256(key, u32be stream || u64be seq): nothing is stored, and nothing can be guessed without it.
 */
export function createOrigins(key: Uint8Array): (position: StreamPosition) => OriginDigests {
  if (key.length < HASH_BYTES) throw malformed('the origin key has at least 32 bytes')
  const hmac = preparedHmac(key)
  const position = Buffer.alloc(12)
  return ({ stream, seq }) => {
    position.set(u32(stream))
    writeU64(position, 4, seq)
    const salt = hmac(position).subarray(0, SALT_BYTES)
    return {
      salt,
      seqDigest: seqDigestOf(salt, seq),
      operatorDigest: (operatorRef) => operatorDigestOf(salt, operatorRef),
    }
  }
}

const seqScratch = Buffer.concat([SEQ_LABEL, Buffer.alloc(SALT_BYTES + 8)])

/** The digest of a sequence number, for whoever was given its salt. */
export function seqDigestOf(salt: Uint8Array, seq: Count): Buffer {
  checkedSalt(salt)
  for (let i = 0; i < SALT_BYTES; i++) seqScratch[SEQ_LABEL.length + i] = salt[i] as number
  writeU64(seqScratch, SEQ_LABEL.length + SALT_BYTES, seq)
  return sha256(seqScratch)
}

/** The digest of an operator's reference, for whoever was given its salt. */
export function operatorDigestOf(salt: Uint8Array, operatorRef: string): Buffer {
  if (!isUnicode(operatorRef)) throw malformed('an operator reference is Unicode text')
  const textAt = OPERATOR_LABEL.length + SALT_BYTES
  const message = Buffer.allocUnsafe(textAt + Buffer.byteLength(operatorRef))
  message.set(OPERATOR_LABEL)
  message.set(checkedSalt(salt), OPERATOR_LABEL.length)
  message.write(operatorRef, textAt)
  return sha256(message)
}

function checkedSalt(salt: Uint8Array): Uint8Array {
  if (salt.length !== SALT_BYTES) throw malformed('the salt of an origin has 16 bytes')
  return salt
}
