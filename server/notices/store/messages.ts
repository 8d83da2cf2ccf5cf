import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { Place } from '../place.js'
import type { MessageCode, Params } from '../rules.js'

/** A message as it is told. */
export interface NewMessage {
  readonly message: string
  readonly subject: string
  readonly code: MessageCode
  readonly params: Params
  readonly at: Date
  readonly expiresOn: string
  readonly once: string | undefined
}

/** Tells the person of a subject; a mail follows where they want one. Nobody learns whether there is anybody. */
export async function insertMessage(trx: Trx, told: NewMessage): Promise<void> {
  await sql`select notices.tell(${told.message}, ${told.subject}, ${told.code},
    ${JSON.stringify(told.params)}::jsonb, ${told.at}, ${told.expiresOn}, ${told.once ?? null})`.execute(
    trx,
  )
}

/** Tells of a way in that this transaction has made; of any other nothing is told. */
export async function insertWayIn(
  trx: Trx,
  {
    message,
    subject,
    code,
    at,
    expiresOn,
  }: Pick<NewMessage, 'message' | 'subject' | 'code' | 'at' | 'expiresOn'>,
): Promise<void> {
  await sql`select notices.tell_way_in(${message}, ${subject}, ${code}, ${at}, ${expiresOn})`.execute(
    trx,
  )
}

/** A message as its reader has it. */
export interface StoredMessage {
  readonly message: string
  readonly code: string
  readonly params: Readonly<Record<string, string>>
  readonly toldAt: Date
  readonly readAt?: Date
}

const COLUMNS = ['message', 'code', 'params', 'told_at', 'read_at'] as const

interface Row {
  readonly message: string
  readonly code: string
  readonly params: Readonly<Record<string, string>>
  readonly told_at: Date
  readonly read_at: Date | null
}

const messageOf = ({ message, code, params, told_at, read_at }: Row): StoredMessage => ({
  ...{ message, code, params, toldAt: told_at },
  ...(read_at === null ? {} : { readAt: read_at }),
})

/** Own messages of some codes, the newest first, as many as asked for. */
export async function readMessages(
  trx: Trx,
  {
    codes,
    most,
    after,
  }: { readonly codes: readonly string[]; readonly most: number; readonly after?: Place },
): Promise<readonly StoredMessage[]> {
  let query = trx
    .selectFrom('notices.message')
    .select(COLUMNS)
    .where('code', 'in', codes)
    .orderBy('told_at', 'desc')
    .orderBy('message', 'desc')
    .limit(most)
  if (after !== undefined) {
    query = query.where(sql<boolean>`(told_at, message) < (${after.at}, ${after.message}::uuid)`)
  }
  return (await query.execute()).map(messageOf)
}

/** One own message of some codes. */
export async function readMessage(
  trx: Trx,
  { message, codes }: { readonly message: string; readonly codes: readonly string[] },
): Promise<StoredMessage | undefined> {
  const row = await trx
    .selectFrom('notices.message')
    .select(COLUMNS)
    .where('message', '=', message)
    .where('code', 'in', codes)
    .executeTakeFirst()
  return row && messageOf(row)
}

/** How many own messages of some codes were never opened. */
export async function countUnread(trx: Trx, codes: readonly string[]): Promise<number> {
  const row = await trx
    .selectFrom('notices.message')
    .select(({ fn }) => fn.countAll().as('unread'))
    .where('code', 'in', codes)
    .where('read_at', 'is', null)
    .executeTakeFirst()
  return Number(row?.unread ?? 0)
}

/** Notes that an own message was opened; the first time counts. */
export async function markRead(trx: Trx, message: string, at: Date): Promise<void> {
  await trx
    .updateTable('notices.message')
    .set({ read_at: at })
    .where('message', '=', message)
    .where('read_at', 'is', null)
    .execute()
}

/** An account that nobody has used for almost three years. */
export interface EndingAccount {
  readonly subject: string
  /** The day on which it is deleted. */
  readonly day: string
}

/** Accounts that come to their end within six weeks. */
export async function readEnding(trx: Trx, at: Date): Promise<readonly EndingAccount[]> {
  const { rows } = await sql<EndingAccount>`
    select subject, ends_on as day from notices.accounts_ending(${at})`.execute(trx)
  return rows
}

/** Deletes what is due; returns how many rows. */
export async function forgetNotices(trx: Trx, at: Date): Promise<number> {
  const { rows } = await sql<{ gone: string }>`select notices.forget(${at}) as gone`.execute(trx)
  return Number(rows[0]?.gone ?? 0)
}
