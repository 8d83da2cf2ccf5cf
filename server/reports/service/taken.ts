import type { Database } from '../../database.js'
import { residentScope, type ResidentActor } from '../../identity/index.js'
import type { InTransaction } from '../../platform/db/transaction.js'
import { findPaper, readPapers, type PaperRecord } from '../store/papers.js'
import type { Checked } from './archive.js'

/** What is known of the papers that residents took: to their owners alone. */
export interface Taken {
  /** All of them, newest first, a step at a time. */
  list(actor: ResidentActor): AsyncIterable<PaperRecord>
  /** Whether a checksum is that of an own paper: of its file, or of its content with its number. */
  check(
    actor: ResidentActor,
    asked: { readonly checksum: string; readonly reference: string },
  ): Promise<Checked>
}

/** Papers of one step; a copy holds them all (GDPR Article 15 (3)). */
const STEP = 500

/** Makes the record of papers. */
export function createTaken({
  inTransaction,
}: {
  readonly inTransaction: InTransaction<Database>
}): Taken {
  return {
    list: async function* (actor) {
      for (let after: PaperRecord | undefined; ;) {
        const step = await inTransaction(residentScope(actor), (trx) =>
          readPapers(trx, { after, limit: STEP }),
        )
        yield* step
        if (step.length < STEP) return
        after = step.at(-1)
      }
    },
    check: async (actor, asked) => {
      const found = await inTransaction(residentScope(actor), (trx) => findPaper(trx, asked))
      if (found === undefined) return { kind: 'unknown' }
      return { kind: found.isNewerThere ? 'superseded' : 'unchanged', at: found.logAt }
    },
  }
}
