import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { CaseRow } from '../model.js'
import type { QueueFilter, QueuePlace } from '../filters.js'
import { OPEN_STATES } from '../rules.js'
import { caseOf, STAFF_COLUMNS } from '../store.js'

/** Cases whose clock does not run yet come last. */
const NEVER = '9999-12-31'
const ORDER = sql<string>`coalesce(due_on, ${sql.lit(NEVER)}::date)`

/** A page of the queue of the office in the scope: those due first come first. */
export async function readQueue(
  trx: Trx,
  filter: QueueFilter,
  { after, limit }: { after?: QueuePlace; limit: number },
): Promise<readonly CaseRow[]> {
  let rows = filtered(trx, filter).select(STAFF_COLUMNS).orderBy(ORDER).orderBy('request')
  if (after !== undefined) {
    rows = rows.where(
      sql<boolean>`(${ORDER}, request) > (${after.dueOn}::date, ${after.request}::uuid)`,
    )
  }
  return (await rows.limit(limit).execute()).map(caseOf)
}

/** How many cases a filter has. */
export async function countQueue(trx: Trx, filter: QueueFilter): Promise<number> {
  const row = await filtered(trx, filter)
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Where the next page begins. */
export function placeOf({ dueOn, request }: CaseRow): QueuePlace {
  return { dueOn: dueOn ?? NEVER, request }
}

function filtered(trx: Trx, filter: QueueFilter) {
  const { states = OPEN_STATES, fields, language, assignee, dueBefore } = filter
  let rows = trx.selectFrom('rectification.request').where('state', 'in', [...states])
  if (fields !== undefined) rows = rows.where(sql<boolean>`field = any(${[...fields]}::int[])`)
  if (language !== undefined) rows = rows.where('language', '=', language)
  if (assignee === 'nobody') rows = rows.where('assignee', 'is', null)
  else if (assignee !== undefined) rows = rows.where('assignee', '=', assignee.staff)
  return dueBefore === undefined ? rows : rows.where('due_on', '<', dueBefore)
}

/** One case by its reference, where the office in the scope may see it. */
export async function readCase(trx: Trx, reference: string): Promise<CaseRow | undefined> {
  const row = await trx
    .selectFrom('rectification.request')
    .select(STAFF_COLUMNS)
    .where('reference', '=', reference)
    .executeTakeFirst()
  return row && caseOf(row)
}

/** The open cases of a member of staff. */
export async function readAssigned(trx: Trx, staff: string): Promise<readonly CaseRow[]> {
  const rows = await filtered(trx, { assignee: { staff } })
    .select(STAFF_COLUMNS)
    .orderBy(ORDER)
    .orderBy('request')
    .execute()
  return rows.map(caseOf)
}

/** Whether a member of staff works on a case of a person. */
export async function readWorksOn(trx: Trx, staff: string, subject: string): Promise<boolean> {
  const { rows } = await sql<{ does: boolean }>`
    select rectification.works_on(${staff}, ${subject}) as does`.execute(trx)
  return rows[0]?.does ?? false
}

/** The office that confirms for one that is too small, by catalogue number. */
export async function readPartner(trx: Trx, office: number): Promise<number | undefined> {
  const row = await trx
    .selectFrom('rectification.partner')
    .select('partner')
    .where('office', '=', office)
    .executeTakeFirst()
  return row?.partner
}
