import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import type { Random } from './random.js'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Encrypts and authenticates (AES-256-GCM): nonce (12), ciphertext, tag (16); `context` is bound, not stored. */
export function seal(
  key: Buffer,
  plain: Buffer,
  { context, random }: { context: string; random: Random },
): Buffer {
  const nonce = random.bytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `seal` made; throws where key, context or bytes are not the same. */
export function unseal(key: Buffer, sealed: Buffer, context: string): Buffer {
  const end = sealed.length - TAG_BYTES
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(end))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, end)), decipher.final()])
}

/** A keyed hash of 32 bytes (HMAC-SHA-256): what is short could be searched without the key. */
export function keyedHash(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
