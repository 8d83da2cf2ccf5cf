import type { Trx } from '../database.js'
import { readWorksOn } from './store/cases.js'

/**
 * Whether a member of staff works on a case of a person, in an office's own scope: who decides about
 * somebody must not be able to sign in as them.
 */
export function worksOn(trx: Trx, staff: string, subject: string): Promise<boolean> {
  return readWorksOn(trx, staff, subject)
}
