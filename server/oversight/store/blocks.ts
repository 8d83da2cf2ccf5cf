import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import {
  APPLIED_STATES,
  OVER_STATES,
  type ListedBlock,
  type OpenedBlockRow,
} from '../office-blocks.js'
import type { ListPlace } from './requests.js'

const BERLIN = sql.lit('Europe/Berlin')
/** Behind every day that is due: applications whose form is not met, then what is in force. */
const UNDATED = { applied: '9999-12-30', standing: '9999-12-31' } as const

/** Blocks of the office in the setting: what stands by the day that is due, or what is over, the latest first. */
export async function readBlocks(
  trx: Trx,
  { isOver, after, limit }: { isOver: boolean; after?: ListPlace; limit: number },
): Promise<readonly ListedBlock[]> {
  const place = isOver
    ? sql`(ended_at at time zone ${BERLIN})::date`
    : sql`case when state = any(${APPLIED_STATES}) then coalesce(due_on, ${UNDATED.applied}::date)
        else ${UNDATED.standing}::date end`
  const isBehind = isOver ? sql`<` : sql`>`
  const behind = after
    ? sql`and (${place}, reference) ${isBehind} (${after.key}::date, ${after.reference})`
    : sql``
  const order = isOver ? sql`desc` : sql`asc`
  const { rows } = await sql<ListedBlock>`
    select reference, kind, state, filed_at as "filedAt", due_on as "dueOn", from_at as "fromAt",
      ended_at as "endedAt", ${place} as place
    from reporting.block where (state = any(${OVER_STATES})) = ${isOver} ${behind}
    order by ${place} ${order}, reference ${order} limit ${limit}`.execute(trx)
  return rows
}

/** One of them, with whose it is, for the officer in the scope; or nothing. */
export async function readBlock(trx: Trx, reference: string): Promise<OpenedBlockRow | undefined> {
  const { rows } = await sql<OpenedBlockRow>`
    select reference, subject, kind, state, field, grounds, filed_at as "filedAt", form_met_at as "formMetAt",
      due_on as "dueOn", from_at as "fromAt", until, ended_at as "endedAt"
    from reporting.opened_block where reference = ${reference}`.execute(trx)
  return rows[0]
}
