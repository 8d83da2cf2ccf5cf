import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { StaffId, StaffRole } from '../actor.js'
import { isDone } from './done.js'

/** A member of staff as operators see them: there are no names. */
export interface StaffRow {
  readonly staff: StaffId
  readonly role: StaffRole
  readonly office: number | null
  readonly unit: number | null
  readonly state: 'invited' | 'confirmed' | 'active' | 'suspended'
  readonly invitedBy: string | null
  readonly lastUsedAt: Date | null
  /** The officer of whom this is a further office. */
  readonly officer: string | null
}

/** All staff. */
export async function readStaff(trx: Trx): Promise<StaffRow[]> {
  const { rows } = await sql<StaffRow>`
    select staff, role, office, unit, state, invited_by as "invitedBy", last_used_at as "lastUsedAt", officer
    from identity.staff_list()`.execute(trx)
  return rows
}

/** Proposes a member of staff. */
export async function inviteStaff(
  trx: Trx,
  one: {
    staff: string
    role: StaffRole
    office: number | null
    unit: number | null
    invitedBy: string | null
    at: Date
  },
): Promise<void> {
  await sql`select identity.invite_staff(${one.staff}, ${one.role}, ${one.office}, ${one.unit},
    ${one.invitedBy}, ${one.at})`.execute(trx)
}

/** Gives an invited member of staff a code; false to whoever invited them, and where nobody is invited. */
export async function confirmStaff(
  trx: Trx,
  one: {
    staff: string
    confirmedBy: string | null
    codeHash: Buffer
    sheet: Buffer | null
    at: Date
  },
): Promise<boolean> {
  return isDone(
    trx,
    sql`select identity.confirm_staff(${one.staff}, ${one.confirmedBy}, ${one.codeHash}, ${one.sheet},
      ${one.at}) as done`,
  )
}

/** Ends everything that a member of staff could open with. */
export async function suspendStaff(trx: Trx, staff: string, at: Date): Promise<boolean> {
  return isDone(trx, sql`select identity.suspend_staff(${staff}, ${at}) as done`)
}

/** The encrypted code for whoever confirmed. */
export async function readStaffSheet(
  trx: Trx,
  { staff, confirmedBy, at }: { staff: string; confirmedBy: string; at: Date },
): Promise<Buffer | undefined> {
  const { rows } = await sql<{ sheet: Buffer | null }>`
    select identity.staff_sheet(${staff}, ${confirmedBy}, ${at}) as sheet`.execute(trx)
  return rows[0]?.sheet ?? undefined
}

/** Uses an invitation up and begins a session. */
export async function redeemStaffCode(
  trx: Trx,
  code: { codeHash: Buffer; tokenHash: Buffer; csrf: Buffer; at: Date; life: string },
): Promise<boolean> {
  return isDone(
    trx,
    sql`select identity.redeem_staff_code(${code.codeHash}, ${code.tokenHash}, ${code.csrf}, ${code.at},
      ${code.life}::interval) as done`,
  )
}

/** Suspends whoever has not signed in for 45 days; returns how many. */
export async function suspendIdleStaff(trx: Trx, at: Date): Promise<number> {
  const { rows } = await sql<{ suspended: number }>`
    select identity.suspend_idle_staff(${at}) as suspended`.execute(trx)
  return rows[0]?.suspended ?? 0
}

/** The active caseworkers of an office. */
export async function readCaseworkers(
  trx: Trx,
  office: number,
): Promise<{ staff: StaffId; unit: number | null }[]> {
  const { rows } = await sql<{ staff: StaffId; unit: number | null }>`
    select staff, unit from identity.caseworkers_of(${office})`.execute(trx)
  return rows
}
