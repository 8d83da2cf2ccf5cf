import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import { readContent, type Content } from '../template.js'

/** A consent as judging an access needs it. */
export interface Cited {
  /** Every subject under which the person is known. */
  readonly subjects: readonly string[]
  /** The controller (catalogue number). */
  readonly office: number
  readonly content: Content
  readonly givenAt: Date
  readonly validUntil: Date
  readonly endedAt?: Date
}

interface Row {
  consent: string
  subjects: string[]
  office: number
  content: string
  given_at: Date
  valid_until: Date
  ended_at: Date | null
}

/** The consents of some ids that were ever given, by id. */
export async function readCited(
  trx: Trx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Cited>> {
  const { rows } = await sql<Row>`select * from consent.cited(${ids}::uuid[])`.execute(trx)
  return new Map(
    rows.map((row) => [
      row.consent,
      {
        ...{ subjects: row.subjects, office: row.office, content: readContent(row.content) },
        ...{ givenAt: row.given_at, validUntil: row.valid_until },
        ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
      },
    ]),
  )
}

/** Flags accesses from a leaf on that cite consents which have ended; nobody learns how many. */
export async function flagCited(
  trx: Trx,
  { consents, from }: { readonly consents: readonly string[]; readonly from: number },
): Promise<void> {
  await sql`select consent.flag_cited(${consents}::uuid[], ${from})`.execute(trx)
}
