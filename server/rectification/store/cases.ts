import { sql, type RawBuilder } from 'kysely'
import type { Trx } from '../../database.js'
import type { CaseRow } from '../model.js'
import { NEVER } from '../filters.js'
import { OPEN_STATES } from '../rules.js'
import { caseOf, moveRequest, STAFF_COLUMNS, type Step } from '../store.js'

/** One case by its reference, where the office in the scope may see it. */
export async function readCase(trx: Trx, reference: string): Promise<CaseRow | undefined> {
  const row = await trx
    .selectFrom('rectification.request')
    .select(STAFF_COLUMNS)
    .where('reference', '=', reference)
    .executeTakeFirst()
  return row && caseOf(row)
}

/** Cases by their references, where the office in the scope may see them. */
export async function readCases(
  trx: Trx,
  references: readonly string[],
): Promise<readonly CaseRow[]> {
  if (references.length === 0) return []
  const rows = await trx
    .selectFrom('rectification.request')
    .select(STAFF_COLUMNS)
    .where('reference', 'in', [...references])
    .orderBy('reference')
    .execute()
  return rows.map(caseOf)
}

/** Keeps a case as it was read until the transaction ends; false where somebody was quicker. */
export async function holdCase(
  trx: Trx,
  { request, version }: Pick<CaseRow, 'request' | 'version'>,
): Promise<boolean> {
  const row = await trx
    .selectFrom('rectification.request')
    .select('request')
    .where('request', '=', request)
    .where('version', '=', version)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** The open cases of an office (catalogue number) that stand with a member of staff. */
export async function readAssigned(
  trx: Trx,
  { office, staff }: { readonly office: number; readonly staff: string },
): Promise<readonly CaseRow[]> {
  const rows = await trx
    .selectFrom('rectification.request')
    .select(STAFF_COLUMNS)
    .where('office', '=', office)
    .where('assignee', '=', staff)
    .where('state', 'in', [...OPEN_STATES])
    .orderBy(sql`coalesce(due_on, ${sql.lit(NEVER)}::date)`)
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
    /** A look, which makes nothing live longer. */
    | { readonly way: 'looks' }
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
    case 'looks':
      return moveRequest(trx, step)
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

/** Finds another second person for proposals whose own has left; returns how many there were. */
export async function seekSeconds(trx: Trx, at: Date): Promise<number> {
  const { rows } = await sql<{ moved: number }>`
    select rectification.seek_seconds(${at}) as moved`.execute(trx)
  return Number(rows[0]?.moved ?? 0)
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

/** Sends back a proposal that waits alone, for the supervisor in the scope; nothing where it is another one. */
export async function stopProposal(
  trx: Trx,
  {
    reference,
    effectiveAt,
    at,
    expiresOn,
  }: { reference: string; effectiveAt: Date; at: Date; expiresOn: string },
): Promise<Pick<RipeProposal, 'request' | 'subject' | 'number'> | undefined> {
  const { rows } = await sql<Pick<RipeProposal, 'request' | 'subject' | 'number'>>`
    select request, subject, number
    from rectification.stop_proposal(${reference}, ${effectiveAt}, ${at}, ${expiresOn})`.execute(
    trx,
  )
  return rows[0]
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
