import { sql } from 'kysely'
import type { Trx } from '../../database.js'

/** Wrong codes of a client (keyed hash) within an hour; until the transaction ends no other counts for it. */
export async function readGuesses(trx: Trx, client: Buffer, at: Date): Promise<number> {
  // A statement of its own: what it waited for must be over before the count is read.
  await sql`select pg_advisory_xact_lock(hashtextextended(encode(${client}::bytea, 'hex'), 0))`.execute(
    trx,
  )
  const { rows } = await sql<{ wrong: number }>`
    select identity.wrong_guesses(${client}, ${at}) as wrong`.execute(trx)
  return rows[0]?.wrong ?? 0
}

/** Counts a wrong code of a client. */
export async function noteGuess(trx: Trx, client: Buffer, at: Date): Promise<void> {
  await sql`select identity.note_guess(${client}, ${at})`.execute(trx)
}

/** A code as it was typed, hashed, and the session that it shall begin. */
export interface Redeeming {
  readonly codeHash: Buffer
  readonly birthYearHash: Buffer | null
  readonly tokenHash: Buffer
  readonly csrf: Buffer
  readonly shared: boolean
  readonly at: Date
  readonly life: string
}

/** Uses a code up; the language of its account, or nothing where it does not count. */
export async function redeemCode(trx: Trx, code: Redeeming): Promise<string | undefined> {
  const { rows } = await sql<{ language: string | null }>`
    select identity.redeem_code(${code.codeHash}, ${code.birthYearHash}, ${code.tokenHash}, ${code.csrf},
      ${code.shared}, ${code.at}, ${code.life}::interval) as language`.execute(trx)
  return rows[0]?.language ?? undefined
}

/** A code to be issued. */
export interface Issuing {
  readonly freshAccount: string
  readonly language: string
  readonly scheme: string
  readonly subject: string
  readonly subjectKey: Buffer
  readonly code: string
  readonly codeHash: Buffer
  readonly assurance: 'letter' | 'counter'
  readonly recovery: boolean
  readonly birthYearHash: Buffer | null
  readonly sheet: Buffer | null
  readonly issuedBy: string | null
  readonly at: Date
}

/** `issued`, or which limit stands in the way: the clerk's day, or one letter in 24 hours. */
export type IssueOutcome = 'issued' | 'clerk' | 'letter'

/** Issues a code, with a new account where the person has none. */
export async function insertCode(trx: Trx, code: Issuing): Promise<IssueOutcome> {
  const { rows } = await sql<{ outcome: IssueOutcome }>`
    select identity.issue_code(${code.freshAccount}, ${code.language}, ${code.scheme}, ${code.subject},
      ${code.subjectKey}, ${code.code}, ${code.codeHash}, ${code.assurance}, ${code.recovery},
      ${code.birthYearHash}, ${code.sheet}, ${code.issuedBy}, ${code.at}) as outcome`.execute(trx)
  const outcome = rows[0]?.outcome
  if (outcome === undefined) throw new Error('issuing a code gave no outcome')
  return outcome
}

/** What stands on a sheet, as stored; the code is encrypted. */
export interface SheetRow {
  readonly sheet: Buffer
  readonly assurance: 'letter' | 'counter'
  readonly recovery: boolean
  readonly valid_from: Date
  readonly expires_at: Date
  readonly language: string
}

/** The sheet of a code, for whoever issued it, until it is printed. */
export async function readSheet(
  trx: Trx,
  { code, issuedBy, at }: { code: string; issuedBy: string; at: Date },
): Promise<SheetRow | undefined> {
  const { rows } = await sql<SheetRow>`
    select * from identity.sheet_of(${code}, ${issuedBy}, ${at})`.execute(trx)
  return rows[0]
}

/** Forgets the code on a sheet. */
export async function emptySheet(trx: Trx, code: string, issuedBy: string): Promise<void> {
  await sql`select identity.empty_sheet(${code}, ${issuedBy})`.execute(trx)
}

/** A code that is still open, as its owner sees it. */
export interface OpenCode {
  readonly assurance: 'letter' | 'counter'
  readonly recovery: boolean
  readonly issuedAt: Date
  readonly validFrom: Date
}

/** Codes of the resident that somebody could still use. */
export async function readOpenCodes(trx: Trx, at: Date): Promise<OpenCode[]> {
  const { rows } = await sql<OpenCode>`
    select assurance, recovery, issued_at as "issuedAt", valid_from as "validFrom"
    from identity.activation_code
    where used_at is null and cancelled_at is null and expires_at > ${at}
    order by issued_at`.execute(trx)
  return rows
}

/** Stops the resident's open codes; returns how many. */
export async function cancelCodes(trx: Trx, at: Date): Promise<number> {
  const { rows } = await sql<{ stopped: number }>`
    select identity.cancel_codes(${at}) as stopped`.execute(trx)
  return rows[0]?.stopped ?? 0
}

/** Deletes what signing in leaves behind; returns how many rows. */
export async function forgetSignIn(trx: Trx, at: Date): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    select identity.forget_sign_in(${at}) as gone`.execute(trx)
  return rows[0]?.gone ?? 0
}
