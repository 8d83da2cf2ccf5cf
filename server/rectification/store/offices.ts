import { sql } from 'kysely'
import type { Trx } from '../../database.js'

/** Whether an office (catalogue number) has anybody here who answers requests. */
export async function readIsHere(trx: Trx, office: number): Promise<boolean> {
  const { rows } = await sql<{ here: boolean }>`
    select rectification.is_here(${office}) as here`.execute(trx)
  return rows[0]?.here ?? false
}

/** Offices (catalogue numbers) that have anybody here who answers requests. */
export async function readOfficesHere(trx: Trx): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ office: number }>`
    select office from rectification.offices_here()`.execute(trx)
  return new Set(rows.map(({ office }) => office))
}

/** A case that was passed on to an office that has nobody here. */
export interface PaperCase {
  readonly reference: string
  /** Catalogue numbers. */
  readonly field: number
  /** Further fields of the request. */
  readonly also: readonly number[]
  readonly office: number
  readonly filedAt: Date
  readonly passedAt: Date
  readonly dueOn?: string
}

/** Cases of the office in the scope that it passed on to offices without anybody here, the newest first. */
export async function readPaperCases(trx: Trx, most: number): Promise<readonly PaperCase[]> {
  const { rows } = await sql<{
    reference: string
    field: number
    also: number[]
    office: number
    filed_at: Date
    passed_at: Date
    due_on: string | null
  }>`select * from rectification.passed_on_to_paper(${most})`.execute(trx)
  return rows.map(({ filed_at, passed_at, due_on, ...row }) => ({
    ...row,
    filedAt: filed_at,
    passedAt: passed_at,
    ...(due_on === null ? {} : { dueOn: due_on }),
  }))
}
