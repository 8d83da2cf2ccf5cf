import type { Database } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Random } from '../platform/kernel/random.js'
import { staffScope, type StaffActor, type StaffId } from './actor.js'
import { freshId } from './enrol.js'
import {
  confirmOffice,
  inviteToOffice,
  readOwnOffices,
  takeOffice,
  type OfficeRow,
} from './store/offices.js'
import { newToken, tokenHash } from './tokens.js'

/** The offices of a data protection officer who serves several of them (GDPR Article 37 (3)). */
export interface Offices {
  /** Those that the officer serves, the own one first; one where there is no further one. */
  own(actor: StaffActor): Promise<readonly OfficeRow[]>
  /** Acts for another own office from now on: the new token of the session; nothing where it is none of theirs. */
  take(session: Buffer, staff: StaffId): Promise<string | undefined>
  /** Proposes a further office for an active officer; false where it is theirs already, or nobody is found. */
  invite(operator: StaffActor, officer: StaffId, office: number): Promise<boolean>
  /** False to whoever proposed it, and where nothing is proposed. */
  confirm(operator: StaffActor, staff: StaffId): Promise<boolean>
}

const PUBLIC: Scope = { login: 'web', role: 'web_public' }
const STAFF: Scope = { login: 'web', role: 'web_staff' }

/** Makes the use cases around officers of several offices. */
export function createOffices(parts: {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly random: Random
}): Offices {
  const { inTransaction, clock, random } = parts
  return {
    own: (actor) => inTransaction(staffScope(actor), readOwnOffices),
    take: async (session, staff) => {
      const token = newToken(random)
      const change = { session, staff, tokenHash: tokenHash(token), at: clock.now() }
      return (await inTransaction(PUBLIC, (trx) => takeOffice(trx, change))) ? token : undefined
    },
    invite: (operator, officer, office) =>
      inTransaction(STAFF, (trx) =>
        inviteToOffice(trx, {
          ...{ officer, office, staff: freshId(random) },
          ...{ invitedBy: operator.staff, at: clock.now() },
        }),
      ),
    confirm: (operator, staff) =>
      inTransaction(STAFF, (trx) =>
        confirmOffice(trx, { staff, confirmedBy: operator.staff, at: clock.now() }),
      ),
  }
}
