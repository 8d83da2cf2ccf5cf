import type { Database, Trx } from '../database.js'
import { staffScope, type StaffActor } from '../identity/index.js'
import type { RecentCheck } from '../ledger/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { uuidOf } from '../platform/kernel/ids.js'
import type { Random } from '../platform/kernel/random.js'
import { daysAfter, utcDay } from '../platform/kernel/days.js'
import { PAUSE_MINUTES } from './pause.js'
import { endCheck, insertCheck, takeCheck } from './store/checks.js'

/** What checking is made of. */
export interface CheckingParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly random: Random
  /** Checks the newest leaves of the log against its latest public checkpoint. */
  readonly check: (trx: Trx) => Promise<RecentCheck>
}

/** Checks of the log that a data protection officer asks for. */
export interface Checking {
  /** Asks for one; false while one runs, for ten minutes after the last was asked for, and after 48 in a day. */
  ask(actor: StaffActor): Promise<boolean>
  /** Makes the one that was asked for; how many. */
  work(): Promise<number>
}

const WORKER: Scope = { login: 'worker', role: 'worker' }
const MINUTE_MS = 60_000
/** A check of which nobody has heard for so long died with its process. */
const LOST_MINUTES = 15
const KEPT_DAYS = 365

/** Makes checking. */
export function createChecking({ inTransaction, clock, random, check }: CheckingParts): Checking {
  const ago = (minutes: number) => new Date(clock.now().getTime() - minutes * MINUTE_MS)
  return {
    ask: (actor) =>
      inTransaction(staffScope(actor), (trx) => {
        const at = clock.now()
        const expiresOn = daysAfter(utcDay(at), KEPT_DAYS)
        const office = actor.office ?? 0
        const asked = {
          id: uuidOf(random.bytes(16)),
          office,
          at,
          notSince: ago(PAUSE_MINUTES),
          expiresOn,
        }
        return insertCheck(trx, asked)
      }),
    work: async () => {
      const taken = { at: clock.now(), lostBefore: ago(LOST_MINUTES) }
      const id = await inTransaction(WORKER, (trx) => takeCheck(trx, taken))
      if (id === undefined) return 0
      const end = (found?: RecentCheck) =>
        inTransaction(WORKER, (trx) =>
          endCheck(trx, id, { at: clock.now(), ...(found === undefined ? {} : { found }) }),
        )
      try {
        await end(await inTransaction({ ...WORKER, readOnly: true }, check))
      } catch (error) {
        await end()
        throw error
      }
      return 1
    },
  }
}
