import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { StaffId } from '../actor.js'
import { isDone } from './done.js'

/** An office that an officer serves, by its catalogue number, and the member of staff whom they are there. */
export interface OfficeRow {
  readonly staff: StaffId
  readonly office: number
  readonly isCurrent: boolean
}

/** The offices of the officer in the scope. */
export async function readOwnOffices(trx: Trx): Promise<readonly OfficeRow[]> {
  const { rows } = await sql<OfficeRow>`
    select staff, office, is_current as "isCurrent" from identity.own_offices()`.execute(trx)
  return rows
}

/** Lets the officer behind a session act for another own office. */
export function takeOffice(
  trx: Trx,
  {
    session,
    staff,
    tokenHash,
    at,
  }: { session: Buffer; staff: string; tokenHash: Buffer; at: Date },
): Promise<boolean> {
  return isDone(
    trx,
    sql`select identity.take_office(${session}, ${staff}, ${tokenHash}, ${at}) as done`,
  )
}

/** Proposes a further office. */
export function inviteToOffice(
  trx: Trx,
  one: { officer: string; staff: string; office: number; invitedBy: string; at: Date },
): Promise<boolean> {
  return isDone(
    trx,
    sql`select identity.invite_to_office(${one.officer}, ${one.staff}, ${one.office}, ${one.invitedBy},
      ${one.at}) as done`,
  )
}

/** Lets an officer serve a further office; false to whoever proposed it. */
export function confirmOffice(
  trx: Trx,
  { staff, confirmedBy, at }: { staff: string; confirmedBy: string; at: Date },
): Promise<boolean> {
  return isDone(trx, sql`select identity.confirm_office(${staff}, ${confirmedBy}, ${at}) as done`)
}
