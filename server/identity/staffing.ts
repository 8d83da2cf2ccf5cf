import type { Database } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Random } from '../platform/kernel/random.js'
import { seal, unseal } from '../platform/kernel/sealing.js'
import type { StaffActor, StaffId, StaffRole } from './actor.js'
import { codeHashes, newCode } from './codes.js'
import { freshId } from './enrol.js'
import {
  confirmStaff,
  inviteStaff,
  readStaff,
  readStaffSheet,
  suspendIdleStaff,
  suspendStaff,
  type StaffRow,
} from './store/staff.js'

/** A place at an office; supervisors and operators have none. */
export interface Post {
  readonly role: StaffRole
  /** Catalogue numbers. */
  readonly office?: number
  readonly unit?: number
}

/** Letting staff in: one operator invites, another confirms, and only then is there a code. */
export interface Staffing {
  list(): Promise<readonly StaffRow[]>
  invite(operator: StaffActor, post: Post): Promise<void>
  /** False to whoever invited, and where nobody is invited: whoever is suspended is invited anew. */
  confirm(operator: StaffActor, staff: StaffId): Promise<boolean>
  /** The code, for whoever confirmed, within an hour and until it is used. */
  code(operator: StaffActor, staff: StaffId): Promise<string | undefined>
  /** False for oneself, and for whoever is suspended already. */
  suspend(operator: StaffActor, staff: StaffId): Promise<boolean>
  /** Invites and confirms at once: the operator's command, for the first two operators. */
  bootstrap(post: Post): Promise<string>
  /** Suspends whoever has not signed in for 45 days; returns how many. */
  suspendIdle(): Promise<number>
}

const STAFF: Scope = { login: 'web', role: 'web_staff' }
const RETENTION: Scope = { login: 'retention', role: 'retention' }

/** Makes the use cases around staff. */
export function createStaffing(parts: {
  inTransaction: InTransaction<Database>
  clock: Clock
  random: Random
  accountKey: Buffer
}): Staffing {
  const { inTransaction, clock, random, accountKey } = parts
  const hashes = codeHashes(accountKey)
  const proposal = (post: Post, invitedBy: StaffId | null) => ({
    staff: freshId(random),
    role: post.role,
    office: post.office ?? null,
    unit: post.unit ?? null,
    invitedBy,
    at: clock.now(),
  })
  return {
    list: () => inTransaction(STAFF, readStaff),
    invite: (operator, post) =>
      inTransaction(STAFF, (trx) => inviteStaff(trx, proposal(post, operator.staff))),
    confirm: (operator, staff) => {
      const code = newCode(random)
      const sheet = seal(accountKey, Buffer.from(code), { context: contextOf(staff), random })
      const given = { codeHash: hashes.code(code), sheet, at: clock.now() }
      return inTransaction(STAFF, (trx) =>
        confirmStaff(trx, { staff, confirmedBy: operator.staff, ...given }),
      )
    },
    code: async (operator, staff) => {
      const at = clock.now()
      const sheet = await inTransaction(STAFF, (trx) =>
        readStaffSheet(trx, { staff, confirmedBy: operator.staff, at }),
      )
      return sheet && unseal(accountKey, sheet, contextOf(staff)).toString()
    },
    suspend: async (operator, staff) =>
      staff !== operator.staff &&
      (await inTransaction(STAFF, (trx) => suspendStaff(trx, staff, clock.now()))),
    bootstrap: async (post) => {
      const code = newCode(random)
      const one = proposal(post, null)
      await inTransaction(STAFF, async (trx) => {
        await inviteStaff(trx, one)
        // Confirmed by nobody: whoever can run commands on the machine needs no second person.
        const given = { codeHash: hashes.code(code), sheet: null, at: clock.now() }
        await confirmStaff(trx, { staff: one.staff, confirmedBy: null, ...given })
      })
      return code
    },
    suspendIdle: () => inTransaction(RETENTION, (trx) => suspendIdleStaff(trx, clock.now())),
  }
}

function contextOf(staff: StaffId): string {
  return `mirat/staff-code/v1/${staff}`
}
