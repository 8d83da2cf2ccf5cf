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
