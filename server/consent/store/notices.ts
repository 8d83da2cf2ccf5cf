import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { NoticeState } from '../rules.js'

/** Makes the notices of a withdrawal, in its own transaction; nobody learns how many. */
export async function makeNotices(trx: Trx, consent: string): Promise<void> {
  await sql`select consent.make_notices(${consent})`.execute(trx)
}

/** Flags accesses that cite a consent and happened when it had ended; nobody learns how many. */
export async function flagEnded(trx: Trx, consent: string): Promise<void> {
  await sql`select consent.flag_ended(${consent})`.execute(trx)
}

/** A notice that is due, with what it says. */
export interface DueNotice {
  readonly notice: string
  readonly consent: string
  readonly subject: string
  /** Catalogue number. */
  readonly recipient: number
  /** This one counted. */
  readonly tries: number
  readonly withdrawnAt: Date
  /** Absent where the party is not connected. */
  readonly url: string | undefined
  /** The consent of the catalogue, and the part; absent once the proof is gone. */
  readonly code: string | undefined
  readonly part: string | undefined
}

interface DueRow {
  readonly notice: string
  readonly consent: string
  readonly subject: string
  readonly recipient: number
  readonly tries: number
  readonly withdrawn_at: Date
  readonly url: string | null
  readonly code: string | null
  readonly part: string | null
}

/** Takes notices that are due, each at most once until its pause is over. */
export async function takeNotices(trx: Trx, at: Date, most: number): Promise<readonly DueNotice[]> {
  const { rows } = await sql<DueRow>`
    select * from consent.take_notices(${at}, ${most})`.execute(trx)
  return rows.map(({ withdrawn_at: withdrawnAt, url, code, part, ...row }) => ({
    ...{ ...row, withdrawnAt, url: url ?? undefined },
    ...{ code: code ?? undefined, part: part ?? undefined },
  }))
}

/** Writes down what came of sending a notice; nothing where it is settled already. */
export async function settleNotice(
  trx: Trx,
  sent: { readonly notice: string; readonly state: NoticeState; readonly at: Date },
): Promise<void> {
  const { notice, state, at } = sent
  await sql`select consent.settle_notice(${notice}, ${state}, ${at})`.execute(trx)
}

/** A party that is told, as far as whoever reads may know it. */
export interface StoredNotice {
  readonly consent: string
  /** Catalogue number. */
  readonly recipient: number
  readonly state: NoticeState
  readonly withdrawnAt: Date
  readonly madeAt: Date
  readonly sentAt?: Date
  readonly acknowledgedAt?: Date
}

function seen(trx: Trx) {
  return trx
    .selectFrom('consent.notice')
    .select(['consent', 'recipient', 'state', 'withdrawn_at', 'made_at'])
    .select(['sent_at', 'acknowledged_at'])
}

/** The parties that are told of the withdrawal of one consent. */
export async function readNotices(trx: Trx, consent: string): Promise<readonly StoredNotice[]> {
  const rows = await seen(trx).where('consent', '=', consent).orderBy('recipient').execute()
  return rows.map(noticeOf)
}

/** What a person at the office has to tell, because no machine can; the longest waiting first. */
export async function readLetters(
  trx: Trx,
  limit: number,
): Promise<readonly (StoredNotice & { readonly notice: string })[]> {
  const rows = await seen(trx)
    .select('notice')
    .where('state', 'in', ['to_print', 'failed'])
    .orderBy('made_at')
    .orderBy('notice')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...noticeOf(row), notice: row.notice }))
}

/** Notes that a letter was printed; false where there is none to print. */
export async function markPrinted(trx: Trx, notice: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('consent.notice')
    .set({ state: 'printed', sent_at: at })
    .where('notice', '=', notice)
    .where('state', 'in', ['to_print', 'failed'])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Deletes notices whose time is over; how many there were. */
export async function forgetNotices(trx: Trx, today: string): Promise<number> {
  let gone = 0n
  for (const table of ['consent.notice', 'consent.sealed_notice'] as const) {
    const { numDeletedRows } = await trx
      .deleteFrom(table)
      .where('expires_on', '<=', today)
      .executeTakeFirst()
    gone += numDeletedRows
  }
  return Number(gone)
}

interface Row {
  readonly consent: string
  readonly recipient: number
  readonly state: NoticeState
  readonly withdrawn_at: Date
  readonly made_at: Date
  readonly sent_at: Date | null
  readonly acknowledged_at: Date | null
}

function noticeOf(row: Row): StoredNotice {
  return {
    ...{ consent: row.consent, recipient: row.recipient, state: row.state },
    ...{ withdrawnAt: row.withdrawn_at, madeAt: row.made_at },
    ...(row.sent_at === null ? {} : { sentAt: row.sent_at }),
    ...(row.acknowledged_at === null ? {} : { acknowledgedAt: row.acknowledged_at }),
  }
}
