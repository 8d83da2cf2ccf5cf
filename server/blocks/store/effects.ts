import { sql } from 'kysely'
import type { Trx } from '../../database.js'

/** When a transmission block of a subject was in force; without an end where it still is. */
export interface BlockSpan {
  readonly subject: string
  readonly from: Date
  readonly to?: Date
}

/** The transmission blocks of some subjects, in one query, past ones included. */
export async function readSpans(
  trx: Trx,
  subjects: readonly string[],
): Promise<readonly BlockSpan[]> {
  const { rows } = await sql<{ subject: string; from_at: Date; to_at: Date | null }>`
    select subject, from_at, to_at from blocks.in_force(${[...subjects]}::uuid[])`.execute(trx)
  return rows.map(({ subject, from_at: from, to_at: to }) =>
    to === null ? { subject, from } : { subject, from, to },
  )
}

/** Fields (catalogue numbers) of some subjects whose use is restricted. */
export async function readRestricted(
  trx: Trx,
  subjects: readonly string[],
): Promise<readonly { subject: string; field: number }[]> {
  const { rows } = await sql<{ subject: string; field: number }>`
    select subject, field from blocks.restricted(${[...subjects]}::uuid[])`.execute(trx)
  return rows
}

/** Whether a transmission block of a subject is in force. */
export async function readIsBlocked(trx: Trx, subject: string, at: Date): Promise<boolean> {
  const { rows } = await sql<{ blocked: boolean }>`
    select blocks.is_blocked(array[${subject}]::uuid[], ${at}) as blocked`.execute(trx)
  return rows[0]?.blocked ?? false
}
