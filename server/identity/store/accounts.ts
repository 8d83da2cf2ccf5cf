import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import { isDone } from './done.js'

/** What a resident chose for their account. */
export interface Choices {
  /** Language tag of letters and of the first page after signing in. */
  readonly language: string
  /** Whether the first screen tells the latest accesses. */
  readonly showsLatest: boolean
}

/** An account as its owner may read it; numbers are not in it, only which sorts there are. */
export interface AccountRow extends Choices {
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
  /** Whether an office has noted shared housing, where no code is sent. */
  readonly sharesHousing: boolean
  readonly subjects: readonly { readonly scheme: string; readonly subject: string }[]
}

/** The own account; row-level security leaves one at most. */
export async function readAccount(trx: Trx): Promise<AccountRow | undefined> {
  const { rows } = await sql<AccountRow>`
    select a.language, a.shows_latest as "showsLatest", a.created_at as "createdAt",
      a.last_used_at as "lastUsedAt", a.shares_housing as "sharesHousing", coalesce((
        select jsonb_agg(jsonb_build_object('scheme', s.scheme, 'subject', s.subject) order by s.subject)
        from identity.account_subject s where s.account = a.account), '[]') as subjects
    from identity.account a`.execute(trx)
  return rows[0]
}

/** Writes the own choices; false where the account is gone. */
export async function choose(trx: Trx, { language, showsLatest }: Choices): Promise<boolean> {
  return isDone(trx, sql`select identity.choose(${language}, ${showsLatest}) as done`)
}

/** Deletes the own account; false where it is gone already. */
export async function deleteAccount(trx: Trx): Promise<boolean> {
  return isDone(trx, sql`select identity.delete_account() as done`)
}

/** Notes that the owner of an account was told that it will be deleted; the first time counts. */
export async function noteEndingTold(trx: Trx, subject: string, at: Date): Promise<void> {
  await sql`select identity.note_ending(${subject}, ${at})`.execute(trx)
}

/** Deletes accounts unused for three years whose owners were told four weeks ago; returns how many. */
export async function deleteUnused(trx: Trx, at: Date): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    select identity.delete_unused_accounts(${at}) as gone`.execute(trx)
  return rows[0]?.gone ?? 0
}
