import type { Database } from '../../database.js'
import { residentScope, type ResidentActor } from '../../identity/index.js'
import type { InTransaction } from '../../platform/db/transaction.js'
import { findPaper, readPapers, type PaperRecord } from '../store/papers.js'
import type { Checked } from './archive.js'

/** What is known of the papers that residents took: to their owners alone. */
export interface Taken {
  /** Newest first. */
  list(actor: ResidentActor): Promise<readonly PaperRecord[]>
  /** Whether a checksum is that of an own paper: of its file, or of its content with its number. */
  check(
    actor: ResidentActor,
    asked: { readonly checksum: string; readonly reference: string },
  ): Promise<Checked>
}

const LISTED = 50

/** Makes the record of papers. */
export function createTaken({
  inTransaction,
}: {
  readonly inTransaction: InTransaction<Database>
}): Taken {
  return {
    list: (actor) => inTransaction(residentScope(actor), (trx) => readPapers(trx, LISTED)),
    check: async (actor, asked) => {
      const found = await inTransaction(residentScope(actor), (trx) => findPaper(trx, asked))
      if (found === undefined) return { kind: 'unknown' }
      return { kind: found.isNewerThere ? 'superseded' : 'unchanged', at: found.logAt }
    },
  }
}
