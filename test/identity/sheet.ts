import { sql } from 'kysely'
import type { Issuer, StaffId } from '../../server/identity/index.js'
import type { TestApp } from '../support/app.js'

/** Has a member of staff of the demonstration issue a code; the id of the sheet, which is not printed yet. */
export async function issueSheet(app: TestApp, person: string): Promise<string> {
  const { rows } = await sql<{ staff: StaffId; office: number }>`
    select staff, office from identity.staff where demo_name = ${person}`.execute(
    app.installation.admin,
  )
  const number = { scheme: 'azr', value: '210000000000' } as const
  const order = { number, way: { kind: 'handed' }, recovery: false, language: 'ar' } as const
  const issued = await app.portal.issuing.issue(rows[0] as Issuer, order)
  if (issued.kind !== 'issued') throw new Error(issued.kind)
  return issued.sheet
}

/** Somebody whom an operator of the demonstration has let in, after another had proposed them. */
export async function confirmedBy(app: TestApp, operator: string): Promise<StaffId> {
  const { rows } = await sql<{ staff: StaffId; name: string }>`
    select staff, demo_name as name from identity.staff where demo_name is not null`.execute(
    app.installation.admin,
  )
  const actorOf = (staff: StaffId) => ({ role: 'operator', staff, assurance: 'high' }) as const
  const one = rows.find(({ name }) => name === operator)
  const other = rows.find(({ name }) => name !== operator)
  if (!one || !other) throw new Error('the demonstration lacks staff')
  const { staffing } = app.portal
  await staffing.invite(actorOf(other.staff), { role: 'supervisor' })
  const invited = (await staffing.list()).find(({ state }) => state === 'invited')
  if (!invited || !(await staffing.confirm(actorOf(one.staff), invited.staff))) {
    throw new Error('nobody was let in')
  }
  return invited.staff
}
