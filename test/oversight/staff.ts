import type pg from 'pg'
import type { StaffActor, StaffId } from '../../server/identity/index.js'

/** The supervisor whom the portal knows; a test makes one first. */
export async function supervisorIn(superuser: pg.Client): Promise<StaffActor> {
  const { rows } = await superuser.query<{ staff: StaffId }>(
    `select staff from identity.staff where role = 'supervisor' and state = 'active'`,
  )
  const [one] = rows
  if (one === undefined) throw new Error('there is no supervisor')
  return { role: 'supervisor', staff: one.staff, assurance: 'high' }
}
