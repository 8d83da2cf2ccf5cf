import type { Db } from '../../database.js'

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
