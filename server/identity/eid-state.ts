import { createHash } from 'node:crypto'
import type { Random } from '../platform/kernel/random.js'
import { seal, unseal } from '../platform/kernel/sealing.js'

/** What a ceremony must know when its person comes back; it travels sealed, so that nothing is stored before. */
export interface EidState {
  readonly purpose: 'sign-in' | 'bind'
  /** PKCE code verifier (RFC 7636). */
  readonly verifier: string
  readonly nonce: string
  readonly language: string
}

/** How long somebody may take at the provider (milliseconds). */
export const EID_MS = 10 * 60_000

/** The `state` parameter of one ceremony, for one device alone. */
export function sealState(
  state: EidState,
  { key, secret, now, random }: { key: Buffer; secret: Buffer; now: Date; random: Random },
): string {
  const plain = Buffer.from(JSON.stringify({ ...state, until: now.getTime() + EID_MS }))
  return seal(key, plain, { context: contextOf(secret), random }).toString('base64url')
}

/** What was sealed, where it is of this device and still counts; else nothing. */
export function openState(
  sealed: string,
  { key, secret, now }: { key: Buffer; secret: Buffer; now: Date },
): { readonly state: EidState; readonly until: Date } | undefined {
  try {
    const plain = unseal(key, Buffer.from(sealed, 'base64url'), contextOf(secret)).toString()
    const { until, ...state } = JSON.parse(plain) as EidState & { readonly until: number }
    return now.getTime() < until ? { state, until: new Date(until) } : undefined
  } catch {
    // Another device's, changed on the way, or no state of ours at all.
    return undefined
  }
}

function contextOf(secret: Buffer): string {
  return `mirat/eid-state/v1/${createHash('sha256').update(secret).digest('hex')}`
}
