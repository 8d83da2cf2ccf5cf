import { sql, type Insertable, type Selectable } from 'kysely'
import type { Trx } from '../database.js'
import type { InquiryRow } from './model.js'
import { OPEN_STATES, type State } from './rules.js'
import type { InquiryTable } from './tables.js'

const COLUMNS = [
  ...(['inquiry', 'reference', 'subject', 'entry', 'office', 'kind', 'reasons', 'state'] as const),
  ...(['case_key', 'version', 'asked_at', 'due_on', 'ended_at'] as const),
] as const

type Row = Pick<Selectable<InquiryTable>, (typeof COLUMNS)[number]>

function seen(trx: Trx) {
  return trx.selectFrom('inquiries.inquiry').select(COLUMNS)
}

/**
 * Adds an inquiry; false where its access has an open one, or its reference is another's: which of both
 * it is, the caller sees by looking again.
 */
export async function insertInquiry(trx: Trx, row: Insertable<InquiryTable>): Promise<boolean> {
  const inserted = await trx
    .insertInto('inquiries.inquiry')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('inquiry')
    .executeTakeFirst()
  return inserted !== undefined
}

/** The open inquiry about an access, as far as the role may see it. */
export async function readOpenOn(trx: Trx, entry: number): Promise<InquiryRow | undefined> {
  const row = await seen(trx)
    .where('entry', '=', entry)
    .where('state', 'in', OPEN_STATES)
    .executeTakeFirst()
  return row && inquiryOf(row)
}

/** Every inquiry about an access, the newest first. */
export async function readOn(trx: Trx, entry: number): Promise<readonly InquiryRow[]> {
  const rows = await seen(trx).where('entry', '=', entry).orderBy('asked_at', 'desc').execute()
  return rows.map(inquiryOf)
}

/** How many inquiries of the subjects in the scope are open. */
export async function countOpen(trx: Trx): Promise<number> {
  const { count } = await trx
    .selectFrom('inquiries.inquiry')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', 'in', OPEN_STATES)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The inquiries of the subjects in the scope, the newest first. */
export async function readOwn(trx: Trx): Promise<readonly InquiryRow[]> {
  const rows = await seen(trx).orderBy('asked_at', 'desc').orderBy('inquiry').execute()
  return rows.map(inquiryOf)
}

/** One inquiry by its reference, as far as the role may see it. */
export async function readInquiry(trx: Trx, reference: string): Promise<InquiryRow | undefined> {
  const row = await seen(trx).where('reference', '=', reference).executeTakeFirst()
  return row && inquiryOf(row)
}

/** Where in the list of an office a page begins: behind this day and inquiry. */
export interface DeskPlace {
  readonly dueOn: string
  readonly inquiry: string
}

/** Inquiries of the office in the scope: open ones by due day, else ended ones, the latest due first. */
export async function readDesk(
  trx: Trx,
  { isOpen, after, limit }: { isOpen: boolean; after?: DeskPlace | undefined; limit: number },
): Promise<readonly InquiryRow[]> {
  const order = isOpen ? 'asc' : 'desc'
  const place = after && sql`(${after.dueOn}::date, ${after.inquiry}::uuid)`
  const beyond = isOpen
    ? sql<boolean>`(due_on, inquiry) > ${place}`
    : sql<boolean>`(due_on, inquiry) < ${place}`
  const rows = await seen(trx)
    .where('state', isOpen ? 'in' : 'not in', OPEN_STATES)
    .$if(after !== undefined, (query) => query.where(beyond))
    .orderBy('due_on', order)
    .orderBy('inquiry', order)
    .limit(limit)
    .execute()
  return rows.map(inquiryOf)
}

/** A change of an inquiry that was read at a version. */
export interface Step {
  readonly inquiry: string
  readonly version: number
  readonly state: State
  readonly endedAt: Date | undefined
  readonly expiresOn: string
}

/** Changes an inquiry where it is still as it was read: false where somebody was quicker. */
export async function moveInquiry(trx: Trx, step: Step): Promise<boolean> {
  const { inquiry, version, state, endedAt, expiresOn } = step
  const { numUpdatedRows } = await trx
    .updateTable('inquiries.inquiry')
    .set({ state, version: version + 1, ended_at: endedAt ?? null, expires_on: expiresOn })
    .where('inquiry', '=', inquiry)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Whether an office has a data protection officer who can answer in this portal. */
export async function hasOfficer(trx: Trx, office: number): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select inquiries.has_officer(${office}) as has`.execute(trx)
  return rows[0]?.has ?? false
}

/** Deletes keys of inquiries long ended, and what is due; how much it was. */
export async function forgetInquiries(trx: Trx, at: Date): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    select inquiries.forget(${at})::int as gone`.execute(trx)
  const { numDeletedRows } = await trx
    .deleteFrom('inquiries.inquiry_event')
    .where('expires_on', '<=', at.toISOString().slice(0, 10))
    .executeTakeFirst()
  return (rows[0]?.gone ?? 0) + Number(numDeletedRows)
}

function inquiryOf(row: Row): InquiryRow {
  return {
    inquiry: row.inquiry,
    reference: row.reference,
    subject: row.subject,
    entry: row.entry,
    office: row.office,
    kind: row.kind,
    reasons: row.reasons,
    state: row.state,
    version: row.version,
    askedAt: row.asked_at,
    dueOn: row.due_on,
    ...(row.case_key === null ? {} : { caseKey: row.case_key }),
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  }
}
