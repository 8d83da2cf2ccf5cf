import type { Database } from '../../database.js'
import { staffScope, type StaffActor } from '../../identity/index.js'
import type { InTransaction } from '../../platform/db/transaction.js'
import type { Agreement } from '../agreement.js'
import { readConcerned } from '../store/acting.js'
import { readAgreement, readOwnFinding } from '../store/agreement.js'
import type { Acting } from './acting.js'
import type { Evidence, RuleCode } from './rules.js'
import type { FindingState } from './states.js'
import { watchingScope } from './scope.js'

/** What a rule found about the member of staff who reads it. */
export interface OwnFinding {
  readonly rule: RuleCode
  readonly evidence: Evidence
  readonly foundAt: Date
  readonly state: FindingState
  readonly changedAt: Date
}

/** What a member of staff reads of the rules that look at single members of staff. */
export interface Concerned {
  /** The agreement of the own office, for all its staff. */
  agreement(actor: StaffActor): Promise<Agreement | undefined>
  /** What was found about the actor, the latest first; also what was found before an agreement ended. */
  own(actor: StaffActor): Promise<readonly OwnFinding[]>
}

/** Makes it: whose a finding is says a mark that the key alone makes, and the database asks for the mark. */
export function createConcerned({
  inTransaction,
  acting,
}: {
  readonly inTransaction: InTransaction<Database>
  readonly acting: Acting
}): Concerned {
  return {
    agreement: (actor) => inTransaction(staffScope(actor), readAgreement),
    own: async (actor) => {
      const { office, staff } = actor
      if (office === undefined) return []
      const rows = await inTransaction(watchingScope(office), readConcerned)
      const mine = rows.filter(acting.isAbout({ office, staff }))
      return inTransaction(staffScope(actor), async (trx) => {
        const found: OwnFinding[] = []
        for (const row of mine) found.push(...(await readOwnFinding(trx, row)))
        return found
      })
    },
  }
}
