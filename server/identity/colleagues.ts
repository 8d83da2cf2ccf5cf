import type { Trx } from '../database.js'
import type { StaffId } from './actor.js'
import { readCaseworkers } from './store/staff.js'

/** A caseworker as colleagues see them: no name, a short code of their own. */
export interface Colleague {
  readonly staff: StaffId
  /** Catalogue number of the kind of unit. */
  readonly unit?: number
  /** Six digits by which colleagues tell each other apart. */
  readonly code: string
}

const CODES = 1_000_000

/** The short code of a member of staff: digits, which every script writes. */
export function staffCode(staff: string): string {
  return String(Number.parseInt(staff.slice(0, 8), 16) % CODES).padStart(6, '0')
}

/** The active caseworkers of an office (catalogue number), in an office's own scope. */
export async function caseworkersOf(trx: Trx, office: number): Promise<readonly Colleague[]> {
  const rows = await readCaseworkers(trx, office)
  return rows.map(({ staff, unit }) => ({
    staff,
    code: staffCode(staff),
    ...(unit === null ? {} : { unit }),
  }))
}
