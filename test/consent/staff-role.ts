import type { StaffActor } from '../../server/identity/index.js'
import type { Room } from './room.js'

/** Runs a statement as a member of staff's database role does, with nothing of the application before it. */
export async function asWebStaff(
  room: Room,
  { staff, office }: StaffActor,
  statement: string,
): Promise<void> {
  const { superuser } = room
  await superuser.query('begin')
  try {
    await superuser.query(`set local role ${room.app.installation.roles.web_staff}`)
    await superuser.query(
      `select set_config('mirat.office', $1, true), set_config('mirat.staff', $2, true)`,
      [String(office), staff],
    )
    await superuser.query(statement)
    await superuser.query('commit')
  } catch (error) {
    await superuser.query('rollback')
    throw error
  }
}
