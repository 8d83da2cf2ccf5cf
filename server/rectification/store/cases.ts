import { sql, type RawBuilder } from 'kysely'
import type { Trx } from '../../database.js'
import type { CaseRow } from '../model.js'
import type { QueueFilter, QueuePlace } from '../filters.js'
import { OPEN_STATES } from '../rules.js'
import { caseOf, moveRequest, STAFF_COLUMNS, type Step } from '../store.js'

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

/** A change of a case, and where it goes from here. */
export type CaseStep = Step & { readonly expiresOn: string } & (
    | { readonly way: 'stays' }
    | { readonly way: 'second'; readonly confirmed: boolean }
    | { readonly way: 'on'; readonly office: number }
  )

/**
 * Changes a case where it is still as it was read: false where somebody was quicker. What its writer does
 * not see afterwards is written by functions of the database, which do nothing else.
 */
export async function moveCase(trx: Trx, step: CaseStep): Promise<boolean> {
  const { request, version, at, expiresOn } = step
  switch (step.way) {
    case 'stays':
      return moveRequest(trx, { ...step, changes: { ...step.changes, expires_on: expiresOn } })
    case 'second':
      return isDone(
        trx,
        sql`rectification.second_step(${request}, ${version}, ${step.confirmed}, ${at}, ${expiresOn})`,
      )
    case 'on':
      return isDone(
        trx,
        sql`rectification.pass_on(${request}, ${version}, ${step.office}, ${at}, ${expiresOn})`,
      )
  }
}

async function isDone(trx: Trx, call: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select ${call} as done`.execute(trx)
  return rows[0]?.done ?? false
}

/** A proposal that has waited for its day, and that nobody can confirm. */
export interface RipeProposal {
  readonly request: string
  readonly reference: string
  readonly subject: string
  readonly version: number
  /** Of its next event. */
  readonly number: number
}

/** The proposals that take effect by an instant. */
export async function readRipe(trx: Trx, at: Date): Promise<readonly RipeProposal[]> {
  const { rows } = await sql<RipeProposal>`
    select request, reference, subject, version, number
    from rectification.ripe_proposals(${at})`.execute(trx)
  return rows
}

/** Makes a proposal a decision; false where it is no longer as it was read. */
export function takeEffect(
  trx: Trx,
  { request, version }: Pick<RipeProposal, 'request' | 'version'>,
  { at, expiresOn }: { readonly at: Date; readonly expiresOn: string },
): Promise<boolean> {
  return isDone(trx, sql`rectification.take_effect(${request}, ${version}, ${at}, ${expiresOn})`)
}

/** An open request whose answer is due. */
export interface DueAnswer {
  readonly subject: string
  readonly reference: string
  /** Catalogue number. */
  readonly office: number
  /** The last day for the answer. */
  readonly day: string
}

/** Open requests whose answer is due until a day, the earliest first. */
export async function readDueAnswers(trx: Trx, until: string): Promise<readonly DueAnswer[]> {
  const { rows } = await sql<DueAnswer>`
    select subject, reference, office, due_on as day from rectification.answers_due(${until})`.execute(
    trx,
  )
  return rows
}

/** The office that answers a request (catalogue number). */
export async function readOffice(trx: Trx, request: string): Promise<number | undefined> {
  const { rows } = await sql<{ office: number | null }>`
    select rectification.office_of(${request}) as office`.execute(trx)
  return rows[0]?.office ?? undefined
}
