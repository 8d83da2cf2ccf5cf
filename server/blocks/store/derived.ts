import { sql } from 'kysely'
import type { Trx } from '../../database.js'

/** The transmission block of an information block that was just granted. */
export interface Derived {
  readonly source: string
  readonly block: string
  readonly reference: string
  /** Office of the Central Register (catalogue number). */
  readonly office: number
  readonly caseKey: Buffer
  readonly at: Date
  readonly expiresOn: string
}

/** Makes it; the subject that it stands under, or nothing where there is one already. */
export async function insertDerived(trx: Trx, row: Derived): Promise<string | undefined> {
  const { rows } = await sql<{ subject: string | null }>`
    select blocks.derive(${row.source}, ${row.block}, ${row.reference}, ${row.office},
      ${row.caseKey}, ${row.at}, ${row.expiresOn}) as subject`.execute(trx)
  return rows[0]?.subject ?? undefined
}

/** What ended with its source. */
export interface Ended {
  readonly block: string
  readonly reference: string
  readonly subject: string
  readonly number: number
}

/** Ends what came with an information block that is over. */
export async function endDerived(
  trx: Trx,
  { source, at, expiresOn }: { source: string; at: Date; expiresOn: string },
): Promise<readonly Ended[]> {
  const { rows } = await sql<Ended>`
    select block, reference, subject, number
      from blocks.end_derived(${source}, ${at}, ${expiresOn})`.execute(trx)
  return rows
}
