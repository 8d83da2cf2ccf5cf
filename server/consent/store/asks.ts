import { sql, type Insertable, type Selectable } from 'kysely'
import type { Trx } from '../../database.js'
import type { AskRow } from '../model.js'
import type { AskTable } from '../tables.js'

const COLUMNS = [
  ...(['ask', 'reference', 'subject', 'office', 'template', 'version', 'parts'] as const),
  ...(['state', 'step', 'wish', 'asked_at', 'lapses_at', 'ended_at'] as const),
] as const

type Row = Pick<Selectable<AskTable>, (typeof COLUMNS)[number]>

function seen(trx: Trx) {
  return trx.selectFrom('consent.ask').select(COLUMNS)
}

/** Adds an asking; false where the person has an open one of the same template, or the reference is taken. */
export async function insertAsk(trx: Trx, row: Insertable<AskTable>): Promise<boolean> {
  const inserted = await trx
    .insertInto('consent.ask')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('ask')
    .executeTakeFirst()
  return inserted !== undefined
}

/** The open askings that the scope may see, the oldest first. */
export async function readOpenAsks(trx: Trx): Promise<readonly AskRow[]> {
  const rows = await seen(trx)
    .where('state', '=', 'open')
    .orderBy('asked_at')
    .orderBy('ask')
    .execute()
  return rows.map(askOf)
}

/** The askings that ended without an answer, and those whose time is over at an instant; the latest first. */
export async function readUnanswered(trx: Trx, at: Date): Promise<readonly AskRow[]> {
  const rows = await seen(trx)
    .where((where) =>
      where.or([
        where('state', 'in', ['called_off', 'lapsed']),
        where.and([where('state', '=', 'open'), where('lapses_at', '<=', at)]),
      ]),
    )
    .orderBy('asked_at', 'desc')
    .orderBy('ask')
    .execute()
  return rows.map(askOf)
}

/** The open asking of a template for one person. */
export async function readOpenAsk(
  trx: Trx,
  wanted: { readonly subject: string; readonly template: string },
): Promise<AskRow | undefined> {
  const row = await seen(trx)
    .where('subject', '=', wanted.subject)
    .where('template', '=', wanted.template)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return row && askOf(row)
}

/** One asking by its reference, as far as the scope may see it. */
export async function readAsk(trx: Trx, reference: string): Promise<AskRow | undefined> {
  const row = await seen(trx).where('reference', '=', reference).executeTakeFirst()
  return row && askOf(row)
}

/** One asking by its id, as far as the scope may see it. */
export async function readAskById(trx: Trx, ask: string): Promise<AskRow | undefined> {
  const row = await seen(trx).where('ask', '=', ask).executeTakeFirst()
  return row && askOf(row)
}

/** Where in the list of an office a page begins: behind this asking. */
export interface AskPlace {
  /** Whether it stands among those who wait for somebody who interprets. */
  readonly waits: boolean
  readonly askedAt: Date
  readonly ask: string
}

/** Whether somebody waits for an interpreter: only what is open waits. */
export function waitsOf({ state, wish }: Pick<AskRow, 'state' | 'wish'>): boolean {
  return state === 'open' && wish !== undefined
}

/** A page of what an office asked: who waits for an interpreter first, then the latest first. */
export async function readAskPage(
  trx: Trx,
  {
    isOpen,
    after,
    limit,
  }: {
    readonly isOpen: boolean
    readonly after?: AskPlace | undefined
    readonly limit: number
  },
): Promise<readonly AskRow[]> {
  const waits = sql<boolean>`(state = 'open' and wish is not null)`
  const beyond =
    after &&
    sql<boolean>`(${waits}, asked_at, ask) < (${after.waits}, ${after.askedAt}, ${after.ask}::uuid)`
  const rows = await seen(trx)
    .where('state', isOpen ? '=' : '<>', 'open')
    .$if(beyond !== undefined, (query) => query.where(beyond as NonNullable<typeof beyond>))
    .orderBy(waits, 'desc')
    .orderBy('asked_at', 'desc')
    .orderBy('ask', 'desc')
    .limit(limit)
    .execute()
  return rows.map(askOf)
}

/** A change of an asking that was read at a step. */
export interface AskStep {
  readonly ask: string
  readonly step: number
  readonly state: 'answered' | 'called_off'
  readonly at: Date
  /** First day on which the row is gone, `YYYY-MM-DD`. */
  readonly expiresOn: string
}

/** Ends an asking where it is still open as it was read: false where somebody was quicker. */
export async function endAsk(trx: Trx, change: AskStep): Promise<boolean> {
  const { ask, step, state, at, expiresOn } = change
  const { numUpdatedRows } = await trx
    .updateTable('consent.ask')
    .set({ state, step: step + 1, ended_at: at, expires_on: expiresOn })
    .where('ask', '=', ask)
    .where('state', '=', 'open')
    .where('step', '=', step)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Notes that the person wants an interpreter before answering; false where nothing is open. */
export async function wishInterpreter(trx: Trx, reference: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('consent.ask')
    .set({ wish: 'interpreter' })
    .where('reference', '=', reference)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function askOf(row: Row): AskRow {
  return {
    ...{ ask: row.ask, reference: row.reference, subject: row.subject, office: row.office },
    ...{ template: row.template, version: row.version, parts: row.parts, state: row.state },
    ...{ step: row.step, askedAt: row.asked_at, lapsesAt: row.lapses_at },
    ...(row.wish === null ? {} : { wish: row.wish }),
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  }
}
