import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { MailEnd } from '../rules.js'

/** What a mail is about: something new, a code, or something new to the address before. */
export type MailKind = 'news' | 'proof' | 'former'

/** A mail that is due; address and content are encrypted, and absent where they were removed meanwhile. */
export interface DueMail {
  readonly account: string
  readonly kind: MailKind
  /** Language of the account. */
  readonly language: string
  readonly address: Buffer | null
  readonly content: Buffer | null
  /** This one counted. */
  readonly tries: number
  readonly taken: number
  readonly version: number
}

/** Takes mails that are due, each at most once until its pause is over. */
export async function takeMails(trx: Trx, at: Date, most: number): Promise<readonly DueMail[]> {
  const { rows } = await sql<DueMail>`select * from notices.take_mails(${at}, ${most})`.execute(trx)
  return rows
}

/** Writes down what came of a mail for good. */
export async function settleMail(
  trx: Trx,
  { account, kind, taken, version }: DueMail,
  { end, at }: { readonly end: Exclude<MailEnd, 'waiting'>; readonly at: Date },
): Promise<void> {
  await sql`select notices.settle_mail(${account}, ${kind}, ${taken}, ${version}, ${end}, ${at})`.execute(
    trx,
  )
}

/** A mail as its receiver may know of it. */
export interface OwnMail {
  readonly kind: MailKind
  readonly state: 'waiting' | 'done' | 'failed'
  readonly tries: number
  readonly sentAt: Date | null
}

/** Own mails that wait or were sent. */
export function readOwnMails(trx: Trx): Promise<OwnMail[]> {
  return trx
    .selectFrom('notices.mail')
    .select(['kind', 'state', 'tries', 'sent_at as sentAt'])
    .orderBy('kind')
    .execute()
}
