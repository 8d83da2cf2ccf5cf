import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { Window } from './entries.js'

/** A look of a data protection officer at somebody's data: office and unit, no person and no name. */
export interface OfficerLookRow {
  readonly index: number
  readonly at: Date
  readonly office: number
  readonly unit: number | null
  readonly fields: readonly number[]
  /** The person must not know of it, because of what was looked at. */
  readonly isSealed: boolean
}

/** The looks of a window of the log, newest first. */
export async function readOfficerLooks(
  trx: Trx,
  asked: {
    readonly window: Window
    readonly office?: number | undefined
    readonly today: string
    readonly limit: number
  },
): Promise<readonly OfficerLookRow[]> {
  const { window, office, today, limit } = asked
  const below = window.top === undefined ? sql`` : sql`and leaf_index < ${window.top}`
  const of = office === undefined ? sql`` : sql`and recipient = ${office}`
  const { rows } = await sql<OfficerLookRow>`
    select leaf_index as "index", occurred_at as "at", recipient as "office", unit, fields, sealed as "isSealed"
    from reporting.officer_look
    where leaf_index >= ${window.bottom} and expires_on > ${today}::date ${below} ${of}
    order by leaf_index desc limit ${limit}`.execute(trx)
  return rows
}
