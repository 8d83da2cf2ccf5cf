import { sql, type Updateable } from 'kysely'
import type { Trx } from '../database.js'
import type { CaseRow, FiledRequest, RequestRow } from './model.js'
import { OPEN_STATES } from './rules.js'
import { forgetNotices } from './store/notices.js'
import type { RequestTable } from './tables.js'

const OWN = [
  'request',
  'state',
  'subject',
  'field',
  'language',
  'case_key',
  'content',
  'version',
  'saved_at',
  'reference',
  'kind',
  'filed_at',
  'office',
  'form_met_on',
  'due_on',
  'was_extended',
  'is_restricted',
  'has_evidence',
  'outcome',
  'decided_at',
  'closed_at',
  'also',
  'kept',
] as const

type OwnColumns = Awaited<ReturnType<ReturnType<typeof own>['execute']>>[number]

function own(trx: Trx) {
  return trx.selectFrom('rectification.request').select(OWN)
}

/** A draft that has just been begun. */
export interface NewDraft {
  readonly request: string
  readonly subject: string
  readonly account: string
  readonly field: number
  readonly language: string
  readonly caseKey: Buffer
  readonly content: Buffer
  readonly at: Date
}

/** Adds a draft. */
export async function insertDraft(trx: Trx, draft: NewDraft): Promise<void> {
  const { request, subject, account, field, language, caseKey, content, at } = draft
  await trx
    .insertInto('rectification.request')
    .values({
      ...{ request, subject, account, field, language, content },
      state: 'draft',
      case_key: caseKey,
      version: 1,
      saved_at: at,
    })
    .execute()
}

/** The drafts of the account in the scope, the newest first. */
export async function readDrafts(trx: Trx): Promise<readonly RequestRow[]> {
  const rows = await own(trx).where('state', '=', 'draft').orderBy('saved_at', 'desc').execute()
  return rows.map(requestOf)
}

/** One draft of the account in the scope. */
export async function readDraft(trx: Trx, request: string): Promise<RequestRow | undefined> {
  const row = await own(trx)
    .where('request', '=', request)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return row && requestOf(row)
}

/**
 * One draft of the account in the scope, which until the transaction ends is neither filed nor dropped: what is
 * added to it belongs to it.
 */
export async function holdDraft(trx: Trx, request: string): Promise<RequestRow | undefined> {
  const row = await own(trx)
    .where('request', '=', request)
    .where('state', '=', 'draft')
    .forShare()
    .executeTakeFirst()
  return row && requestOf(row)
}

/** Deletes a draft; its key goes with it. */
export async function deleteDraft(trx: Trx, request: string): Promise<void> {
  await trx
    .deleteFrom('rectification.request')
    .where('request', '=', request)
    .where('state', '=', 'draft')
    .execute()
}

/** The filed requests of the subjects in the scope, the newest first. */
export async function readOwn(trx: Trx): Promise<readonly FiledRequest[]> {
  const rows = await own(trx)
    .where('state', '<>', 'draft')
    .orderBy('filed_at', 'desc')
    .orderBy('request')
    .execute()
  return rows.map(filedOf)
}

/**
 * How many requests of the subjects in the scope are open, and how many were filed on a day of German time,
 * withdrawn ones among them; until the transaction ends nobody else of the account files any, or two at once
 * would each find room.
 */
export async function countOwn(
  trx: Trx,
  { account, day }: { readonly account: string; readonly day: string },
): Promise<{ readonly open: number; readonly filed: number }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${account}, 12))`.execute(trx)
  const begin = sql<Date>`${day}::date::timestamp at time zone 'Europe/Berlin'`
  const row = await trx
    .selectFrom('rectification.request')
    .select((eb) => [
      eb.fn
        .countAll()
        .filterWhere('state', 'in', [...OPEN_STATES])
        .as('open'),
      eb.fn.countAll().filterWhere('filed_at', '>=', begin).as('filed'),
    ])
    .executeTakeFirst()
  return { open: Number(row?.open ?? 0), filed: Number(row?.filed ?? 0) }
}

/** One filed request of the subjects in the scope. */
export async function readOwnByReference(
  trx: Trx,
  reference: string,
): Promise<FiledRequest | undefined> {
  const row = await own(trx)
    .where('reference', '=', reference)
    .where('state', '<>', 'draft')
    .executeTakeFirst()
  return row && filedOf(row)
}

/** One filed request of the subjects in the scope, by its id. */
export async function readOwnById(trx: Trx, request: string): Promise<FiledRequest | undefined> {
  const row = await own(trx)
    .where('request', '=', request)
    .where('state', '<>', 'draft')
    .executeTakeFirst()
  return row && filedOf(row)
}

/** A change of a request that was read at a version. */
export interface Step {
  readonly request: string
  readonly version: number
  readonly at: Date
  readonly changes: Omit<Updateable<RequestTable>, 'version' | 'saved_at'>
}

/**
 * Changes a request where it is still as it was read: false where somebody was quicker. What the caller
 * may not see is not there for them either.
 */
export async function moveRequest(trx: Trx, step: Step): Promise<boolean> {
  const { request, version, at, changes } = step
  const { numUpdatedRows } = await trx
    .updateTable('rectification.request')
    .set({ ...changes, version: version + 1, saved_at: at })
    .where('request', '=', request)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Fields of subjects whose accuracy is contested and whose use is restricted meanwhile (GDPR Art. 18). */
export async function readDisputed(
  trx: Trx,
  subjects: readonly string[],
): Promise<readonly { subject: string; field: number }[]> {
  const { rows } = await sql<{ subject: string; field: number }>`
    select subject, field from rectification.disputed(${[...subjects]}::uuid[])`.execute(trx)
  return rows
}

/** Fields of the person in the scope that are marked as contested, by catalogue number. */
export async function readOwnDisputes(trx: Trx): Promise<readonly number[]> {
  const { rows } = await sql<{ field: number }>`
    select field from rectification.own_disputes()`.execute(trx)
  return rows.map(({ field }) => field)
}

/** Drops what is no longer needed: forgotten drafts, keys of requests long closed, rows whose time is over. */
export async function forgetRequests(trx: Trx, at: Date): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    select rectification.forget(${at}) as gone`.execute(trx)
  const { numDeletedRows } = await trx
    .deleteFrom('rectification.request_event')
    .where('expires_on', '<=', at.toISOString().slice(0, 10))
    .executeTakeFirst()
  const notices = await forgetNotices(trx, at)
  return (rows[0]?.gone ?? 0) + Number(numDeletedRows) + notices
}

/** A row as a request. */
export function requestOf(row: OwnColumns): RequestRow {
  return {
    request: row.request,
    state: row.state,
    subject: row.subject,
    field: row.field,
    also: row.also,
    kept: row.kept,
    language: row.language,
    version: row.version,
    savedAt: row.saved_at,
    wasExtended: row.was_extended,
    isRestricted: row.is_restricted,
    hasEvidence: row.has_evidence,
    ...present({
      caseKey: row.case_key,
      content: row.content,
      reference: row.reference,
      kind: row.kind,
      filedAt: row.filed_at,
      office: row.office,
      formMetOn: row.form_met_on,
      dueOn: row.due_on,
      outcome: row.outcome,
      decidedAt: row.decided_at,
      closedAt: row.closed_at,
    }),
  }
}

/** A row of a filed request; the database refuses one that lacks anything. */
export function filedOf(row: OwnColumns): FiledRequest {
  return requestOf(row) as FiledRequest
}

/** The columns that staff read besides. */
export const STAFF_COLUMNS = [
  ...OWN,
  'assignee',
  'former_office',
  'second_office',
  'proposed_by',
  'effective_at',
] as const

/** What staff read of a row besides. */
export interface StaffColumns {
  readonly assignee: string | null
  readonly former_office: number | null
  readonly second_office: number | null
  readonly proposed_by: string | null
  readonly effective_at: Date | null
}

/** A row with everything that staff read. */
export type StaffRow = OwnColumns & StaffColumns

/** A row as a case. */
export function caseOf(row: StaffRow): CaseRow {
  return {
    ...filedOf(row),
    ...present({
      assignee: row.assignee,
      formerOffice: row.former_office,
      secondOffice: row.second_office,
      proposedBy: row.proposed_by,
      effectiveAt: row.effective_at,
    }),
  }
}

type Present<Values> = { [Name in keyof Values]?: Exclude<Values[Name], null> }

/** Leaves out what is null: absent is absent, once a row has become an object. */
function present<Values extends object>(values: Values): Present<Values> {
  const pairs = Object.entries(values).filter(([, value]) => value !== null)
  return Object.fromEntries(pairs) as Present<Values>
}
