import type { Db, Trx } from '../database.js'
import { dropEmptyPartitions, ensurePartitions, upsertClasses, type ClassRow } from './store.js'

export type { ClassRow } from './store.js'

/** How long before they are needed partitions are made: weeks of failed nights do no harm. */
const AHEAD = '2 months'

/** Brings the retention classes up to date; a class keeps its number, table and width for ever. */
export async function keepClasses(db: Db, classes: readonly ClassRow[]): Promise<void> {
  await upsertClasses(db, classes)
}

/** Makes the partitions that are missing for entries from a day (`YYYY-MM-DD`) on; returns how many. */
export async function keepPartitions(db: Db | Trx, today: string): Promise<number> {
  return ensurePartitions(db, today, AHEAD)
}

/** Drops partitions whose time is over and which retention has emptied; returns how many. */
export async function dropOldPartitions(trx: Trx, today: string): Promise<number> {
  return dropEmptyPartitions(trx, today)
}
