import type { Trx } from '../database.js'
import { readIsBlocked, readRestricted } from './store/effects.js'

/** Fields of some subjects whose use is restricted: whoever obtains one is told (GDPR Article 18 (2)). */
export function restrictedOf(
  trx: Trx,
  subjects: readonly string[],
): Promise<readonly { readonly subject: string; readonly field: number }[]> {
  return readRestricted(trx, subjects)
}

/**
 * Whether a transmission block of a person is in force, for an office that is about to write to a private or
 * foreign party. It says nothing of which kind it is, and knows no block that stands elsewhere alone.
 */
export function isBlocked(trx: Trx, subject: string, at: Date): Promise<boolean> {
  return readIsBlocked(trx, subject, at)
}
