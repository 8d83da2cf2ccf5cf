import type { Trx } from '../database.js'
import type { SubjectId } from './actor.js'

/** What a person is told of the ways into their account. */
export interface AccountNews {
  readonly subject: SubjectId
  readonly code:
    'code_handed' | 'code_posted' | 'loss_handed' | 'loss_posted' | 'passkey_added' | 'eid_added'
  /** The office that issued a code (catalogue number). */
  readonly office?: number
  /** From when a code counts, where it waits. */
  readonly from?: Date
}

/** Tells a person, in the transaction in which it happens; the room above hands it in. */
export type TellAccount = (trx: Trx, news: AccountNews) => Promise<void>

/** How long a code by post waits after a loss, so that its owner can stop it (identity.issue_code). */
const LOSS_DELAY_MS = 72 * 60 * 60_000

/** What is told of a code, by how it reaches its person and whether a device was lost. */
export function newsOfCode(
  subject: SubjectId,
  {
    isPosted,
    isLoss,
    office,
    at,
  }: {
    readonly isPosted: boolean
    readonly isLoss: boolean
    readonly office: number
    readonly at: Date
  },
): AccountNews {
  if (!isLoss) return { subject, code: isPosted ? 'code_posted' : 'code_handed', office }
  if (!isPosted) return { subject, code: 'loss_handed', office }
  return { subject, code: 'loss_posted', office, from: new Date(at.getTime() + LOSS_DELAY_MS) }
}
