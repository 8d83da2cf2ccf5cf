import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { HeldPeriods, HeldPlace, HeldRow, ReviewRow } from '../reviewing.js'

const held = ({ firstReview, showing }: HeldPeriods, today: string) => sql`(
    select leaf_index as "index", occurred_at as "occurredAt", recorded_at as "recordedAt",
      expires_on as "expiresOn", source, recipient, purpose, rule, is_reviewed as "isReviewed", reviews, finding,
      reason, day, alone, decision, decides_alone as "decidesAlone", coalesce(case finding when 'ended' then day + ${sql.lit(showing)}::int when 'remains' then day end,
        release_due, recorded_at::date + ${sql.lit(firstReview)}::int) as "dueOn"
    from reporting.held_access where expires_on > ${today}::date) held`

/** What is held at the office, what is due first first. */
export async function readHeld(
  trx: Trx,
  asked: {
    readonly periods: HeldPeriods
    readonly today: string
    readonly after?: HeldPlace | undefined
    readonly limit: number
  },
): Promise<readonly HeldRow[]> {
  const { periods, today, after, limit } = asked
  const behind = after
    ? sql`where ("dueOn", "index") > (${after.dueOn}::date, ${after.index})`
    : sql``
  const { rows } = await sql<HeldRow>`
    select * from ${held(periods, today)} ${behind} order by "dueOn", "index" limit ${limit}`.execute(
    trx,
  )
  return rows
}

/** One of them by its leaf, or nothing. */
export async function readHeldOne(
  trx: Trx,
  { periods, today, index }: { periods: HeldPeriods; today: string; index: number },
): Promise<HeldRow | undefined> {
  const { rows } = await sql<HeldRow>`
    select * from ${held(periods, today)} where "index" = ${index}`.execute(trx)
  return rows[0]
}

/** A review that waits for a second person, as numbers of the catalogue. */
export interface ToConfirmRow {
  readonly index: number
  readonly number: number
  readonly rule: string
  readonly reason: string
  /** Since when there is no obstacle, `YYYY-MM-DD`. */
  readonly day: string
  readonly notedAt: Date
  readonly office: number
  readonly isOwn: boolean
  readonly occurredAt: Date
  readonly source: number
  readonly recipient: number
  readonly purpose: number
}

/** Reviews that wait for a second person whom the member of staff in the setting can be, the oldest first. */
export async function readToConfirm(trx: Trx, limit: number): Promise<readonly ToConfirmRow[]> {
  const { rows } = await sql<ToConfirmRow>`
    select sealed_index as "index", number, rule, reason, day, noted_at as "notedAt", office, is_own as "isOwn",
      occurred_at as "occurredAt", source, recipient, purpose
    from reporting.review_to_confirm order by noted_at, sealed_index limit ${limit}`.execute(trx)
  return rows
}

/** Every review of one of them, the first first. */
export async function readReviews(
  trx: Trx,
  { today, index }: { today: string; index: number },
): Promise<readonly ReviewRow[]> {
  const { rows } = await sql<ReviewRow>`
    select number, finding, reason, day, office, noted_at as "notedAt" from reporting.held_review
    where leaf_index = ${index} and expires_on > ${today}::date order by number`.execute(trx)
  return rows
}
