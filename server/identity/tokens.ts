import { createHash } from 'node:crypto'
import type { Random } from '../platform/kernel/random.js'

/** A session without a click is over after this. */
export const IDLE = '15 minutes'
/** A session is over after this, however busy. */
export const RESIDENT_LIFE = '12 hours'
export const STAFF_LIFE = '8 hours'

/** A fresh session token, 256 bits: it goes into the cookie and nowhere else. */
export function newToken(random: Random): string {
  return random.bytes(32).toString('base64url')
}

/** What the store knows a session by: SHA-256 of its token. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
