import type { Trx } from '../database.js'
import { noteEndingTold } from './store/accounts.js'

/**
 * Notes, in the transaction that tells it, that the owner of an account was told of its end: four weeks after
 * that, and never before, an account that nobody uses is deleted.
 */
export function noteEnding(trx: Trx, subject: string, at: Date): Promise<void> {
  return noteEndingTold(trx, subject, at)
}
