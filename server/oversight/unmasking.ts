import type { Database } from '../database.js'
import { staffScope, type StaffActor } from '../identity/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { DomainError } from '../platform/kernel/errors.js'
import { uuidOf } from '../platform/kernel/ids.js'
import type { Random } from '../platform/kernel/random.js'
import {
  decideUnmasking,
  insertUnmasking,
  openUnmasking,
  readMayAsk,
  readUnmaskedEntry,
  readUnmaskings,
  type UnmaskDecided,
} from './store/unmasking.js'
import {
  stateOf,
  wishesSince,
  type Unmasking,
  type UnmaskDecision,
  type UnmaskReason,
} from './wishes.js'

export type { UnmaskDecided } from './store/unmasking.js'

/** What unmasking is made of. */
export interface UnmaskingParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly random: Random
  readonly newReference: () => string
  /** Opens the encrypted pseudonym of an access. */
  readonly openRef: (entry: number, sealed: Buffer) => string
}

/**
 * Who acted, as the pseudonym that the authority gave (CJEU C-579/21): asked for by the officer of the office that
 * acted, released by a second person, and written down at each opening. No list and no file ever holds it.
 */
export interface Unmaskings {
  /** Whether who acted in an access can be asked for. */
  canAsk(actor: StaffActor, entry: number): Promise<boolean>
  /** Throws NOT_FOUND where it cannot be asked for; returns the reference. */
  ask(
    actor: StaffActor,
    wish: { readonly entry: number; readonly reason: UnmaskReason },
  ): Promise<string>
  /** The actor's own wishes, and those of others that wait for the actor. */
  list(actor: StaffActor): Promise<readonly Unmasking[]>
  decide(
    actor: StaffActor,
    asked: { readonly reference: string; readonly decision: UnmaskDecision },
  ): Promise<UnmaskDecided>
  /** The access whose pseudonym the actor may open now; NOT_FOUND for everybody else, and after 14 days. */
  entryOf(actor: StaffActor, reference: string): Promise<number>
  /** The pseudonym, once per call; each is written down. */
  open(actor: StaffActor, reference: string): Promise<string>
}

const LISTED = 50

/** Makes unmasking. */
export function createUnmaskings(parts: UnmaskingParts): Unmaskings {
  const { inTransaction, clock } = parts
  return {
    canAsk: (actor, entry) => inTransaction(staffScope(actor), (trx) => readMayAsk(trx, entry)),
    ask: (actor, wish) => ask(parts, actor, wish),
    list: async (actor) => {
      const now = clock.now()
      const asked = { staff: actor.staff, since: wishesSince(now), limit: LISTED }
      const rows = await inTransaction(staffScope(actor), (trx) => readUnmaskings(trx, asked))
      return rows.map((row) => ({ ...row, state: stateOf(row, now) }))
    },
    decide: (actor, asked) =>
      inTransaction(staffScope(actor), (trx) => decideUnmasking(trx, asked, clock.now())),
    entryOf: async (actor, reference) => {
      const entry = await inTransaction(staffScope(actor), (trx) =>
        readUnmaskedEntry(trx, reference, clock.now()),
      )
      if (entry === undefined) throw new DomainError('NOT_FOUND')
      return entry
    },
    open: async (actor, reference) => {
      const opened = await inTransaction(staffScope(actor), (trx) =>
        openUnmasking(trx, reference, clock.now()),
      )
      if (opened === undefined) throw new DomainError('NOT_FOUND')
      return parts.openRef(opened.entry, opened.ref)
    },
  }
}

async function ask(
  { inTransaction, clock, random, newReference }: UnmaskingParts,
  actor: StaffActor,
  { entry, reason }: { readonly entry: number; readonly reason: UnmaskReason },
): Promise<string> {
  const { office, staff } = actor
  if (office === undefined) throw new DomainError('NOT_FOUND')
  const reference = newReference()
  const wish = { unmasking: uuidOf(random.bytes(16)), reference, entry, office, staff, reason }
  await inTransaction(staffScope(actor), async (trx) => {
    if (!(await readMayAsk(trx, entry))) throw new DomainError('NOT_FOUND')
    await insertUnmasking(trx, { ...wish, asked_at: clock.now() })
  })
  return reference
}
