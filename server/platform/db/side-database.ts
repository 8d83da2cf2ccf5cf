import pg from 'pg'
import { loginUrl } from './migrate.js'

/**
 * A database beside ours on the same server, for another program: with an owner that reaches nothing of
 * ours. Made where it is missing; the address is the owner's.
 */
export async function openSideDatabase(
  adminUrl: string,
  { name, password }: { name: string; password: string },
): Promise<string> {
  const admin = new pg.Client(adminUrl)
  await admin.connect()
  try {
    const id = admin.escapeIdentifier(name)
    const role = await admin.query('select from pg_roles where rolname = $1', [name])
    const verb = role.rowCount === 0 ? 'create' : 'alter'
    await admin.query(`${verb} role ${id} login password ${admin.escapeLiteral(password)}`)
    const database = await admin.query('select from pg_database where datname = $1', [name])
    if (database.rowCount === 0) {
      await admin.query(`create database ${id} owner ${id}`)
      await admin.query(`revoke all on database ${id} from public`)
    }
  } finally {
    await admin.end()
  }
  const url = new URL(loginUrl(adminUrl, name, password))
  url.pathname = `/${name}`
  return url.href
}
