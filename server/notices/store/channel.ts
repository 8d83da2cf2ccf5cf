import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { Choice } from '../rules.js'

/** The own channel as stored: addresses are encrypted. */
export interface ChannelRow {
  readonly choice: Choice
  readonly address: Buffer | null
  readonly confirmedAt: Date | null
  readonly failingSince: Date | null
  readonly pending: Buffer | null
  /** When mails are wanted there, once it is confirmed. */
  readonly pendingChoice: Choice | null
  readonly pendingFailed: boolean
  readonly codeExpiresAt: Date | null
  readonly triesLeft: number
}

/** The own channel; nothing where nobody ever asked for mails. */
export async function readChannel(trx: Trx): Promise<ChannelRow | undefined> {
  const row = await trx
    .selectFrom('notices.channel')
    .select(['choice', 'address', 'confirmed_at', 'failing_since', 'pending', 'pending_failed'])
    .select(['pending_choice', 'code_expires_at', 'tries_left'])
    .executeTakeFirst()
  return (
    row && {
      choice: row.choice,
      address: row.address,
      confirmedAt: row.confirmed_at,
      failingSince: row.failing_since,
      pending: row.pending,
      pendingChoice: row.pending_choice,
      pendingFailed: row.pending_failed,
      codeExpiresAt: row.code_expires_at,
      triesLeft: row.tries_left,
    }
  )
}

/** A code that is to be mailed to an address. */
export interface AskedProof {
  readonly choice: Choice
  readonly pending: Buffer
  readonly codeHash: Buffer
  readonly content: Buffer
  readonly expiresAt: Date
  /** The message that it leaves in the inbox. */
  readonly trace: Trace
}

/** Lets a code be mailed; false after three within a day. */
export async function askProof(trx: Trx, asked: AskedProof): Promise<boolean> {
  const { choice, pending, codeHash, content, expiresAt, trace } = asked
  const { message, at, expiresOn } = trace
  const { rows } = await sql<{ done: boolean }>`
    select notices.ask_proof(${choice}, ${pending}, ${codeHash}, ${content}, ${at}, ${expiresAt},
      ${message}, ${expiresOn}) as done`.execute(trx)
  return rows[0]?.done === true
}

/** Confirmed; another code; or no code counts any more. */
export type ProofEnd = 'proven' | 'wrong' | 'over'

/** The message that a change of the address leaves in the inbox. */
export interface Trace {
  readonly message: string
  readonly at: Date
  readonly expiresOn: string
}

/** Confirms the pending address by its code. */
export async function prove(
  trx: Trx,
  codeHash: Buffer,
  { message, at, expiresOn }: Trace,
): Promise<ProofEnd> {
  const { rows } = await sql<{ ended: ProofEnd }>`
    select notices.prove(${codeHash}, ${message}, ${at}, ${expiresOn}) as ended`.execute(trx)
  return rows[0]?.ended ?? 'over'
}

/** When the person wants mails; where they end, the inbox says so. */
export async function choose(
  trx: Trx,
  choice: Choice,
  { message, at, expiresOn }: Trace,
): Promise<void> {
  await sql`select notices.choose(${choice}, ${message}, ${at}, ${expiresOn})`.execute(trx)
}

/** Forgets the own addresses; false where there is none. */
export async function dropAddress(trx: Trx, { message, at, expiresOn }: Trace): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select notices.drop_address(${message}, ${at}, ${expiresOn}) as done`.execute(trx)
  return rows[0]?.done === true
}
