import type { Database } from '../../database.js'
import { staffScope, type StaffActor } from '../../identity/index.js'
import type { InTransaction } from '../../platform/db/transaction.js'
import type { Clock } from '../../platform/kernel/clock.js'
import { lapsedBefore, type Decision } from '../rules.js'
import { decideReport, readWaiting, type Decided, type WaitingRow } from '../store/releases.js'

export type { Decided, WaitingRow } from '../store/releases.js'

/** What releasing reports is made of. */
export interface ReleasesParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
}

/** The second person of reports: another officer of the office, or the supervision (security.md, four eyes). */
export interface Releases {
  /** What waits for the actor: never what they asked for themselves. */
  waiting(actor: StaffActor): Promise<readonly WaitingRow[]>
  /** Releases or refuses one; says what it met instead where it cannot. */
  decide(
    actor: StaffActor,
    asked: { readonly reference: string; readonly decision: Decision },
  ): Promise<Decided>
}

const LISTED = 50

/** Makes the releases. */
export function createReleases({ inTransaction, clock }: ReleasesParts): Releases {
  return {
    waiting: (actor) =>
      inTransaction(staffScope(actor), (trx) =>
        readWaiting(trx, {
          ...{ staff: actor.staff, since: lapsedBefore(clock.now()), limit: LISTED },
        }),
      ),
    decide: (actor, asked) =>
      inTransaction(staffScope(actor), (trx) => decideReport(trx, asked, clock.now())),
  }
}
