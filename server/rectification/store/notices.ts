import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { Outcome } from '../rules.js'
import type { NoticeState } from '../tables.js'

/** An office that is told of a decision, as far as whoever reads may know it. */
export interface StoredNotice {
  readonly request: string
  /** Catalogue number. */
  readonly recipient: number
  /** Catalogue number, as every notice is about one field. */
  readonly field: number
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

/** A notice that is due, with what it says. */
export interface DueNotice {
  readonly notice: string
  readonly request: string
  readonly subject: string
  /** Catalogue number. */
  readonly recipient: number
  readonly field: number
  readonly outcome: Outcome
  /** This one counted. */
  readonly tries: number
  /** Absent where the office is not connected. */
  readonly url: string | undefined
  readonly reference: string | undefined
  readonly decidedAt: Date | undefined
  /** The key of the request as it is stored; absent once it is erased. */
  readonly caseKey: Buffer | undefined
  /** Place of the decision among the events, and its encrypted text. */
  readonly number: number | undefined
  readonly content: Buffer | undefined
}

interface DueRow {
  readonly notice: string
  readonly request: string
  readonly subject: string
  readonly recipient: number
  readonly field: number
  readonly outcome: Outcome
  readonly tries: number
  readonly url: string | null
  readonly reference: string | null
  readonly decided_at: Date | null
  readonly case_key: Buffer | null
  readonly number: number | null
  readonly content: Buffer | null
}

/** Takes notices that are due, those that are withheld or all others, each at most once until its pause is over. */
export async function takeNotices(
  trx: Trx,
  { at, most, withheld }: { readonly at: Date; readonly most: number; readonly withheld: boolean },
): Promise<readonly DueNotice[]> {
  const { rows } = await sql<DueRow>`
    select * from rectification.take_notices(${at}, ${most}, ${withheld})`.execute(trx)
  return rows.map(({ url, reference, decided_at, case_key, number, content, ...row }) => ({
    ...row,
    url: url ?? undefined,
    reference: reference ?? undefined,
    decidedAt: decided_at ?? undefined,
    caseKey: case_key ?? undefined,
    number: number ?? undefined,
    content: content ?? undefined,
  }))
}

/** Writes down what came of sending a notice; nothing where it is settled already. */
export async function settleNotice(
  trx: Trx,
  {
    notice,
    state,
    at,
  }: { readonly notice: string; readonly state: NoticeState; readonly at: Date },
): Promise<void> {
  await sql`select rectification.settle_notice(${notice}, ${state}, ${at})`.execute(trx)
}

/** The notices of requests that the role in the scope may see, the first ones first. */
export async function readNotices(trx: Trx, request: string): Promise<readonly StoredNotice[]> {
  const rows = await trx
    .selectFrom('rectification.notice')
    .select(['request', 'recipient', 'field', 'outcome', 'state', 'is_own', 'first_at', 'last_at'])
    .select(['made_at', 'sent_at', 'acknowledged_at'])
    .where('request', '=', request)
    .orderBy('is_own', 'desc')
    .orderBy('recipient')
    .orderBy('first_at')
    .execute()
  return rows.map((row) => ({
    request: row.request,
    recipient: row.recipient,
    field: row.field,
    outcome: row.outcome,
    state: row.state,
    isOwn: row.is_own,
    madeAt: row.made_at,
    ...(row.first_at === null ? {} : { firstAt: row.first_at }),
    ...(row.last_at === null ? {} : { lastAt: row.last_at }),
    ...(row.sent_at === null ? {} : { sentAt: row.sent_at }),
    ...(row.acknowledged_at === null ? {} : { acknowledgedAt: row.acknowledged_at }),
  }))
}

/** Notes that an office's letter was printed; false where there is none to print. */
export async function markPrinted(
  trx: Trx,
  {
    request,
    recipient,
    at,
  }: { readonly request: string; readonly recipient: number; readonly at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('rectification.notice')
    .set({ state: 'printed', sent_at: at })
    .where('request', '=', request)
    .where('recipient', '=', recipient)
    .where('state', 'in', ['to_print', 'failed'])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Deletes notices whose time is over; how many there were. */
export async function forgetNotices(trx: Trx, at: Date): Promise<number> {
  let gone = 0n
  for (const table of ['rectification.notice', 'rectification.sealed_notice'] as const) {
    const { numDeletedRows } = await trx
      .deleteFrom(table)
      .where('expires_on', '<=', at.toISOString().slice(0, 10))
      .executeTakeFirst()
    gone += numDeletedRows
  }
  return Number(gone)
}
