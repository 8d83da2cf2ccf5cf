import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { Outcome } from '../rules.js'
import type { NoticeState } from '../tables.js'

/** An office that is told of a decision, as far as whoever reads may know it. */
export interface StoredNotice {
  readonly request: string
  /** Catalogue number. */
  readonly recipient: number
  readonly outcome: Outcome
  readonly state: NoticeState
  readonly isOwn: boolean
  /** When the office first and last received the field; absent for the deciding office's own register. */
  readonly firstAt?: Date
  readonly lastAt?: Date
  readonly madeAt: Date
  readonly sentAt?: Date
  readonly acknowledgedAt?: Date
}

/** Makes the notices of a decision, in its own transaction; nobody learns how many. */
export async function makeNotices(trx: Trx, request: string, at: Date): Promise<void> {
  await sql`select rectification.make_notices(${request}, ${at})`.execute(trx)
}
