import type { Trx } from '../database.js'
import { readDisputed } from './store.js'

/**
 * What of some subjects is contested, by catalogue number of the field, in the scope of a delivery or of the
 * person: whoever obtains such a field is told (GDPR Article 18). Under any number of the person.
 */
export function disputesOf(
  trx: Trx,
  subjects: readonly string[],
): Promise<readonly { readonly subject: string; readonly field: number }[]> {
  return readDisputed(trx, subjects)
}
