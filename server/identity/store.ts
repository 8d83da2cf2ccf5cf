import { sql } from 'kysely'
import type { Db, Trx } from '../database.js'
import type { AccountTable, AccountSubjectTable, StaffTable } from './tables.js'
import type { Insertable } from 'kysely'

/** A live session as the database knows it. */
export interface SessionRow {
  readonly account: string | null
  readonly staff: string | null
  readonly role: StaffTable['role'] | null
  readonly office: number | null
  readonly unit: number | null
  readonly assurance: 'letter' | 'counter' | 'high'
  readonly csrf: Buffer
  readonly seenAt: Date
  readonly steppedUpAt: Date | null
  readonly shared: boolean
  readonly subjects: readonly string[]
}

type SessionColumns = Omit<SessionRow, 'seenAt' | 'steppedUpAt'> & {
  seen_at: Date
  stepped_up_at: Date | null
}

/** The live session of a token hash, or nothing. */
export async function openSession(
  trx: Trx,
  { tokenHash, at, idle }: { tokenHash: Buffer; at: Date; idle: string },
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionColumns>`
    select * from identity.open_session(${tokenHash}, ${at}, ${idle}::interval)`.execute(trx)
  const row = rows[0]
  if (!row) return undefined
  const { seen_at: seenAt, stepped_up_at: steppedUpAt, ...rest } = row
  return { ...rest, seenAt, steppedUpAt }
}

/** Notes that a session was used. */
export async function touchSession(trx: Trx, tokenHash: Buffer, at: Date): Promise<void> {
  await sql`select identity.touch_session(${tokenHash}, ${at})`.execute(trx)
}

/** Removes a session. */
export async function endSession(trx: Trx, tokenHash: Buffer): Promise<void> {
  await sql`select identity.end_session(${tokenHash})`.execute(trx)
}

/** Begins the session of a demonstration person; nothing for an unknown name, else the role. */
export async function beginDemoSession(
  trx: Trx,
  session: {
    person: string
    tokenHash: Buffer
    csrf: Buffer
    at: Date
    lives: readonly [string, string]
  },
): Promise<string | undefined> {
  const { person, tokenHash, csrf, at, lives } = session
  const { rows } = await sql<{ role: string | null }>`
    select identity.begin_demo_session(${person}, ${tokenHash}, ${csrf}, ${at},
      ${lives[0]}::interval, ${lives[1]}::interval) as role`.execute(trx)
  return rows[0]?.role ?? undefined
}

/** The demonstration sign-ins. */
export async function readDemoPeople(
  trx: Trx,
): Promise<{ person: string; role: string; language: string }[]> {
  const { rows } = await sql<{ person: string; role: string; language: string }>`
    select * from identity.demo_people()`.execute(trx)
  return rows
}

/** Removes sessions that are over; returns how many. */
export async function deleteEndedSessions(trx: Trx, at: Date, idle: string): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    select identity.delete_ended_sessions(${at}, ${idle}::interval) as gone`.execute(trx)
  return rows[0]?.gone ?? 0
}

/** Adds an account with its subjects. */
export async function insertAccount(
  db: Db | Trx,
  account: Insertable<AccountTable>,
  subjects: readonly Insertable<AccountSubjectTable>[],
): Promise<void> {
  await db.insertInto('identity.account').values(account).execute()
  if (subjects.length > 0)
    await db
      .insertInto('identity.account_subject')
      .values([...subjects])
      .execute()
}

/** Adds a member of staff. */
export async function insertStaff(db: Db | Trx, staff: Insertable<StaffTable>): Promise<void> {
  await db.insertInto('identity.staff').values(staff).execute()
}
