import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Random } from '../platform/kernel/random.js'

/** What a passkey is asked for. */
export type Ceremony = 'bind' | 'sign-in' | 'step-up'

/** How long a page with a challenge counts (milliseconds). */
export const CHALLENGE_MS = 5 * 60_000

const RANDOM_BYTES = 32
const TIME_BYTES = 6
const HEAD_BYTES = RANDOM_BYTES + TIME_BYTES

/**
 * A challenge for one ceremony on one device: 32 random bytes, its time, and a MAC under the secret behind
 * that visitor's forms. Nothing is stored before it is answered, so that opening pages writes no rows.
 */
export function newChallenge(
  ceremony: Ceremony,
  { secret, now, random }: { secret: Buffer; now: Date; random: Random },
): Buffer {
  const head = Buffer.alloc(HEAD_BYTES)
  random.bytes(RANDOM_BYTES).copy(head)
  head.writeUIntBE(now.getTime(), RANDOM_BYTES, TIME_BYTES)
  return Buffer.concat([head, mac(ceremony, head, secret)])
}

/** Its end where the challenge is ours, of this ceremony and device, and still counts; else nothing. */
export function challengeEnd(
  ceremony: Ceremony,
  challenge: Buffer,
  { secret, now }: { secret: Buffer; now: Date },
): Date | undefined {
  if (challenge.length !== HEAD_BYTES + 32) return undefined
  const head = challenge.subarray(0, HEAD_BYTES)
  if (!timingSafeEqual(mac(ceremony, head, secret), challenge.subarray(HEAD_BYTES)))
    return undefined
  const end = head.readUIntBE(RANDOM_BYTES, TIME_BYTES) + CHALLENGE_MS
  return now.getTime() < end && end - now.getTime() <= CHALLENGE_MS ? new Date(end) : undefined
}

/** What is kept of an answered challenge. */
export function challengeHash(challenge: Buffer): Buffer {
  return createHash('sha256').update(challenge).digest()
}

function mac(ceremony: Ceremony, head: Buffer, secret: Buffer): Buffer {
  return createHmac('sha256', secret)
    .update(`mirat/challenge/v1\0${ceremony}\0`)
    .update(head)
    .digest()
}
