import type { Db } from '../database.js'
import { noteAgreements, type OfficeAgreement } from './store/agreement.js'

/** Writes down, as the owner and at a start, which agreements are named and which no longer are. */
export function createAgreeing({
  db,
  now,
}: {
  readonly db: Db
  readonly now: () => Date
}): (named: readonly OfficeAgreement[]) => Promise<void> {
  return (named) => noteAgreements(db, named, now())
}
