import { sql } from 'kysely'
import type { Db, Trx } from '../../database.js'

/** An office and the one that confirms for it, by catalogue number. */
export interface PartnerRow {
  readonly office: number
  readonly partner: number
}

/** Enters the partner of an office, or another in its place. */
export async function savePartner(db: Db, row: PartnerRow, at: Date): Promise<void> {
  await db
    .insertInto('rectification.partner')
    .values({ ...row, agreed_at: at })
    .onConflict((conflict) =>
      conflict.column('office').doUpdateSet({ partner: row.partner, agreed_at: at }),
    )
    .execute()
}

/** Whether there was one to remove. */
export async function removePartner(db: Db, office: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('rectification.partner')
    .where('office', '=', office)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** All partnerships, by office. */
export async function listPartners(db: Db): Promise<readonly PartnerRow[]> {
  return db
    .selectFrom('rectification.partner')
    .select(['office', 'partner'])
    .orderBy('office')
    .execute()
}

/** What the partner answers to a proposal, and the version of the request that it has read. */
export interface ProposalAnswer {
  readonly request: string
  readonly version: number
  readonly confirmed: boolean
  readonly at: Date
  /** First day on which the row is gone, `YYYY-MM-DD`. */
  readonly expiresOn: string
}

/**
 * Moves a proposal of another office that waits for the one in the scope, out of whose sight it goes:
 * false where somebody was quicker.
 */
export async function answerProposal(trx: Trx, answer: ProposalAnswer): Promise<boolean> {
  const { request, version, confirmed, at, expiresOn } = answer
  const { rows } = await sql<{ done: boolean }>`
    select rectification.answer_proposal(${request}, ${version}, ${confirmed}, ${at},
      ${expiresOn}) as done`.execute(trx)
  return rows[0]?.done ?? false
}
