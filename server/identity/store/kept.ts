import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import { isDone } from './done.js'

/** The secret behind the forms of a session that ended by itself within a day, or nothing. */
export async function readLapsed(
  trx: Trx,
  session: { tokenHash: Buffer; at: Date; idle: string },
): Promise<Buffer | undefined> {
  const { tokenHash, at, idle } = session
  const { rows } = await sql<{ csrf: Buffer | null }>`
    select identity.lapsed_session(${tokenHash}, ${at}, ${idle}::interval) as csrf`.execute(trx)
  return rows[0]?.csrf ?? undefined
}

/** Keeps a form, sealed; false where the session is gone. */
export async function insertKept(
  trx: Trx,
  kept: { form: string; tokenHash: Buffer; page: string; sealed: Buffer; at: Date },
): Promise<boolean> {
  const { form, tokenHash, page, sealed, at } = kept
  return isDone(
    trx,
    sql`select identity.keep_form(${form}, ${tokenHash}, ${page}, ${sealed}, ${at}) as done`,
  )
}

/** A form that waits for its person; `page` is its address without the language. */
export interface KeptForm {
  readonly form: string
  readonly page: string
  readonly keptAt: Date
}

/** What is kept for the person behind a session, the newest first. */
export async function readKeptForms(trx: Trx, tokenHash: Buffer, at: Date): Promise<KeptForm[]> {
  const { rows } = await sql<KeptForm>`
    select form, page, kept_at as "keptAt" from identity.kept_forms(${tokenHash}, ${at})`.execute(
    trx,
  )
  return rows
}

/** One form, sealed, for its person and on its page alone. */
export async function readKept(
  trx: Trx,
  asked: { tokenHash: Buffer; form: string; page: string; at: Date },
): Promise<Buffer | undefined> {
  const { tokenHash, form, page, at } = asked
  const { rows } = await sql<{ sealed: Buffer | null }>`
    select identity.kept_form_of(${tokenHash}, ${form}, ${page}, ${at}) as sealed`.execute(trx)
  return rows[0]?.sealed ?? undefined
}

/** Drops what was kept of a page's form. */
export async function dropKept(trx: Trx, tokenHash: Buffer, page: string): Promise<void> {
  await sql`select identity.drop_kept_forms(${tokenHash}, ${page})`.execute(trx)
}

/** Deletes forms that nobody came back for; returns how many. */
export async function forgetKept(trx: Trx, at: Date): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    select identity.forget_kept_forms(${at}) as gone`.execute(trx)
  return rows[0]?.gone ?? 0
}
