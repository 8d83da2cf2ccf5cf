import type { Database } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { daysAfter, utcDay } from '../platform/kernel/days.js'
import type { LogState } from './explorer.js'
import { STRETCH } from './ranges.js'
import { deleteOldChecks } from './store/checks.js'
import {
  countLateFlags,
  countStretch,
  deleteExpired,
  lastExpiry,
  lockCounted,
  noteCounted,
  readLateFlags,
  recountExpiring,
} from './store/counting.js'
import {
  describeStretch,
  flagStretches,
  noteDescribed,
  readDescribed,
  readExpiredStretches,
} from './store/stretches.js'

/** What counting is made of. */
export interface CountingParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  /** The latest public checkpoint, or nothing before the first. */
  readonly logState: () => Promise<LogState | undefined>
  /** Leaves of which the recount reads two times as many entries at once; absent for what fits a statement. */
  readonly slot?: number
}

/** Keeps the figures of all offices. */
export interface Counting {
  /** Counts what the log has published since; returns how many leaves it passed. */
  count(): Promise<number>
  /**
   * Counts everything again, a day of expiry at a time, and puts right what differs: entries that were
   * released change sides, and no sum of steps knows that. Returns how many counts were wrong.
   */
  recount(): Promise<number>
  /** Deletes the counts whose entries are gone. */
  forget(): Promise<number>
}

const WORKER: Scope = { login: 'worker', role: 'worker' }
const RETENTION: Scope = { login: 'retention', role: 'retention' }
/** Leaves, flags and days of expiry that one transaction counts: bounds how long it takes. */
const STEP = { leaves: 20_000, flags: 500, days: 1 } as const

/** Makes counting. */
export function createCounting(parts: CountingParts): Counting {
  const { inTransaction, clock } = parts
  const today = () => utcDay(clock.now())
  return {
    count: async () => {
      const state = await parts.logState()
      if (state === undefined) return 0
      const passed = await countUpTo(parts, state)
      await countFlags(parts)
      await describeUpTo(parts, today())
      return passed
    },
    recount: async () => {
      await describeAgain(parts, today())
      return recount(parts, today())
    },
    forget: () =>
      inTransaction(RETENTION, async (trx) => {
        await deleteOldChecks(trx, today())
        return deleteExpired(trx, today())
      }),
  }
}

/** Step by step: a step and the note of it are one transaction, so a crash repeats none and skips none. */
async function countUpTo({ inTransaction }: CountingParts, { size, at }: LogState) {
  for (let passed = 0; ;) {
    const step = await inTransaction(WORKER, async (trx) => {
      const { size: from } = await lockCounted(trx)
      const to = Math.min(size, from + STEP.leaves)
      if (to < from) return 0
      if (to > from) await countStretch(trx, { from, to })
      await noteCounted(trx, { size: to, logSize: size, logAt: at })
      return to - from
    })
    if (step === 0) return passed
    passed += step
  }
}

/** Consents end and rules are judged again after an access was counted. */
async function countFlags({ inTransaction }: CountingParts): Promise<void> {
  for (;;) {
    const count = await inTransaction(WORKER, async (trx) => {
      const { size } = await lockCounted(trx)
      const late = await readLateFlags(trx, { size, limit: STEP.flags })
      if (late.length > 0) {
        await countLateFlags(trx, late)
        await flagStretches(
          trx,
          late.map(({ index }) => index),
        )
      }
      return late.length
    })
    if (count < STEP.flags) return
  }
}

async function recount({ inTransaction, slot }: CountingParts, today: string): Promise<number> {
  const last = await inTransaction(WORKER, lastExpiry)
  let wrong = 0
  for (let from = today; last !== undefined && from <= last;) {
    const to = daysAfter(from, STEP.days)
    wrong += await inTransaction(WORKER, async (trx) => {
      const { size } = await lockCounted(trx)
      return recountExpiring(trx, { from, to, size, ...(slot === undefined ? {} : { slot }) })
    })
    from = to
  }
  return wrong
}

/** One stretch in a transaction. The last one is described as far as the log is counted, and again when it has grown. */
async function describeUpTo({ inTransaction }: CountingParts, today: string): Promise<void> {
  for (let isDone = false; !isDone;) {
    isDone = await inTransaction(WORKER, async (trx) => {
      const { size } = await lockCounted(trx)
      const described = await readDescribed(trx)
      if (described >= size) return true
      const number = Math.floor(described / STRETCH)
      const below = Math.min(size, (number + 1) * STRETCH)
      await describeStretch(trx, { number, below, today })
      await noteDescribed(trx, below)
      return below === size
    })
  }
}

/** What a stretch holds is told of its living entries alone. */
async function describeAgain({ inTransaction }: CountingParts, today: string): Promise<void> {
  const numbers = await inTransaction(WORKER, (trx) => readExpiredStretches(trx, today))
  for (const number of numbers) {
    await inTransaction(WORKER, async (trx) => {
      await lockCounted(trx)
      const below = Math.min(await readDescribed(trx), (number + 1) * STRETCH)
      await describeStretch(trx, { number, below, today })
    })
  }
}
