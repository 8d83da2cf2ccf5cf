import { sql } from 'kysely'
import type { Trx } from '../../database.js'

/** A check of the log, as it stands. */
export interface CheckRow {
  readonly state: 'waiting' | 'working' | 'done' | 'failed'
  readonly askedAt: Date
  readonly endedAt: Date | null
  readonly logSize: number | null
  readonly firstLeaf: number | null
  readonly faults: number | null
}

/** The check that was asked for last. */
export async function readLatestCheck(trx: Trx): Promise<CheckRow | undefined> {
  return trx
    .selectFrom('oversight.log_check')
    .select(['state', 'faults', 'asked_at as askedAt', 'ended_at as endedAt'])
    .select(['log_size as logSize', 'first_leaf as firstLeaf'])
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Asks for a check unless one runs, one was asked for since a moment, or there were too many; whether it was taken. */
export async function insertCheck(
  trx: Trx,
  asked: { id: string; office: number; at: Date; notSince: Date; expiresOn: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into oversight.log_check (log_check, office, state, asked_at, expires_on)
      select ${asked.id}, ${asked.office}, 'waiting', ${asked.at}, ${asked.expiresOn}
        where not exists (select from oversight.log_check where asked_at > ${asked.notSince})
          and oversight.may_check()
      on conflict do nothing
      returning 1`.execute(trx)
  return rows.length > 0
}

/** Takes the check that waits, or one that nobody has ended since a moment; its id. */
export async function takeCheck(
  trx: Trx,
  { at, lostBefore }: { at: Date; lostBefore: Date },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    update oversight.log_check set state = 'working', worked_at = ${at}
      where state = 'waiting' or (state = 'working' and worked_at < ${lostBefore})
      returning log_check as id`.execute(trx)
  return rows[0]?.id
}

/** Writes down what a check found, or that it could not be made. */
export async function endCheck(
  trx: Trx,
  id: string,
  ended: { at: Date; found?: { size: number; from: number; faults: number } },
): Promise<void> {
  const { at, found } = ended
  await trx
    .updateTable('oversight.log_check')
    .set({
      ...{ state: found ? 'done' : 'failed', ended_at: at },
      ...(found && { log_size: found.size, first_leaf: found.from, faults: found.faults }),
    })
    .where('log_check', '=', id)
    .execute()
}

/** Deletes checks whose time is over. */
export async function deleteOldChecks(trx: Trx, today: string): Promise<void> {
  await trx.deleteFrom('oversight.log_check').where('expires_on', '<=', today).execute()
}
