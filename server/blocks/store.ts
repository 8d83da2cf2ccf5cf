import { sql, type Insertable, type Selectable, type Updateable } from 'kysely'
import type { Trx } from '../database.js'
import type { BlockRow, DeskRow, DraftRow } from './model.js'
import { APPLIED_STATES } from './rules.js'
import type { BlockTable } from './tables.js'

const COLUMNS = [
  ...(['block', 'reference', 'subject', 'kind', 'state', 'office', 'field', 'grounds'] as const),
  ...(['case_key', 'source', 'is_guarded', 'protects_others', 'form_met_at', 'filed_at'] as const),
  ...(['due_on', 'from_at', 'until', 'ended_at', 'hearing', 'hearing_until'] as const),
  ...(['version', 'saved_at'] as const),
] as const

type Row = Pick<Selectable<BlockTable>, (typeof COLUMNS)[number]>

function seen(trx: Trx) {
  return trx.selectFrom('blocks.block').select(COLUMNS)
}

/** The subject of the account in the scope under which a block stands. */
export async function readOwnSubject(trx: Trx): Promise<string | undefined> {
  const { rows } = await sql<{ subject: string | null }>`
    select blocks.own_subject() as subject`.execute(trx)
  return rows[0]?.subject ?? undefined
}

/** Adds a draft. */
export async function insertDraft(trx: Trx, row: Insertable<BlockTable>): Promise<void> {
  await trx.insertInto('blocks.block').values(row).execute()
}

/** A draft of the scope by its id. */
export async function readDraft(trx: Trx, block: string): Promise<DraftRow | undefined> {
  const row = await seen(trx)
    .select('content')
    .where('block', '=', block)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return row && { ...blockOf(row), ...(row.content === null ? {} : { content: row.content }) }
}

/** The reference of what was a draft once, for whoever clicked twice. */
export async function readFiled(trx: Trx, block: string): Promise<string | undefined> {
  const row = await seen(trx).where('block', '=', block).executeTakeFirst()
  return row?.reference ?? undefined
}

/** Changes a draft. */
export async function saveDraft(
  trx: Trx,
  block: string,
  change: Updateable<BlockTable>,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('blocks.block')
    .set(change)
    .where('block', '=', block)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Deletes a draft; false where there is none. */
export async function dropDraft(trx: Trx, block: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('blocks.block')
    .where('block', '=', block)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Everything of the subjects in the scope, the newest first. */
export async function readOwn(trx: Trx): Promise<readonly BlockRow[]> {
  const rows = await seen(trx).orderBy('saved_at', 'desc').orderBy('block').execute()
  return rows.map(blockOf)
}

/** How many applications of the subjects in the scope wait. */
export async function countApplied(trx: Trx): Promise<number> {
  const { count } = await trx
    .selectFrom('blocks.block')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', 'in', APPLIED_STATES)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** One block by its reference, as far as the role may see it. */
export async function readBlock(trx: Trx, reference: string): Promise<BlockRow | undefined> {
  const row = await seen(trx).where('reference', '=', reference).executeTakeFirst()
  return row && blockOf(row)
}

/** The same as the office sees it. */
export async function readAtDesk(trx: Trx, reference: string): Promise<DeskRow | undefined> {
  const row = await seen(trx)
    .select(['clerk', 'proposed_by'])
    .where('reference', '=', reference)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { clerk, proposed_by: proposedBy } = row
  return {
    ...blockOf(row),
    ...(clerk === null ? {} : { clerk }),
    ...(proposedBy === null ? {} : { proposedBy }),
  }
}

/** Where in the list of an office a page begins: behind this instant and block. */
export interface DeskPlace {
  readonly savedAt: Date
  readonly block: string
}

/** Blocks of the office in the scope, the one that has waited longest first; none that guards a witness. */
export async function readDesk(
  trx: Trx,
  { isOver, after, limit }: { isOver: boolean; after?: DeskPlace | undefined; limit: number },
): Promise<readonly BlockRow[]> {
  const order = isOver ? 'desc' : 'asc'
  const place = after && sql`(${after.savedAt}::timestamptz, ${after.block}::uuid)`
  const beyond = isOver
    ? sql<boolean>`(saved_at, block) < ${place}`
    : sql<boolean>`(saved_at, block) > ${place}`
  const rows = await seen(trx)
    .where('is_guarded', '=', false)
    .where('ended_at', isOver ? 'is not' : 'is', null)
    .$if(after !== undefined, (query) => query.where(beyond))
    .orderBy('saved_at', order)
    .orderBy('block', order)
    .limit(limit)
    .execute()
  return rows.map(blockOf)
}

/** Changes a block where it is still as it was read: false where somebody was quicker. */
export async function moveBlock(
  trx: Trx,
  { block, version }: Pick<BlockRow, 'block' | 'version'>,
  change: Updateable<BlockTable>,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('blocks.block')
    .set({ ...change, version: version + 1 })
    .where('block', '=', block)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Whether an office has a caseworker who can decide in this portal. */
export async function hasClerk(trx: Trx, office: number): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select blocks.has_clerk(${office}) as has`.execute(trx)
  return rows[0]?.has ?? false
}

function blockOf(row: Row): BlockRow {
  const { block, subject, kind, state, grounds, version } = row
  return {
    ...{ block, subject, kind, state, grounds, version },
    ...{ isGuarded: row.is_guarded, protectsOthers: row.protects_others, savedAt: row.saved_at },
    reference: row.reference ?? '',
    ...present('office', row.office),
    ...present('field', row.field),
    ...present('caseKey', row.case_key),
    ...present('source', row.source),
    ...present('formMetAt', row.form_met_at),
    ...present('filedAt', row.filed_at),
    ...present('dueOn', row.due_on),
    ...present('fromAt', row.from_at),
    ...present('until', row.until),
    ...present('endedAt', row.ended_at),
    ...present('hearing', row.hearing),
    ...present('hearingUntil', row.hearing_until),
  }
}

/** A property that is there only where it has a value. */
function present<Name extends string, Value>(
  name: Name,
  value: Value | null,
): { readonly [Key in Name]?: Value } {
  return (value === null ? {} : { [name]: value }) as { readonly [Key in Name]?: Value }
}
