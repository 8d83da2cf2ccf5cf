import type pg from 'pg'
import type { StaffActor, StaffId } from '../../server/identity/index.js'
import type { Person, Room } from '../inquiries/room.js'

/** The supervisor whom the portal knows; a test makes one first. */
export async function supervisorIn(superuser: pg.Client): Promise<StaffActor> {
  const { rows } = await superuser.query<{ staff: StaffId }>(
    `select staff from identity.staff where role = 'supervisor' and state = 'active'`,
  )
  const [one] = rows
  if (one === undefined) throw new Error('there is no supervisor')
  return { role: 'supervisor', staff: one.staff, assurance: 'high' }
}

let strangers = 888_888_888_000

/** So many members of staff of an office at work at a time, each with somebody else. */
export async function othersAtWork(room: Room, occurredAt: string, count: number): Promise<void> {
  for (let other = 0; other < count; other++) {
    const somebody = { number: String(++strangers) } as Person
    await room.accesses(somebody, 1, { occurredAt, operatorRef: `ref-other-${other}` })
  }
}
