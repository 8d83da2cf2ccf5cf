import { sql } from 'kysely'
import type { Catalogue } from '../../catalogue/index.js'
import type { Trx } from '../../database.js'
import { bodyOfRow, type CommittedRow } from './committed.js'

/** A sealed entry that is to be shown. */
export interface DueEntry {
  /** Its leaf. */
  readonly index: number
  /** The visible class. */
  readonly class: number
  readonly subject: string
  /** The body of the visible entry that opens it, recorded at the given instant. */
  readonly body: string
}

type DueRow = CommittedRow & {
  readonly leaf_index: number
  readonly class: number
  readonly subject: string
  readonly recorded_at: Date
  readonly salt: Buffer
}

/** A sealed class is the open one plus this. */
const SEALED = 100

/** Sealed entries that are to be shown on a day `YYYY-MM-DD`, the oldest first; the database decides which. */
export async function readDue(
  trx: Trx,
  catalogue: Catalogue,
  { today, now, limit }: { readonly today: string; readonly now: Date; readonly limit: number },
): Promise<readonly DueEntry[]> {
  const { rows } = await sql<DueRow>`
    select * from overview.due_for_release(${today}::date, ${limit})`.execute(trx)
  return rows.map((row) => {
    const { leaf_index: index, recorded_at: sealedAt, salt } = row
    const opened = { sealed_index: index, sealed_at: sealedAt, sealed_salt: salt }
    return {
      index,
      class: row.class - SEALED,
      subject: row.subject,
      body: bodyOfRow({ ...row, ...opened, recorded_at: now }, catalogue),
    }
  })
}

/** Writes the visible entry of a sealed one at its leaf; false where somebody else has, or it is not due. */
export async function writeRelease(
  trx: Trx,
  release: {
    readonly sealed: number
    readonly index: number
    readonly now: Date
    readonly salt: Buffer
    readonly today: string
  },
): Promise<boolean> {
  const { sealed, index, now, salt, today } = release
  const { rows } = await sql<{ done: boolean }>`
    select overview.write_release(${sealed}, ${index}, ${now}, ${salt}, ${today}::date) as done`.execute(
    trx,
  )
  return rows[0]?.done === true
}

/** What a review of a sealed entry found. */
export interface ReviewNote {
  /** Its leaf. */
  readonly index: number
  /** Number of this review, from 1: one more than the reader had seen. */
  readonly number: number
  readonly finding: string
  readonly reason: string
  /** `YYYY-MM-DD`. */
  readonly day: string
}

/** Notes it for the officer in the scope; false where it is none of theirs, shown already, or reviewed meanwhile. */
export async function noteReview(
  trx: Trx,
  { index, number, finding, reason, day }: ReviewNote,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean | null }>`
    select overview.note_review(${index}, ${number}, ${finding}, ${reason}, ${day}::date, ${now}) as done`.execute(
    trx,
  )
  return rows[0]?.done === true
}

/** What a second person says of a review. */
export interface ReviewVerdict {
  /** Leaf of the sealed entry. */
  readonly index: number
  readonly number: number
  readonly decision: 'confirmed' | 'refused'
}

/** What it meets: it is done, the review is one's own, nobody can decide it any more, or there is none. */
export type ReviewDecided = 'done' | 'own' | 'not_now' | 'unknown'

/** Confirms or refuses; the database asks who does it. */
export async function decideReview(
  trx: Trx,
  { index, number, decision }: ReviewVerdict,
  now: Date,
): Promise<ReviewDecided> {
  const { rows } = await sql<{ answer: ReviewDecided }>`
    select overview.decide_review(${index}, ${number}, ${decision}, ${now}) as answer`.execute(trx)
  return rows[0]?.answer ?? 'unknown'
}
