import { staffScope } from '../identity/index.js'
import type { StaffActor } from '../identity/actor.js'
import type { ReturnReason } from './decision.js'
import { StepRefused } from './error.js'
import { expiryOf } from './journal.js'
import type { CaseworkParts } from './parts.js'
import { stopProposal } from './store/cases.js'

/** A proposal that waits alone, as a list showed it. */
export interface LoneProposal {
  readonly reference: string
  /** When it would take effect: another proposal on the same request has another instant. */
  readonly effectiveAt: Date
}

/** What supervisors do about decisions that have no second person: the one control that is left there. */
export interface Supervision {
  /** Sends a proposal back into review; StepRefused (NOT_NOW) where it is no longer the one that was shown. */
  stop(actor: StaffActor, proposal: LoneProposal, reason: ReturnReason): Promise<void>
}

/** Makes the supervision of decisions without a second person. */
export function createSupervision({
  inTransaction,
  clock,
  journal,
}: Pick<CaseworkParts, 'inTransaction' | 'clock' | 'journal'>): Supervision {
  return {
    stop: ({ staff }, { reference, effectiveAt }, reason) =>
      // Supervisors are of no office; the database asks who they are.
      inTransaction(staffScope({ staff }), async (trx) => {
        const at = clock.now()
        const stopped = await stopProposal(trx, {
          reference,
          effectiveAt,
          at,
          expiresOn: expiryOf(at),
        })
        if (stopped === undefined) throw new StepRefused('NOT_NOW')
        await journal.write(trx, {
          ...{ ...stopped, reference, at, detail: reason, event: 'sent_back' },
          supervisor: staff,
        })
      }),
  }
}
