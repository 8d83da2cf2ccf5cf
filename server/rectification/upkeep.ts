import type { Database } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { expiryOf, type Journal } from './journal.js'
import { forgetRequests } from './store.js'
import { makeNotices } from './store/notices.js'
import { readRipe, takeEffect, type RipeProposal } from './store/cases.js'

/** What the portal does about requests by itself. */
export interface RequestUpkeep {
  /** Deletes forgotten drafts, keys of requests long closed, and what is due; returns how much it was. */
  forget(): Promise<number>
  /** Makes decisions of the proposals that nobody can confirm, a day after; returns how many. */
  confirm(): Promise<number>
}

const RETENTION: Scope = { login: 'retention', role: 'retention' }
const WORKER: Scope = { login: 'worker', role: 'worker' }

/** What the upkeep is made of. */
export interface UpkeepParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly journal: Journal
}

/** Makes the upkeep of the room. */
export function createUpkeep(parts: UpkeepParts): RequestUpkeep {
  const { inTransaction, clock } = parts
  return {
    forget: () => inTransaction(RETENTION, (trx) => forgetRequests(trx, clock.now())),
    confirm: async () => {
      const ripe = await inTransaction(WORKER, (trx) => readRipe(trx, clock.now()))
      let confirmed = 0
      for (const proposal of ripe) if (await confirm(parts, proposal)) confirmed += 1
      return confirmed
    },
  }
}

/** One transaction each: what was withdrawn meanwhile stops nobody else's. */
function confirm({ inTransaction, clock, journal }: UpkeepParts, proposal: RipeProposal) {
  return inTransaction(WORKER, async (trx) => {
    const at = clock.now()
    if (!(await takeEffect(trx, proposal, { at, expiresOn: expiryOf(at) }))) return false
    const { request, reference, subject, number } = proposal
    const happening = { request, reference, subject, number, at, byPortal: true }
    await journal.write(trx, { ...happening, event: 'confirmed' })
    // Only outcomes of which recipients are told take a second person.
    await makeNotices(trx, request, at)
    return true
  })
}
